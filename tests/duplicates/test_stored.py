import numpy as np

from matcher.duplicates import Sketcher, StoredSketches, first_of
from matcher.posting import JobPosting

POSTINGS = [
    JobPosting("Project Manager", "Lead the work.\nReport weekly.", "Acme"),
    JobPosting("Project  Manager", "Lead the work. Report  weekly", "ACME"),
    JobPosting("Project Manager", "Lead the work. Report daily.", "Acme"),
    JobPosting("Project Manager", "Lead the work. Report weekly.", "Other"),
]


def test_the_same_words_are_the_same_advertisement():
    assert first_of(Sketcher().sketch_many(POSTINGS)).tolist() == [0, 0, 2, 3]


def test_stored_sketches_group_as_those_in_memory(tmp_path):
    sketches = Sketcher().sketch_many(POSTINGS * 30)
    files = [tmp_path / "a", tmp_path / "b", tmp_path / "c"]
    for path, rows in zip(files, (sketches[:50], sketches[:0], sketches[50:]), strict=True):
        rows.tofile(path)
    with StoredSketches(files) as stored:
        assert (stored[:, 3:6] == sketches[:, 3:6]).all()
        assert (stored[np.array([119, 0, 50])] == sketches[[119, 0, 50]]).all()
        assert (first_of(stored) == first_of(sketches)).all()
