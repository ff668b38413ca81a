"""Expected failures, each with one clear message. The command line turns them into exit status 2."""


class MatcherError(Exception):
    """Something that a user can put right; the message says what, where and what to do."""


class InputError(MatcherError):
    """A source could not be read at all."""


class PostingError(MatcherError):
    """One row or page is not a usable posting; a batch rejects it and goes on."""


class ModelError(MatcherError):
    """A saved model is missing, damaged or of another schema version."""


class ProfileError(MatcherError):
    """A career profile is not usable; the message names the key."""


class LabelError(MatcherError):
    """A labelled row cannot be learned from or measured on."""


class StaleError(MatcherError):
    """An answer was given to a state that has changed since: nothing of it was kept, look again."""
