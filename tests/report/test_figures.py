import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from matcher.report.figures import Figures, Number
from tests.report.questions import ask

TABLE = pa.table(
    {
        "type": ["software", "software", "telecom", None, "other"],
        "remote": [True, False, None, None, True],
        "match": [0.5, 0.8, 0.2, None, 0.1],
        "certifications": [["PMP", "ITIL"], ["PMP"], [], None, ["it's"]],
        "salary_annual_min": [100.0, 80.0, None, None, 10.0],
        "salary_annual_max": [200.0, 80.0, 90.0, None, 30.0],
    }
)


@pytest.fixture
def path(tmp_path) -> str:
    pq.write_table(TABLE, tmp_path / "t.parquet")
    return str(tmp_path / "t.parquet")


@pytest.mark.parametrize(
    ("conditions", "count"),
    [
        ((), 5),
        (("type=software",), 2),
        (("type!=other",), 3),
        (("type=null",), 1),
        (("type!=null",), 4),
        (("remote=true",), 2),
        (("remote=false", "type=software"), 1),
        (("match>=0.5",), 2),
        (("match<0.5",), 2),
        (("certifications~PMP",), 2),
        (("certifications~it's",), 1),
        (("salary_annual!=null",), 3),
    ],
)
def test_counts_are_what_another_tool_counts(path, conditions, count):
    number = Figures(TABLE).count(*conditions)
    assert number.value == count
    assert ask(path, number.key) == count


def test_shares_and_quantiles(path):
    figures = Figures(TABLE)
    share = figures.share(("type=software", "remote=true"), ("type=software",))
    assert (share.value, share.text) == (0.5, "50%")
    assert ask(path, share.key) == 0.5
    middle = figures.quantile(0.5, "salary_annual", "salary_annual!=null")
    assert (middle.value, middle.text) == (80, "80")
    assert ask(path, middle.key) == 80
    assert figures.quantile(0.25, "match", "type!=null").value == pytest.approx(
        ask(path, "quantile 0.25 match where type!=null")
    )


def test_no_rows_is_no_number():
    figures = Figures(TABLE)
    assert figures.share(("remote=true",), ("type=networking",)).text == "–"
    assert figures.quantile(0.5, "match", "type=networking").value is None
    assert not Number("count x", 0)


def test_most_counts_lists_and_words():
    figures = Figures(TABLE)
    assert figures.most("certifications") == ["PMP", "ITIL", "it's"]
    assert figures.most("type", "match>=0.1") == ["software", "other", "telecom"]


def test_a_condition_that_is_none_is_refused():
    with pytest.raises(ValueError, match="not a condition"):
        Figures(TABLE).count("type is software")
