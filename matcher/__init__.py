"""Job postings in; the type of technical project manager and the skill match out, with the posting's own words."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matcher.estimator import PostingClassifier
    from matcher.match import Match
    from matcher.matcher import Matcher
    from matcher.posting import JobPosting
    from matcher.profile import Profile
    from matcher.vectorizer import TermHasher

__version__ = "0.1.0"
__all__ = ["JobPosting", "Match", "Matcher", "PostingClassifier", "Profile", "TermHasher", "__version__"]

_HOMES = {
    "JobPosting": "posting",
    "Match": "match",
    "Matcher": "matcher",
    "PostingClassifier": "estimator",
    "Profile": "profile",
    "TermHasher": "vectorizer",
}


def __getattr__(name: str) -> Any:
    """Names are loaded when first used: scoring must not wait for what only training needs."""
    from importlib import import_module

    if name in _HOMES:
        return getattr(import_module(f"matcher.{_HOMES[name]}"), name)
    raise AttributeError(f"module 'matcher' has no attribute {name!r}")
