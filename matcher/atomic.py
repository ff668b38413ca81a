"""Files and folders that are there whole or not at all, whatever moment a process is killed in."""

import ctypes
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from matcher.errors import MatcherError

_LEFT_OVER = ".new-"
_AT_CWD, _EXCHANGE = -100, 2
"""``AT_FDCWD`` and ``RENAME_EXCHANGE`` of Linux's ``renameat2``."""


@contextmanager
def locked(path: Path, *, wait: bool) -> Iterator[None]:
    """Hold the lock on a folder or a file (made if missing); it is free again when the process ends or is killed.

    Raises:
        MatcherError: another process holds it, and ``wait`` is false.
    """
    import fcntl  # not on Windows

    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR | os.O_CREAT, 0o644)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        yield
    except BlockingIOError:
        raise MatcherError(f"{path}: another run is at work; wait for it to end") from None
    finally:
        os.close(handle)


def write_text(path: Path, text: str) -> None:
    """Write a file aside, see it on the disk, and rename it in."""
    aside = path.with_name(f"{_LEFT_OVER}{path.name}-{os.getpid()}")
    try:
        aside.write_text(text, "utf-8")
        _to_disk(aside)
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)


@contextmanager
def folder_aside(parent: Path) -> Iterator[Path]:
    """A new folder inside ``parent`` to write in and then to :func:`put`; gone at the end if it was not.

    What killed runs left behind goes first: one run at a time is here, so nobody else's is touched.
    """
    parent.mkdir(parents=True, exist_ok=True)
    with locked(parent, wait=True):
        for left in parent.glob(f"{_LEFT_OVER}*"):
            if left.is_dir():
                shutil.rmtree(left, ignore_errors=True)
        aside = Path(tempfile.mkdtemp(prefix=_LEFT_OVER, dir=parent))
        try:
            yield aside
        finally:
            shutil.rmtree(aside, ignore_errors=True)


def put(aside: Path, folder: Path) -> None:
    """Let ``aside`` take the place of ``folder`` in one step; what was there before is in ``aside`` then."""
    for path in (*aside.iterdir(), aside):
        _to_disk(path)
    aside.chmod(0o755)
    if not folder.exists():
        aside.rename(folder)
    elif not _exchange(aside, folder):  # two steps: the only system where there is a moment without a folder
        old = Path(tempfile.mkdtemp(prefix=_LEFT_OVER, dir=folder.parent))
        folder.rename(old / folder.name)
        aside.rename(folder)
        shutil.rmtree(old, ignore_errors=True)


def _exchange(one: Path, two: Path) -> bool:
    """Swap two folders in one step; False where the system or file system cannot."""
    if not sys.platform.startswith("linux"):
        return False
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    return rename is not None and rename(_AT_CWD, os.fsencode(one), _AT_CWD, os.fsencode(two), _EXCHANGE) == 0


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
