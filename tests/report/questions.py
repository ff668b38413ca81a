"""Asks a results file the question beside a number of the page, with DuckDB and none of the project's code."""

import re
from functools import lru_cache

import duckdb

ANNUAL = "((salary_annual_min + salary_annual_max) / 2)"


@lru_cache
def _base(parquet: str) -> duckdb.DuckDBPyConnection:
    base = duckdb.connect()
    columns = base.execute(f"select * from read_parquet('{parquet}') limit 0").description
    names = ", ".join(name for name, *_ in columns if name != "evidence")
    base.execute(
        f"create table rows as select {names}, file_row_number from read_parquet('{parquet}', file_row_number=true)"
    )
    return base


def ask(parquet: str, key: str):
    """The answer to the question ``key``; None when there is none."""
    measure, _, rest = key.partition(" ")
    if measure == "count":
        found = f"count(*) from rows where {_where(rest)}"
    elif measure == "share":
        part, whole = rest.split(" / ")
        found = f"avg(case when {_where(part)} then 1 else 0 end) from rows where {_where(whole)}"
    elif measure == "quantile":
        at, column, _, conditions = rest.split(" ", 3)
        column = ANNUAL if column == "salary_annual" else column
        found = f"quantile_cont({column}, {at}) from rows where {_where(conditions)}"
    elif measure == "cell":
        row, column = rest.split(" ")
        columns = (
            "case type " + " ".join(f"when '{t}' then p_{t}" for t in TYPES) + " end" if column == "sure" else column
        )
        found = f"{columns} from rows where file_row_number = {row}"
    else:
        raise ValueError(key)
    return _base(parquet).execute(f"select {found}").fetchone()[0]


TYPES = ("software", "telecom", "networking", "it_conversion", "other")


def _where(conditions: str) -> str:
    return " and ".join(map(_condition, conditions.split(" & "))) if conditions else "true"


def _condition(condition: str) -> str:
    name, sign, value = re.fullmatch(r"(\w+)(!=|>=|<|=|~)(.*)", condition, re.S).groups()
    if name == "salary_annual":
        return f"{ANNUAL} is not null"
    if value == "null":
        return f"{name} is {'not ' if sign == '!=' else ''}null"
    quoted = value.replace("'", "''")
    if sign == "~":
        return f"list_contains({name}, '{quoted}')"
    if sign in (">=", "<"):
        return f"{name} {sign} {value}"
    return f"cast({name} as varchar) {sign} '{quoted}'"
