"""The same advertisement found again: postings whose words are the same."""

import hashlib

from matcher.features import tokens
from matcher.posting import JobPosting


class Duplicates:
    """Remembers the postings of one run by a digest of their words, 16 bytes each."""

    def __init__(self) -> None:
        self._first: dict[bytes, str] = {}

    def first(self, posting: JobPosting) -> str | None:
        """The id of the first posting of this run with the same words; None if this is the first."""
        words = " ".join((*tokens(posting.title), "|", *tokens(posting.company), "|", *tokens(posting.description)))
        key = hashlib.blake2b(words.encode("utf-8", "replace"), digest_size=16).digest()
        first = self._first.get(key)
        if first is None:
            self._first[key] = posting.id
        return first
