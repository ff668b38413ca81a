"""Where files are: on this machine's disks, or behind an address (``s3://``, ``gs://``, ``hdfs://``, …).

Addresses are fsspec's (BSD); universal-pathlib (MIT) gives them the methods of ``pathlib.Path``, so that one code does
for both. Credentials and end points come from where each store's own tools look for them, as the environment. Local
paths are ``pathlib`` alone, and nothing of this is imported for them.
"""

import io
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, cast
from uuid import uuid4

from matcher.errors import InputError

EXTRAS = {"s3": "s3", "s3a": "s3", "gs": "gcs", "gcs": "gcs", "hdfs": "hdfs"}
"""Which of matcher's extras reads a kind of address."""

BLOCK = 2**20
"""Bytes of a remote file that are asked for at once."""

_ADDRESS = re.compile(r"(?!https?:)([a-z][a-z0-9+.-]+)://", re.IGNORECASE)
_RENAMES = {"hdfs", "arrow_hdfs"}
"""Stores where a file is renamed in; object stores show one when its upload is committed."""

_STORES = ("aiohttp.", "aiobotocore.", "botocore.", "gcsfs.", "google.")
"""Modules whose errors are a store's although they are no ``OSError``."""


def is_remote(name: str) -> bool:
    """Whether a name is the address of a store."""
    return _ADDRESS.match(name) is not None


def place(name: str) -> Path:
    """The path of a name; for an address, an object with the same methods.

    Raises:
        InputError: no such kind of store, or its extra is not installed.
    """
    found = _ADDRESS.match(name)
    if not found:
        return Path(name)
    kind = found[1].lower()
    try:
        from upath import UPath

        path = UPath(name, use_listings_cache=False)  # others write there too
        with reached(name):
            path.fs  # noqa: B018 - connects
    except ImportError:
        extra = EXTRAS.get(kind)
        what = f"the extra: pip install 'matcher[{extra}]'" if extra else f"what fsspec needs for {kind}://"
        raise InputError(f"{name}: to reach it install {what}") from None
    except ValueError:
        raise InputError(f"{name}: {kind}:// is no kind of store that fsspec knows") from None
    return cast(Path, path)


@contextmanager
def reached(name: object) -> Iterator[None]:
    """Tell a store's own errors as one line.

    Raises:
        InputError: it could not be reached, or refused.
    """
    try:
        yield
    except Exception as error:
        if not _of_a_store(error):
            raise
        raise InputError(f"{name}: cannot be reached ({_why(error)})") from None


def _of_a_store(error: Exception) -> bool:
    return isinstance(error, OSError) or type(error).__module__.startswith(_STORES)


def _why(error: Exception) -> str:
    """What went wrong, in one line."""
    return str(getattr(error, "strerror", None) or error or type(error).__name__).partition("\n")[0]


def opened(path: Path, block: int = BLOCK) -> "io.BufferedReader[Any]":
    """A file to read; of a remote one only the blocks that are asked for are fetched."""
    if isinstance(path, Path):
        return io.BufferedReader(path.open("rb", buffering=0), min(block, BLOCK))
    return io.BufferedReader(_Remote(path), block)


class _Remote(io.RawIOBase):
    """The bytes of a remote file, by ranges; a store's errors are ``OSError`` here, as a disk's."""

    def __init__(self, path: Any) -> None:
        self._fs, self._key = path.fs, path.path
        with _as_os_error():
            self._size = int(self._fs.info(self._key)["size"])
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self._at = offset + {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        return self._at

    def readinto(self, buffer: Any) -> int:
        stop = min(self._at + len(buffer), self._size)
        if stop <= self._at:
            return 0
        with _as_os_error():
            data = self._fs.cat_file(self._key, start=self._at, end=stop)
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)


@contextmanager
def _as_os_error() -> Iterator[None]:
    try:
        yield
    except Exception as error:
        if isinstance(error, OSError) or not _of_a_store(error):
            raise
        raise OSError(_why(error)) from error


@contextmanager
def whole(path: Path) -> Iterator[BinaryIO]:
    """A file to write that appears when it is whole, in place of what was there, or not at all.

    Raises:
        InputError: it cannot be written there.
    """
    try:
        with _renamed_in(path) if _is_renamed(path) else _committed(path) as file:
            yield file
    except Exception as error:
        if not _of_a_store(error):
            raise
        raise InputError(f"{path}: cannot be written ({_why(error)})") from None


def _is_renamed(path: Any) -> bool:
    return isinstance(path, Path) or path.protocol in _RENAMES


@contextmanager
def _renamed_in(path: Path) -> Iterator[BinaryIO]:
    aside = path.with_name(f".{path.name}.{uuid4().hex}.tmp")  # no other process's, on this machine or another
    try:
        with aside.open("wb") as file:
            yield file
        if not isinstance(path, Path) and path.exists():
            path.unlink()  # HDFS renames onto nothing that is there
        aside.replace(path) if isinstance(path, Path) else aside.rename(path)
    finally:
        aside.unlink(missing_ok=True)


@contextmanager
def _committed(path: Any) -> Iterator[BinaryIO]:
    file = path.fs.open(path.path, "wb", autocommit=False)
    try:
        yield file
        file.close()
        file.commit()
    except BaseException:
        file.discard()
        file.closed = True  # else it tries to upload the rest when it is collected
        raise


def matching(pattern: str) -> list[str]:
    """The remote files that an address with wildcards stands for, in order."""
    path: Any = place(pattern)
    with reached(pattern):
        found = path.fs.glob(path.path, detail=True)
        return sorted(path.fs.unstrip_protocol(name) for name, about in found.items() if about["type"] == "file")


def files_below(folder: str) -> list[str]:
    """All files below a folder, in order."""
    return sorted(str(path) for path in place(folder).rglob("*") if path.is_file())


def remove(folder: Path) -> None:
    """Take a folder away with all that is in it, if it is there."""
    if isinstance(folder, Path):
        shutil.rmtree(folder, ignore_errors=True)
        return
    remote: Any = folder
    if remote.exists():
        remote.fs.rm(remote.path, recursive=True)
