"""Expected failures, each with one clear message. The command line turns them into exit status 2."""


class MatcherError(Exception):
    """Something that a user can put right; the message says what, where and what to do."""


class InputError(MatcherError):
    """A source could not be read at all."""


class PostingError(MatcherError):
    """One row or page is not a usable posting; a batch rejects it and goes on."""


class LanguageError(PostingError):
    """A posting in a ``language`` (ISO 639-1) that is not scored."""

    def __init__(self, language: str) -> None:
        super().__init__(f"the posting is in another language ({language}); only English is scored")
        self.language = language


class ModelError(MatcherError):
    """A saved model is missing, damaged or of another schema version."""


class ProfileError(MatcherError):
    """A career profile is not usable; the message names the key."""


class LabelError(MatcherError):
    """A labelled row cannot be learned from or measured on."""


class FetchError(MatcherError):
    """An address was not read.

    ``again`` tells whether another try may help, ``wait`` the seconds that the server asked for before it,
    ``status`` the HTTP status if there was one.
    """

    def __init__(self, why: str, *, again: bool = False, wait: float = 0.0, status: int = 0) -> None:
        super().__init__(why)
        self.again, self.wait, self.status = again, wait, status


class StaleError(MatcherError):
    """An answer was given to a state that has changed since: nothing of it was kept, look again."""
