import pytest

from tests.ingest.site import Site


@pytest.fixture(autouse=True)
def own_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("MATCHER_CACHE", str(tmp_path / "cache"))


@pytest.fixture
def site():
    with Site("127.0.0.1").running() as running:
        yield running


@pytest.fixture
def other_site():
    """A second machine, as far as addresses go."""
    with Site("127.0.0.2").running() as running:
        yield running
