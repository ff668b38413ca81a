"""Sources of every kind in, clean postings out: what ``matcher ingest`` does, and ``matcher score`` with an address."""

import datetime as dt
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import Any

from matcher.errors import FetchError, InputError, PostingError
from matcher.ingest import read_rows
from matcher.ingest.addresses import EVERYWHERE, is_address
from matcher.ingest.crawl import Crawl, Visit
from matcher.ingest.fetch import Fetcher
from matcher.ingest.gone import gone
from matcher.ingest.journal import Journal
from matcher.ingest.limits import Limits
from matcher.ingest.sources import Sources
from matcher.posting import JobPosting
from matcher.postings_file import FIRST, SUFFIXES, postings_file
from matcher.results import output_path

MAX_LISTED = 20
"""Failures that the summary names."""

Progress = Callable[[str, int, int | None], None]
"""Told what is done (``reading`` addresses, ``writing`` rows), how much of it, and of how much that is known."""


@dataclass
class Summary:
    """What a run did."""

    postings: int = 0
    gone: int = 0
    failed: int = 0
    errors: list[str] = field(default_factory=list)

    def add(self, row: Mapping[str, Any]) -> None:
        """Count one row, a posting or a failure."""
        if "id" in row:
            self.postings += 1
            self.gone += row["gone"] is not None
            return
        self.failed += 1
        if len(self.errors) < MAX_LISTED:
            self.errors.append(row["error"])


@dataclass(frozen=True)
class Collecting:
    """How to read addresses; ``private``: whether machines that are not public may be reached."""

    private: bool = False
    limits: Limits = field(default_factory=Limits)
    resume: bool = False

    def fetcher(self) -> Fetcher:
        """A fetcher that keeps to this."""
        return Fetcher(self.limits, EVERYWHERE if self.private else ())


def ingest(sources: list[str], output: str, how: Collecting, progress: Progress | None = None) -> Summary:
    """Read every source into ``output``; what fails is listed beside it, in ``OUTPUT.failed.jsonl``.

    Without any posting ``output`` is left as it is.

    Raises:
        InputError: a source is not there, or the output cannot be written; nothing is overwritten then.
        MatcherError: another run is at work on this output.
    """
    output_path(output, SUFFIXES)
    found = Sources.of(sources)
    if not found.addresses and not any(lead.follow for lead in found.leads):
        return _write(output, found.files, found.leads, progress)
    journal = Journal(state_path(output), how.resume)
    try:
        _crawl(found, journal, how, progress)
        summary = _write(output, found.files, chain(found.leads, journal.visits()), progress)
        journal.remove()
    finally:
        journal.close()
    return summary


def _crawl(sources: Sources, journal: Journal, how: Collecting, progress: Progress | None) -> None:
    """Read addresses and what they lead to into the journal, but for what is there already."""
    with how.fetcher() as fetcher:
        crawl = Crawl(fetcher, how.limits)
        kept = 0
        for visit in journal.visits():
            crawl.finished(visit)
            kept += 1
        for address in sources.addresses:
            crawl.start(address)
        for visit in chain(sources.leads, journal.visits()):
            crawl.follow(visit.follow)
        for done, visit in enumerate(crawl.visits(), kept + 1):
            journal.add(visit)
            if progress is not None:
                progress("reading", done, done + crawl.waiting())


def _write(output: str, files: list[str], visits: Iterable[Visit], progress: Progress | None) -> Summary:
    """Write postings and failures."""
    summary = Summary()
    with postings_file(Path(output)) as postings, postings_file(Path(_failed_path(output))) as failures:
        rows = chain(chain.from_iterable(map(_file_rows, files)), chain.from_iterable(map(_visit_rows, visits)))
        for row in rows:
            summary.add(row)
            (postings if "id" in row else failures).write([row])
            if progress is not None:
                progress("writing", summary.postings + summary.failed, None)
        postings.wanted, failures.wanted = summary.postings > 0, summary.failed > 0
    if not summary.failed:
        Path(_failed_path(output)).unlink(missing_ok=True)  # of an earlier run
    return summary


def state_path(output: str) -> Path:
    """Where an unfinished run keeps what it has read."""
    return Path(f"{output}.state")


def _failed_path(output: str) -> str:
    return f"{output}.failed.jsonl"


def _file_rows(file: str) -> Iterator[dict[str, Any]]:
    try:
        for row in read_rows(file):
            yield _failure(file, row.error) if row.error else _clean(file, row.where, row.fields)
    except InputError as error:
        yield _failure(file, str(error))


def _visit_rows(visit: Visit) -> Iterator[dict[str, Any]]:
    source, where = visit.addresses[0], " → ".join(visit.addresses)
    if visit.failed:
        yield _failure(source, f"{where}: {visit.failed}")
    url = visit.addresses[-1] if is_address(visit.addresses[-1]) else ""
    for fields in visit.rows:
        yield _clean(source, where, fields, url, visit.gone)


def _failure(source: str, error: str) -> dict[str, Any]:
    return {"source": source, "error": error}


def _posting(where: str, fields: Mapping[str, Any], url: str) -> JobPosting:
    try:
        posting = JobPosting.from_row(fields)
    except PostingError as error:
        raise PostingError(f"{where}: {error}") from None
    except RecursionError:
        raise PostingError(f"{where}: its values are nested too deeply") from None
    return posting if posting.url else replace(posting, url=url)


def _clean(source: str, where: str, fields: Mapping[str, Any], url: str = "", over: str = "") -> dict[str, Any]:
    """A posting as an input row, its description as scoring reads it; or the failure that it is none."""
    try:
        posting = _posting(where, fields, url)
    except PostingError as error:
        return _failure(source, str(error))
    properties = {name: value for name, value in posting.properties.items() if name != "notice"}
    sources, said = _sources(properties.pop("sources", None)), properties.pop("gone", None)
    today = dt.datetime.now(dt.UTC).date()
    return {
        **{name: getattr(posting, name) for name in FIRST},
        **properties,
        "sources": sources,
        "gone": over or said or gone(dict(fields), posting.description, today),
    }


def _sources(value: object) -> dict[str, Any]:
    """Where each field came from; a table holds it as text. The page's notice is told by ``gone``."""
    if isinstance(value, str) and value.startswith("{"):
        with suppress(ValueError, RecursionError):
            value = json.loads(value)
    return {name: place for name, place in value.items() if name != "notice"} if isinstance(value, Mapping) else {}


def failed_sources(path: str, output: str) -> list[str]:
    """The sources that a run listed as failed.

    Raises:
        InputError: it is no such list, or the list of ``output`` itself, which holds what was read with them.
    """
    if Path(path).resolve() == Path(_failed_path(output)).resolve():
        raise InputError(f"{output}: holds the postings that were read; give another output for those tried again")
    sources = [row.fields.get("source") for row in read_rows(path)]
    if not all(isinstance(source, str) for source in sources):
        raise InputError(f"{path}: not a list of failures, as 'matcher ingest' writes beside its output")
    return list(dict.fromkeys(map(str, sources)))


def posting_at(address: str, private: bool = False) -> JobPosting:
    """The one posting of an address.

    Raises:
        FetchError: it cannot be read.
        PostingError: it holds no posting.
        InputError: it holds several, or only leads to some.
    """
    how = Collecting(private)
    with how.fetcher() as fetcher:
        crawl = Crawl(fetcher, how.limits)
        crawl.start(address)
        visit = next(crawl.visits())
    where = " → ".join(visit.addresses)
    if visit.failed:
        raise FetchError(f"{where}: {visit.failed}")
    if len(visit.rows) != 1:
        held = "more than one posting" if visit.rows else "no posting itself, but leads to some"
        raise InputError(f"{where}: holds {held}; use 'matcher ingest'")
    return _posting(where, visit.rows[0], visit.addresses[-1])
