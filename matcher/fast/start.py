"""Whether the compiled code is on this machine, and seeing to it that it will be."""

import hashlib
import importlib.util
import os
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent
_SOURCES = (
    "fast/*.py",
    "aggregates.py",
    "classifier.py",
    "facts/cues.py",
    "features.py",
    "hashing.py",
    "profile.py",
    "reading.py",
    "skills.py",
    "text.py",
)
"""Files whose code or constants become part of the compiled code."""

WORTH_COMPILING = 256
"""Postings of one process from which compiling is begun."""

_DONE = "done"
_seen = 0
_begun: "subprocess.Popen[bytes] | None" = None


@cache
def folder() -> Path:
    """Where the compiled code of these very sources is kept: in the user's cache folder, else a temporary one.

    The same sources in another place are others: numba keeps what it compiles under the path of its source.
    """
    digest = hashlib.sha256(f"{sys.version} {_PACKAGE}".encode())
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


def ready(postings: int) -> bool:
    """Whether to read the next ``postings`` by the fast path; begins to compile it when many have come by."""
    global _seen, _begun
    if not importlib.util.find_spec("numba"):
        return False
    if (folder() / _DONE).exists():
        return True
    _seen += postings
    if _seen >= WORTH_COMPILING and _begun is None:
        _begun = subprocess.Popen(
            [sys.executable, "-m", "matcher.fast"],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
    return False


def compile_all() -> None:
    """Compile the fast path and keep it on disk."""
    from matcher.fast.counting import count_texts
    from matcher.fast.engine import Engine
    from matcher.model_store import DEFAULT, load
    from matcher.posting import JobPosting

    count_texts(["Manage the project."], 1, 2, 1 << 20, signed=True)
    engine = Engine(load(DEFAULT))
    posting = JobPosting("Project manager", "Manage the project.")
    list(engine.find([posting]))
    engine.types([posting])
    (folder() / _DONE).touch()
