"""Compiled functions, kept on disk so that a machine compiles them once."""

import hashlib
import os
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import numba

_F = TypeVar("_F", bound=Callable[..., Any])

_PACKAGE = Path(__file__).resolve().parent.parent
_SOURCES = ("fast/*.py", "aggregates.py", "classifier.py", "features.py", "profile.py", "reading.py", "text.py")
"""Files whose code or constants become part of the compiled code."""


@cache
def folder() -> Path:
    """Where the compiled code of this version of the sources is kept: in the user's cache folder, else a temporary one."""
    digest = hashlib.sha256()
    for pattern in _SOURCES:
        for path in sorted(_PACKAGE.glob(pattern)):
            digest.update(path.read_bytes())
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    made = Path(base) / "matcher" / "compiled" / digest.hexdigest()[:16]
    try:
        made.mkdir(parents=True, exist_ok=True)
    except OSError:
        made = Path(tempfile.gettempdir()) / f"matcher-{os.getuid()}" / made.name
        made.mkdir(mode=0o700, parents=True, exist_ok=True)
    return made


def compiled(function: _F) -> _F:
    """Compile a function at its first call, or take it from disk.

    numba tells by the time stamp of a function's own file whether it is stale, and so misses changes in the functions
    that it calls and the constants that it uses; the folder's name holds a digest of them all instead.
    """
    kept, numba.config.CACHE_DIR = numba.config.CACHE_DIR, str(folder())
    try:
        made: _F = numba.njit(cache=True, nogil=True)(function)
    finally:
        numba.config.CACHE_DIR = kept
    return made
