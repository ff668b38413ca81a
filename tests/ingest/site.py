"""A real web server on the loopback interface that behaves as it is told, and remembers what it was asked."""

import json
import ssl
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import chain, repeat
from pathlib import Path

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
SAMPLES_HOST = "https://site.example"
"""The host that the samples name; served, they name the server."""

TYPES = {".html": "text/html", ".xhtml": "application/xhtml+xml", ".xml": "application/xml", ".txt": "text/plain"}

DUTIES = """You plan the rollout of new branch routers and switches with the network engineers.
You keep the schedule and the budget of six sites, and report on both every week.
Requirements: 4 years of experience as a project manager in network projects; CCNA preferred."""


@dataclass
class Answer:
    """What the server sends: a status with headers and a body, or whatever ``send`` writes."""

    body: bytes | str = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    send: Callable[[BaseHTTPRequestHandler], None] | None = None


def posting(title: str = "Network Project Manager", **properties: object) -> dict[str, object]:
    """A posting of an invented employer in schema.org's terms."""
    return {
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "title": title,
        "description": f"<p>{DUTIES}</p>".replace("\n", "</p><p>"),
        "hiringOrganization": {"@type": "Organization", "name": "Alder & Quay Networks"},
        **properties,
    }


def page(*postings: dict[str, object]) -> str:
    """A page with postings."""
    script = f'<script type="application/ld+json">{json.dumps(postings)}</script>'
    return f"<!doctype html><html><head><title>Jobs</title>{script}</head><body><h1>Jobs</h1></body></html>"


def job(title: str = "Network Project Manager", **properties: object) -> str:
    """A page with one posting."""
    return page(posting(title, **properties))


def moved(to: str, status: int = 302) -> Answer:
    return Answer(status=status, headers={"Location": to})


def drip(*pieces: bytes, seconds: float = 0.05, head: bytes = b"HTTP/1.1 200 OK\r\n\r\n") -> Answer:
    """Pieces, the last one for ever, with a pause after each, until the reader is gone."""

    def send(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(head)
        for piece in chain(pieces, repeat(pieces[-1])):
            handler.wfile.write(piece)
            handler.wfile.flush()
            time.sleep(seconds)

    return Answer(send=send)


def raw(data: bytes) -> Answer:
    """Exactly these bytes, then the end."""

    def send(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(data)

    return Answer(send=send)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, *_: object) -> None:
        """A reader that hangs up is what many tests are about; anything else is told."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(*_)


class Site:
    """Paths with answers, given one after another, the last one again and again; the samples under their own names."""

    def __init__(self, host: str, tls: ssl.SSLContext | None = None) -> None:
        self.answers: dict[str, list[Answer]] = {}
        self.asked: list[tuple[str, float, dict[str, str]]] = []
        self._server = _Server((host, 0), self._handler())
        if tls:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True)
        self.url = f"http{'s' if tls else ''}://{host}:{self._server.server_port}"

    def add(self, path: str, *answers: Answer | str) -> str:
        """Have a path answer; gives its address."""
        self.answers[path] = [a if isinstance(a, Answer) else Answer(a, headers=_HTML) for a in answers]
        return self.url + path

    def paths(self, robots: bool = False) -> list[str]:
        """What was asked for, in order."""
        return [path for path, *_ in self.asked if robots or path != "/robots.txt"]

    def times(self, path: str) -> list[float]:
        return [at for asked, at, _ in self.asked if asked == path]

    def answer(self, path: str) -> Answer:
        waiting = self.answers.get(path)
        if waiting:
            return waiting.pop(0) if len(waiting) > 1 else waiting[0]
        file = SAMPLES / path.lstrip("/")
        if file.suffix in TYPES and file.is_file():
            return Answer(self.here(file.read_bytes()), headers={"Content-Type": TYPES[file.suffix]})
        return Answer("nothing here", 404)

    def here(self, sample: bytes) -> bytes:
        """A sample, at home on this server."""
        for encoding in ("utf-8", "utf-16-le"):
            sample = sample.replace(SAMPLES_HOST.encode(encoding), self.url.encode(encoding))
        return sample

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True  # head and body are two writes

            def do_GET(self) -> None:
                site.asked.append((self.path, time.monotonic(), dict(self.headers)))
                answer = site.answer(self.path)
                try:
                    if answer.send:
                        self.close_connection = True
                        answer.send(self)
                    else:
                        self._plain(answer)
                except OSError:
                    self.close_connection = True  # the reader has gone

            def _plain(self, answer: Answer) -> None:
                body = answer.body.encode() if isinstance(answer.body, str) else answer.body
                self.send_response(answer.status)
                for name, value in {"Content-Length": str(len(body)), **answer.headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        return Handler

    @contextmanager
    def running(self) -> "Iterator[Site]":
        thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self._server.shutdown()
            self._server.server_close()
            thread.join()


_HTML = {"Content-Type": "text/html; charset=utf-8"}
