"""The routes: one page for a posting, one for the answers, one for the training; each answer gives a page back."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from matcher.display.common import TYPE_WORDS
from matcher.errors import InputError, LabelError, MatcherError, StaleError
from matcher.review import page
from matcher.review.desk import Desk
from matcher.review.marking import visible
from matcher.review.security import Guard
from matcher.review.trainer import Trainer

MAX_BODY = 1 << 16
"""Bytes of an answer: a change of one field is a few hundred."""

_STATUS: dict[type[MatcherError], int] = {StaleError: 409, LabelError: 422, InputError: 507}


def application(desk: Desk, trainer: Trainer, token: str, port: int) -> Starlette:
    """The whole page, behind its guard."""
    pages = Pages(desk, trainer)
    static = StaticFiles(directory=Path(__file__).parent / "static")
    return Starlette(
        routes=[
            Route("/", pages.first),
            Route("/posting/{key}", pages.posting),
            Route("/posting/{key}", pages.answer, methods=["POST"]),
            Route("/undo", pages.undo, methods=["POST"]),
            Route("/answers", pages.answers),
            Route("/train", pages.train),
            Route("/train", pages.act, methods=["POST"]),
            Mount("/static", static),
        ],
        middleware=[Middleware(Guard, token=token, port=port)],
    )


class Pages:
    """The handlers; the work is done in threads, one change of the labels at a time."""

    def __init__(self, desk: Desk, trainer: Trainer) -> None:
        self.desk = desk
        self.trainer = trainer
        self.templates = page.environment()

    def first(self, request: Request) -> Response:
        """The posting to ask for now."""
        waiting = self.desk.next()
        return RedirectResponse(f"/posting/{waiting.key}", 303) if waiting else self._page(request, "done.html", "/")

    def posting(self, request: Request) -> Response:
        """One posting."""
        return self._posting(request, request.path_params["key"])

    def answers(self, request: Request) -> Response:
        """What was answered so far."""
        return self._page(request, "answers.html", "/answers", page.answers_view(self.desk))

    def train(self, request: Request) -> Response:
        """The training as it stands."""
        return self._training(request)

    async def answer(self, request: Request) -> Response:
        """Keep one change of a posting's label; a type or a skip goes on to the next posting."""
        return await self._work(request, self._keep)

    async def undo(self, request: Request) -> Response:
        """Take back the last answer and show its posting."""
        return await self._work(request, self._take_back)

    async def act(self, request: Request) -> Response:
        """Start a training, or decide on the new model."""
        return await self._work(request, self._train)

    async def _work(self, request: Request, work: Callable[[Request, Any], Response]) -> Response:
        body = b""
        async for part in request.stream():
            body += part
            if len(body) > MAX_BODY:
                return PlainTextResponse("too long for an answer\n", 413)
        try:
            sent = json.loads(body)
        except (ValueError, RecursionError):
            sent = None
        if not isinstance(sent, dict) or request.headers.get("content-type") != "application/json":
            return PlainTextResponse("an answer is a JSON object\n", 400)
        return await run_in_threadpool(work, request, sent)

    def _keep(self, request: Request, sent: dict[str, Any]) -> Response:
        key, revision, change = request.path_params["key"], sent.get("revision"), sent.get("change")
        try:
            posting = self.desk.posting(key)
        except KeyError:
            return self._missing()
        try:
            if not isinstance(change, dict) or type(revision) is not int:
                raise LabelError("an answer names the revision that it was given to, and a change")
            with self.desk.lock:
                label = self.desk.labels.change(posting, revision, change)
        except MatcherError as error:
            return self._posting(request, key, error=error)
        title = visible(posting.title) or "a posting without title"
        if not ("type" in change or change.get("skipped")):
            return self._posting(request, key, said="saved")
        verdict = f"saved: {TYPE_WORDS[label.type]}" if label.type else "skipped"
        return self._next(request, f"{verdict}, “{title}”")

    def _take_back(self, request: Request, sent: dict[str, Any]) -> Response:
        try:
            with self.desk.lock:
                taken = self.desk.labels.undo(sent.get("line", 0))
                what = page.said(self.desk, taken)
        except MatcherError as error:
            return self._next(request, error=error)
        return self._posting(request, taken.key, said=f"taken back: {what}")

    def _train(self, request: Request, sent: dict[str, Any]) -> Response:
        actions: dict[str, Callable[[], None]] = {
            "start": self.trainer.start,
            "use": lambda: self.trainer.settle(use=True),
            "leave": lambda: self.trainer.settle(use=False),
        }
        try:
            if (action := actions.get(str(sent.get("do")))) is None:
                raise LabelError("do one of start, use, leave")
            action()
        except MatcherError as error:
            return self._training(request, error=error)
        return self._training(request, "the model in use stays" if sent["do"] == "leave" else "")

    def _training(self, request: Request, said: str = "", error: MatcherError | None = None) -> Response:
        view = page.train_view(self.desk, self.trainer)
        return self._page(request, "train.html", "/train", view, said, error)

    def _next(self, request: Request, said: str = "", error: MatcherError | None = None) -> Response:
        waiting = self.desk.next()
        if waiting is None:
            return self._page(request, "done.html", "/", said=said, error=error)
        return self._posting(request, waiting.key, said, error)

    def _posting(self, request: Request, key: str, said: str = "", error: MatcherError | None = None) -> Response:
        try:
            view = page.posting_view(self.desk, key)
        except KeyError:
            return self._missing()
        return self._page(request, "posting.html", f"/posting/{key}", view, said, error)

    def _page(
        self, request: Request, template: str, url: str, view: dict[str, Any] | None = None, said: str = "",
        error: MatcherError | None = None,
    ) -> Response:  # fmt: skip
        """A page, or its main part alone for the script that swaps it in."""
        whole = {
            **page.frame(self.desk, self.trainer), **(view or {}), "url": url, "said": said,
            "error": str(error) if error else "", "whole": "fragment" not in request.headers,
        }  # fmt: skip
        status = _STATUS.get(type(error), 400) if error else 200
        return HTMLResponse(self.templates.get_template(template).render(whole).encode("utf-8", "replace"), status)

    def _missing(self) -> Response:
        return PlainTextResponse("no such posting\n", 404)
