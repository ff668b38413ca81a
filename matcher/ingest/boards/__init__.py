"""Public career boards, one small file each.

A board's file holds two functions, and its name stands in ``BOARDS``; nothing else knows it:

``start(url)``
    the API address behind the address of a career page, of one job on it, or of the API itself; ``""`` for other sites.
``read(value, url)``
    what an answer of the API holds, ``None`` when it has not this board's shape. Answers are known by their shape, so
    that saved ones and those of a board behind an employer's own domain are read as well. XML comes as an lxml tree.
"""

from typing import Any

from matcher.ingest.boards import ashby, greenhouse, lever, personio, recruitee, smartrecruiters, workable
from matcher.ingest.found import Found

BOARDS = (greenhouse, lever, ashby, smartrecruiters, workable, recruitee, personio)


def board_start(url: str) -> str:
    """The API address behind a board's address, or ``""``."""
    return next((api for board in BOARDS if (api := board.start(url))), "")


def board_found(value: Any, url: str = "") -> Found | None:
    """What a board's answer holds; ``None`` when no board answers so."""
    for board in BOARDS:
        try:
            found: Found | None = board.read(value, url)
        except (AttributeError, KeyError, TypeError, ValueError):  # another's answer with names like this board's
            continue
        if found is not None:
            return found
    return None
