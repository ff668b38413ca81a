"""``matcher classify`` on a Spark cluster that is there already (extra ``spark``): a DataFrame of postings in, one of
results out.

Workers need the same version of matcher, nothing else: the model and the profile go along with the work.
"""  # noqa: D205 - one sentence

import io
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from matcher import __version__
from matcher.arrow import check_columns, score_batches, sketch_batches
from matcher.duplicates import StoredSketches, first_of
from matcher.errors import InputError, MatcherError
from matcher.matcher import Matcher, batched
from matcher.model_store import MANIFEST, find
from matcher.results import parquet_schema

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

CHECKED = 4
"""Tasks that see, before any row is read, whether workers have this version of matcher; the others see it later."""

FETCHED = 10_000
"""Sketches held at once on their way to the driver."""

BROADCAST = 64 * 2**20
"""Bytes of repeats that every executor gets whole; more are joined by Spark's own plan."""

_MODEL, _PROFILE, _FIRST = "model", "profile.toml", "duplicate_of"


def classify(
    df: "DataFrame",
    *,
    model: str | Path | None = None,
    profile: str | Path | None = None,
    only_type: bool = False,
    order: str | None = None,
) -> "DataFrame":
    """Score every row of ``df``; the columns and types are those of ``matcher classify -o results.parquet``.

    Columns are read as ``classify`` reads those of a file. A row that is no usable posting becomes a ``rejected`` row.
    ``model`` (name or folder) and ``profile`` (TOML file) are read here, on the driver; without them it is the model in
    use here, and the profile that ships. ``only_type`` leaves out skills, evidence and facts.

    Rows are scored when the result is asked for, in Spark's own order. ``duplicate_of`` is null unless ``order`` names
    a column of text or whole numbers, other ones in every row, that says which advertisement comes first: it is then
    what ``classify`` finds in a file of this order. All postings are read once for that before this returns, and
    grouped on the driver, with some 150 bytes of its memory and up to 1.6 kB of its disk a row.

    Raises:
        ModelError, ProfileError: one of them is not usable.
        InputError: no title or description column, or ``order`` does not order the rows.
        MatcherError: a worker has no matcher, or another version. One that is found out later fails its task with the
            same words.
    """
    df = df.toDF(*(name.replace(".", "_") for name in df.columns))  # Spark takes a dot for a field of a structure
    check_columns(df.columns)
    packed = _packed(model, profile)
    _check_workers(df.sparkSession)
    if order is not None:
        df = _with_first(df, order)
    schema = df.sparkSession.createDataFrame(parquet_schema().empty_table()).schema
    return df.mapInArrow(_work("scored", packed, only_type, order is not None), schema)


def scored(batches: Iterator[Any], packed: bytes, only_type: bool, with_first: bool) -> Iterator[Any]:
    """On a worker: output rows; what they repeat is told by the input's own column if ``with_first``."""
    matcher = _unpacked(packed)
    place = parquet_schema().get_field_index(_FIRST)
    for batch in batches:
        done = 0
        for rows in score_batches([batch], matcher, only_type=only_type):
            firsts = batch.column(_FIRST).slice(done, len(rows)) if with_first else rows.column(place)
            done += len(rows)
            yield rows.set_column(place, rows.schema.field(place), firsts)


def sketched(batches: Iterator[Any], order: str) -> Iterator[Any]:
    """On a worker: what the driver groups."""
    return sketch_batches(batches, order)


def _packed(model: str | Path | None, profile: str | Path | None) -> bytes:
    """The files of a model and of a profile, which are seen to be usable, as they go to the workers."""
    folder = find(model)
    loaded = Matcher.load(folder, profile)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in (MANIFEST, *loaded.model.manifest["files"]):
            archive.writestr(f"{_MODEL}/{name}", (folder / name).read_bytes())
        if profile is not None:
            archive.writestr(_PROFILE, Path(profile).read_bytes())
    return packed.getvalue()


@lru_cache(maxsize=2)
def _unpacked(packed: bytes) -> Matcher:
    """The matcher on a worker, for all tasks of its process; every file is checked against the model's manifest."""
    with tempfile.TemporaryDirectory(prefix="matcher-") as folder, zipfile.ZipFile(io.BytesIO(packed)) as archive:
        archive.extractall(folder)
        profile = Path(folder, _PROFILE)
        return Matcher.load(Path(folder, _MODEL), profile if profile.exists() else None)


def _lack(version: str) -> Callable[[], str]:
    """What a worker lacks to run this version, in words; empty if nothing.

    This and :func:`_work` give functions made inside a function: Spark sends such ones whole, so that they also run
    where there is no matcher.
    """

    def lack() -> str:
        found = "none"
        try:
            import matcher

            found = getattr(matcher, "__version__", "another package of this name")
            if found == version:
                import matcher.spark
        except ImportError as error:
            if found != "none":
                return f"matcher {found} on a worker lacks what it needs ({error}): install it there with pip"
        wanted = f"install matcher {version} in the Python of every worker (spark.pyspark.python)"
        return "" if found == version else f"the driver has matcher {version}, a worker has {found}: {wanted}"

    return lack


def _work(name: str, *given: Any) -> Callable[[Iterator[Any]], Iterator[Any]]:
    """A function of this module, as one that can be sent to a worker that has no such module."""
    lack = _lack(__version__)

    def work(batches: Iterator[Any]) -> Iterator[Any]:
        if said := lack():
            raise RuntimeError(said)
        from importlib import import_module

        yield from getattr(import_module("matcher.spark"), name)(batches, *given)

    return work


def _check_workers(spark: "SparkSession") -> None:
    lack = _lack(__version__)

    def said(batches: Iterator[Any]) -> Iterator[Any]:
        import pyarrow as pa

        for batch in batches:
            yield pa.RecordBatch.from_arrays([pa.array([lack()] * len(batch), pa.string())], ["lack"])

    rows = spark.range(0, CHECKED, 1, CHECKED).mapInArrow(said, "lack string").collect()
    if lacks := sorted({row.lack for row in rows} - {""}):
        raise MatcherError(lacks[0])


def _with_first(df: "DataFrame", order: str) -> "DataFrame":
    """``df`` with ``duplicate_of``: for a repeat the id of the first row that is the same advertisement, else null."""
    from pyspark.sql.functions import broadcast

    firsts = _firsts(df, order)
    table = df.sparkSession.createDataFrame(firsts)
    return df.drop(_FIRST).join(broadcast(table) if firsts.nbytes < BROADCAST else table, order, "left")


def _firsts(df: "DataFrame", order: str) -> Any:
    """An Arrow table of the repeats: ``order`` of each, and the id of the first row that is the same advertisement."""
    import pyarrow as pa

    kind = _kind(df, order)
    schema = f"`{order}` {df.schema[order].dataType.simpleString()}, id string, sketch binary"
    sketches = df.mapInArrow(_work("sketched", order), schema).persist()  # sorting reads its input twice
    with tempfile.TemporaryDirectory(prefix="matcher-") as folder:
        file = Path(folder, "sketches")
        try:
            keys, ids = _fetch(sketches.orderBy(order).toLocalIterator(prefetchPartitions=True), kind, file)
        finally:
            sketches.unpersist()
        _check_order(keys, order)
        with StoredSketches([file]) as stored:
            first = first_of(stored)
    repeats = np.flatnonzero(first != np.arange(len(first)))
    return pa.table({order: keys.take(pa.array(repeats)), _FIRST: ids.take(pa.array(first[repeats]))})


def _kind(df: "DataFrame", order: str) -> Any:
    """The Arrow type that holds the values of ``order``."""
    import pyarrow as pa
    from pyspark.sql.types import IntegralType, StringType

    if order not in df.columns:
        raise InputError(f"order={order!r}: no such column (there are: {', '.join(df.columns)})")
    told = df.schema[order].dataType
    if not isinstance(told, IntegralType | StringType):
        raise InputError(f"order={order!r}: a column of {told.simpleString()}; it must be of text or whole numbers")
    return pa.string() if isinstance(told, StringType) else pa.int64()


def _fetch(rows: Iterator[Any], kind: Any, file: Path) -> tuple[Any, Any]:
    """The keys and ids of sketched rows, their sketches written to a file."""
    import pyarrow as pa

    keys, ids = [], []
    with file.open("wb") as written:
        for block in batched(rows, FETCHED):
            keys.append(pa.array([row[0] for row in block], kind))
            ids.append(pa.array([row[1] for row in block], pa.string()))
            written.writelines(row[2] for row in block)
    return pa.chunked_array(keys, kind), pa.chunked_array(ids, pa.string())


def _check_order(keys: Any, order: str) -> None:
    import pyarrow.compute as pc

    if keys.null_count:
        raise InputError(f"order={order!r}: {keys.null_count} rows hold null there; every row needs a value of its own")
    same = pc.equal(keys.slice(1), keys.slice(0, max(len(keys) - 1, 0)))
    if pc.any(same).as_py():
        twice = keys[pc.index(same, True).as_py()].as_py()
        raise InputError(f"order={order!r}: {twice!r} stands in two rows; every row needs a value of its own")
