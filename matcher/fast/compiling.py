"""Compiled functions, kept on disk so that a machine compiles them once."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba

from matcher.fast.start import folder

_F = TypeVar("_F", bound=Callable[..., Any])


def compiled(function: _F) -> _F:
    """Compile a function at its first call, or take it from disk.

    numba tells by the time stamp of a function's own file whether it is stale, and so misses changes in the functions
    that it calls and the constants that it uses; the folder's name holds a digest of them all instead.
    """
    settings: Any = numba.config
    kept, settings.CACHE_DIR = settings.CACHE_DIR, str(folder())
    try:
        return cast(_F, numba.njit(cache=True, nogil=True, error_model="numpy")(function))
    finally:
        settings.CACHE_DIR = kept
