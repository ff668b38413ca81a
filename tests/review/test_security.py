import http.client

import pytest
import requests

from matcher.review.security import HEADERS
from tests.review.conftest import posting, serving

EVIL = "<script>document.title='owned'</script><img src=x onerror=alert(1)>"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    import json

    folder = tmp_path_factory.mktemp("served")
    hostile = {"title": EVIL, "company": EVIL + "\u202e", "url": "javascript:alert(1)"}
    rows = [posting(number, **hostile) for number in range(2)]  # whichever comes first
    for row in rows:
        row["description"] += f"\nPlan it. {EVIL}"
    (folder / "p.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    with serving(folder, "p.jsonl") as made:
        assert made.enter().status_code == 200
        yield made


def ask(server, method, path, **headers):
    """A request with just these headers: no client library puts others in."""
    connection = http.client.HTTPConnection("127.0.0.1", int(server.origin.rsplit(":", 1)[1]), timeout=10)
    connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
    for name, value in headers.items():
        for item in value if isinstance(value, list) else [value]:
            connection.putheader(name, item)
    connection.endheaders()
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, body, answer.headers


def cookie(server):
    return "; ".join(f"{name}={value}" for name, value in server.session.cookies.items())


def host(server):
    return server.origin.removeprefix("http://")


@pytest.mark.parametrize(
    "name", ["evil.example", "127.0.0.1", "127.0.0.1:1", "localhost.evil.example", "", None, "two"]
)
def test_a_rebound_host_is_refused_even_with_the_token(server, name):
    hosts = {"two": [host(server), "evil.example"], None: []}.get(name, name)
    status, body, _ = ask(server, "GET", f"/?token={server.token}", Host=hosts, Cookie=cookie(server))
    assert status in (400, 421)
    assert b"lot" not in body


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "https://{host}", "http://localhost:1", "http://{host}.evil"]
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_foreign_origin_is_refused(server, origin, method):
    origin = origin.format(host=host(server))
    status, body, _ = ask(server, method, "/", Host=host(server), Origin=origin, Cookie=cookie(server))
    assert (status, body) == (403, b"refused: the request does not come from this page\n")


def test_a_change_needs_an_origin(server):
    before = server.shown()
    path, revision = before
    for origin in (None, "http://evil.example"):
        answer = server.session.post(
            server.origin + path, json={"revision": revision, "change": {"type": "other"}}, headers={"Origin": origin}
        )
        assert answer.status_code == 403
    assert server.shown() == before


@pytest.mark.parametrize("path", ["/", "/?token=wrong", "/?token=", "/static/review.js", "/train", "/answers"])
def test_without_the_token_there_is_nothing(server, path):
    answer = requests.get(server.origin + path, allow_redirects=False, timeout=10)
    assert answer.status_code == 403
    assert "open the address that 'matcher review' printed" in answer.text
    name = next(iter(server.session.cookies)).name
    assert requests.get(server.origin + path, cookies={name: "wrong"}, timeout=10).status_code == 403


def test_the_token_is_good_for_the_door_only_and_becomes_a_strict_cookie(server):
    answer = requests.get(server.address, allow_redirects=False, timeout=10)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    made = answer.headers["Set-Cookie"].lower()
    assert "httponly" in made
    assert "samesite=strict" in made
    assert requests.get(f"{server.origin}/answers?token={server.token}", timeout=10).status_code == 403


@pytest.mark.parametrize(
    "path",
    ["/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py", "/static//etc/passwd",
     "/static/%2fetc%2fpasswd", "/static/", "/posting/../labels.jsonl", "/posting/nothing",
     "/labels.jsonl", "/labels.jsonl.log"],
)  # fmt: skip
def test_a_path_outside_is_not_found(server, path):
    status, body, _ = ask(server, "GET", path, Host=host(server), Cookie=cookie(server))
    assert status == 404
    assert b"import" not in body
    assert b"root:" not in body


@pytest.mark.parametrize("key", ["nothing", "..%2F..%2Flabels.jsonl", "%2Fetc%2Fpasswd", "%00"])
def test_an_answer_goes_to_a_posting_and_to_no_other_file(server, key):
    before = server.shown()
    answer = server.post(
        f"/posting/{key}", {"revision": 0, "change": {"type": "other"}, "output": "/tmp/x.jsonl", "path": "../x"}
    )
    assert answer.status_code == 404
    assert server.shown() == before


def test_every_answer_carries_the_headers(server):
    paths = ("/", "/static/review.js", "/nothing", "/answers")
    answers = [*(server.session.get(server.origin + path) for path in paths), requests.get(server.origin, timeout=10)]
    for answer in answers:
        assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    assert "unsafe-inline" not in HEADERS["Content-Security-Policy"]


def test_a_postings_words_are_never_markup(server):
    pages = [server.session.get(server.origin + path).text for path in ("/", "/answers")]
    path, revision = server.shown()
    pages.append(server.post(path, {"revision": revision, "change": {"skills": {"education": True}}}).text)
    assert any("&lt;script&gt;" in page for page in pages)
    for page in pages:
        assert "<script>" not in page
        assert "<img" not in page
        assert "javascript:" not in page
        assert "\u202e" not in page
        assert " style=" not in page


@pytest.mark.parametrize(
    ("body", "status"),
    [({}, 422), ({"revision": 0}, 422), ({"revision": "0", "change": {"type": "other"}}, 422), ([], 400), ("x", 400),
     ({"revision": 99, "change": {"type": "other"}}, 409), ({"x": "y" * 70_000}, 413)],
)  # fmt: skip
def test_what_is_no_answer_is_refused_and_changes_nothing(server, body, status):
    before = server.shown()
    answer = server.post(before[0], body)
    assert answer.status_code == status
    assert server.shown() == before


def test_an_answer_is_json_and_nothing_a_form_could_send(server):
    path, _ = server.shown()
    for data, kind in (
        ("{", "application/json"),
        ('{"revision": 0}', "text/plain"),
        ("[" * 60_000, "application/json"),
    ):
        answer = server.session.post(
            server.origin + path, data=data, headers={"Origin": server.origin, "Content-Type": kind}
        )
        assert answer.status_code == 400
