"""Sources of postings, each read into the same rows: ``read_rows(source)`` is the one way in."""

from matcher.ingest.rows import Row, expand, read_rows

__all__ = ["Row", "expand", "read_rows"]
