"""Numbers of a results table, each kept under the question that it answers, so that any tool can ask it again.

A question is a measure and conditions joined by " & ": ``count status=ok & type=software``,
``share type=software & remote=true / type=software & remote!=null``, ``quantile 0.5 salary_annual where type=telecom``.
Conditions: ``field=value``, ``field!=value``, ``field>=number``, ``field<number``, ``field~item`` (a list
holds it); the value ``null`` is "did not say". ``salary_annual`` is the middle of the stated yearly range.
"""

import re
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from matcher.display.common import sure

Mask = NDArray[np.bool_]

_CONDITION = re.compile(r"(\w+)(!=|>=|<|=|~)(.*)", re.S)


PERCENT = "{:.0%}"


class Number(NamedTuple):
    """A number on the page: the question it answers, its value, and how it is written."""

    key: str
    value: float | None
    form: str = "{:,.0f}"

    @property
    def text(self) -> str:
        """The number as a person reads it; a dash when there is none."""
        if self.value is None:
            return "–"
        return sure(self.value) if self.form == PERCENT else self.form.format(self.value)

    def __bool__(self) -> bool:
        return bool(self.value)


class Figures:
    """Answers questions about a results table (:attr:`matcher.report.results.Results.table`)."""

    def __init__(self, table: Any) -> None:
        self._table = table
        self._mask = lru_cache(maxsize=None)(self._condition)

    def rows(self, *conditions: str) -> Mask:
        """Which rows meet all conditions."""
        found = np.ones(self._table.num_rows, bool)
        for condition in conditions:
            found &= self._mask(condition)
        return found

    def count(self, *conditions: str) -> Number:
        """How many rows meet all conditions."""
        return Number(("count " + " & ".join(conditions)).strip(), int(self.rows(*conditions).sum()))

    def share(self, part: tuple[str, ...], whole: tuple[str, ...]) -> Number:
        """How many of the rows that meet ``whole`` meet ``part`` too; no number when there are none."""
        among = self.rows(*whole)
        value = float(self.rows(*part)[among].mean()) if among.any() else None
        return Number(f"share {' & '.join(part)} / {' & '.join(whole)}", value, PERCENT)

    def quantile(self, at: float, column: str, *conditions: str) -> Number:
        """A quantile of a column (linear between neighbours) over the rows that state it."""
        values = self.values(column, *conditions)
        value = float(np.quantile(values, at)) if len(values) else None
        return Number(f"quantile {at} {column} where {' & '.join(conditions)}", value)

    def values(self, column: str, *conditions: str) -> NDArray[np.float64]:
        """The stated values of a column over the rows that meet the conditions."""
        found = self._numbers(column)[self.rows(*conditions)]
        return found[~np.isnan(found)]

    def most(self, column: str, *conditions: str) -> list[str]:
        """Values of a text or list column over the rows that meet the conditions, the commonest first."""
        import pyarrow as pa

        found = self._table[column].filter(pa.array(self.rows(*conditions))).drop_null()
        items = found.combine_chunks().flatten() if pa.types.is_list(found.type) else found
        pairs = ((entry["counts"], entry["values"]) for entry in items.value_counts().to_pylist())
        return [value for _, value in sorted(pairs, key=lambda pair: (-pair[0], pair[1]))]

    def _numbers(self, column: str) -> NDArray[np.float64]:
        if column == "salary_annual":
            return (self._numbers("salary_annual_min") + self._numbers("salary_annual_max")) / 2
        import pyarrow as pa

        return np.asarray(self._table[column].cast(pa.float64()).to_numpy(), np.float64)

    def _condition(self, condition: str) -> Mask:
        import pyarrow as pa
        import pyarrow.compute as pc

        match = _CONDITION.fullmatch(condition)
        if match is None:
            raise ValueError(f"not a condition: {condition!r}")
        name, sign, value = match.groups()
        if name == "salary_annual":
            return ~np.isnan(self._numbers(name))
        column = self._table[name]
        if value == "null":
            mask = pc.is_null(column) if sign == "=" else pc.is_valid(column)
        elif sign == ">=":
            mask = pc.greater_equal(column, float(value))
        elif sign == "<":
            mask = pc.less(column, float(value))
        elif sign == "~":
            return np.array([value in (items or ()) for items in column.to_pylist()], bool)
        else:
            wanted = value == "true" if pa.types.is_boolean(column.type) else value
            mask = pc.equal(column, wanted) if sign == "=" else pc.not_equal(column, wanted)
        return np.asarray(pc.fill_null(mask, fill_value=False).to_numpy(), bool)
