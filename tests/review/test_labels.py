import json

import pytest

from matcher.corpus import read_labelled
from matcher.errors import InputError, LabelError, StaleError
from matcher.posting import JobPosting
from matcher.review import labels as labels_module
from matcher.review.label import Label
from matcher.review.labels import Labels, key_of

ONE = JobPosting("One", "Plan the lot, and \ud800 report 🎉.", company="Wren & Sons", id="1")
TWO = JobPosting("Two", "Run the lot.", id="1")


@pytest.fixture
def path(tmp_path):
    return tmp_path / "labels.jsonl"


def answer(labels, posting, change):
    return labels.change(posting, labels.revision(key_of(posting)), change)


def test_every_answer_is_on_disk_and_train_can_read_it(path):
    with Labels(path) as labels:
        assert not path.exists()
        answer(labels, ONE, {"span": {"skill": "status_reporting", "start": 18, "end": 26}})
        assert not path.exists()
        answer(labels, ONE, {"type": "telecom"})
        answer(labels, TWO, {"type": "other"})
        rows = list(read_labelled([str(path)]))
        assert [(row.posting.title, row.type, row.skills) for row in rows] == [
            ("One", "telecom", {"status_reporting": True}),
            ("Two", "other", None),
        ]
        assert rows[0].posting.company == "Wren & Sons"
        row = json.loads(path.read_text("utf-8").splitlines()[0])
        assert [row["description"][s["start"] : s["end"]] for s in row["spans"]] == [row["spans"][0]["text"]]
        assert len(labels.log.read_text("utf-8").splitlines()) == 3


def test_undo_takes_back_one_after_another_and_appends(path):
    with Labels(path) as labels:
        for change in ({"type": "telecom"}, {"type": "software"}):
            answer(labels, ONE, change)
        assert labels.undo(2).label.type == "software"
        assert labels.label(key_of(ONE)).type == "telecom"
        assert labels.undo(1).label.type == "telecom"
        assert labels.last is None
        assert path.read_text("utf-8") == ""
        with pytest.raises(StaleError):
            labels.undo(1)
        answer(labels, ONE, {"type": "other"})
    with Labels(path) as again:
        assert dict(again.answered()) == {key_of(ONE): Label("other")}
        assert again.revision(key_of(ONE)) == 5
        assert len(again.log.read_text("utf-8").splitlines()) == 5
        assert again.posting(key_of(ONE)) == ONE


def test_an_answer_to_an_older_state_is_refused(path):
    with Labels(path) as labels:
        labels.change(ONE, 0, {"type": "telecom"})
        with pytest.raises(StaleError, match="changed in another tab"):
            labels.change(ONE, 0, {"type": "software"})
        assert labels.label(key_of(ONE)).type == "telecom"


@pytest.mark.parametrize("torn", [b"{", b'{"line": 2, "posting": "', b'{"line": 2}', b"\xff\xfe", b"\x00" * 40])
def test_a_line_torn_by_a_crash_is_cut_off(path, torn):
    with Labels(path) as labels:
        answer(labels, ONE, {"type": "telecom"})
    with labels.log.open("ab") as log:
        log.write(torn)
    path.unlink()
    with Labels(path) as again:
        assert [label.type for _, label in again.answered()] == ["telecom"]
        assert len(path.read_text("utf-8").splitlines()) == 1
        answer(again, TWO, {"type": "other"})
    assert [json.loads(line)["line"] for line in labels.log.read_text("utf-8").splitlines()] == [1, 2]


@pytest.mark.parametrize(
    "damaged", ["", "[]", "5", '{"line": 7, "undo": 1}', '{"line": 2, "undo": 9}', '{"line": 2, "posting": "a"}']
)
def test_a_damaged_line_inside_is_named(path, damaged):
    with Labels(path) as labels:
        answer(labels, ONE, {"type": "telecom"})
    with labels.log.open("a") as log:
        log.write(damaged + "\n")
    before = labels.log.read_bytes()
    with pytest.raises(LabelError, match=r"labels.jsonl.log, line 2: damaged"):
        Labels(path)
    assert labels.log.read_bytes() == before


def test_a_file_of_another_make_is_never_overwritten(path):
    path.write_text('{"title": "mine"}\n')
    with pytest.raises(InputError, match="is there already, and not from a review"):
        Labels(path)
    assert path.read_text() == '{"title": "mine"}\n'


def test_one_server_at_a_time(path):
    with Labels(path), pytest.raises(InputError, match="another 'matcher review' has it open"):
        Labels(path)
    with Labels(path):
        pass


def test_a_folder_that_is_not_there(tmp_path):
    with pytest.raises(InputError, match="cannot be written"):
        Labels(tmp_path / "nowhere" / "labels.jsonl")


def test_a_full_disk_changes_nothing(path, monkeypatch):
    with Labels(path) as labels:
        answer(labels, ONE, {"type": "telecom"})
        before = labels.log.read_bytes()

        def full(_):
            raise OSError(28, "No space left on device")

        with monkeypatch.context() as patched:
            patched.setattr(labels_module.os, "fsync", full)
            with pytest.raises(InputError, match=r"the answer cannot be written \(No space left on device\)"):
                answer(labels, TWO, {"type": "other"})
        assert labels.log.read_bytes() == before
        assert labels.revision(key_of(TWO)) == 0
        answer(labels, TWO, {"type": "other"})
    with Labels(path) as again:
        assert [label.type for _, label in again.answered()] == ["telecom", "other"]
