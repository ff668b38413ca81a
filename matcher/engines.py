"""What carries out the work of a run: processes of this machine, or a cluster, both behind joblib (BSD).

A task is a function with descriptions of what to read and where to write; what comes back is a number. So a task that
a lost worker had is done again by another one, and the process that hands tasks out holds a few of them at a time.
"""

import asyncio
import logging
import pickle
import warnings
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, CancelledError
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from joblib import Parallel, delayed, parallel_config
from joblib.parallel import BACKENDS

from matcher import __version__
from matcher.errors import MatcherError

_T = TypeVar("_T")

DASK = "dask"
HERE = ("loky", "multiprocessing", "threading", "sequential")
"""joblib's backends that work on this machine."""

ANSWER = 5.0
"""Seconds in which a scheduler must answer; on one network it takes milliseconds."""

WORKERS = 20.0
"""Seconds in which a first worker must be there: a cluster that grows when asked to starts one."""


@dataclass(frozen=True)
class Engine:
    """Processes to hand tasks to; ``client`` is a cluster's."""

    backend: str
    jobs: int
    client: Any = None

    @property
    def here(self) -> bool:
        """Whether all of it is on this machine."""
        return self.backend in HERE

    def each(
        self, function: Callable[..., Any], tasks: Iterable[tuple[Any, ...]], *, ordered: bool = False
    ) -> Iterator[Any]:
        """What a function gives for each tuple of arguments, as it comes or in order; few tasks wait at a time.

        Raises:
            MatcherError: what a task raised, or workers were lost for good.
        """
        options = {"client": self.client, "wait_for_workers_timeout": WORKERS} if self.client else {}
        with parallel_config(self.backend, n_jobs=self.jobs, **options):
            try:
                way = "generator" if ordered else "generator_unordered"
                parallel = Parallel(return_as=way, pre_dispatch="2 * n_jobs")
            except ValueError:
                raise MatcherError(
                    f"--backend {self.backend}: cannot tell results as they come; take another"
                ) from None
        with self._lost():
            results = parallel(delayed(function)(*task) for task in tasks)
            try:
                for result in results:  # noqa: UP028 - "yield from" would close them before the warning is off
                    yield result
            finally:
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")  # joblib warns of tasks that nobody waits for any more
                    results.close()

    def map(self, function: Callable[..., Any], *each: Iterable[Any]) -> Iterator[Any]:
        """The built-in ``map``, by this engine."""
        return self.each(function, zip(*each, strict=True), ordered=True)

    def once(self, function: Callable[..., _T], *arguments: Any) -> _T:
        """What a function gives: called in this process, or by one worker of a cluster.

        Raises:
            MatcherError: what the function raised, or workers were lost for good.
        """
        if self.here:
            return function(*arguments)
        (given,) = self.each(function, [arguments])
        return cast(_T, given)

    def check(self, function: Callable[..., Any], *arguments: Any) -> None:
        """Call a function of matcher on every worker of a cluster that is there now.

        Raises:
            MatcherError: a worker lacks matcher, has another version, or the function raised; the worker is named.
        """
        if self.client is None:
            return
        asked = pickle.dumps((function, arguments))
        with self._lost():
            answers = self.client.run(_question(asked, __version__), on_error="return")
        for worker, answer in sorted(answers.items()):
            if answer and not isinstance(answer, OSError):  # a worker that dies is none to ask
                raise MatcherError(f"worker {worker}: {answer}")

    @contextmanager
    def _lost(self) -> Iterator[None]:
        """Tell in one line how workers were lost."""
        try:
            yield
        except MatcherError as error:
            if self.here:
                raise
            raise MatcherError(f"on a worker: {error}") from None
        except ModuleNotFoundError as error:
            raise MatcherError(f"a worker lacks {error.name}: {_install()}") from None
        except (BrokenExecutor, CancelledError, TimeoutError, asyncio.CancelledError) as error:
            raise MatcherError(f"the workers were lost ({_named(error)}); --resume goes on") from None
        except Exception as error:
            if not type(error).__module__.startswith("distributed."):
                raise
            raise MatcherError(f"the workers were lost ({_named(error)}); --resume goes on") from None


def _named(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}".partition("\n")[0].removesuffix(": ")


def _install() -> str:
    return f"install matcher {__version__} on every worker"


def _question(asked: bytes, version: str) -> Callable[[], str]:
    """A function that is sent whole, as a worker may lack this module; it answers what is wrong, or nothing."""
    install = _install()

    def answer() -> str:
        import pickle

        try:
            import matcher
        except ImportError:
            return f"lacks matcher: {install}"
        if matcher.__version__ != version:
            return f"has matcher {matcher.__version__}: {install}"
        function, arguments = pickle.loads(asked)  # noqa: S301 - from the driver, as all that a worker does
        try:
            function(*arguments)
        except Exception as error:  # noqa: BLE001 - told to the driver
            return f"{error}" or type(error).__name__
        return ""

    return answer


@contextmanager
def engine_of(backend: str | None, scheduler: str | None, jobs: int) -> Iterator[Engine]:
    """The engine of a run: a backend by joblib's name for it, a cluster's scheduler by its address.

    Raises:
        MatcherError: no such backend, or no scheduler answers there.
    """
    backend = backend or ("loky" if jobs > 1 else "sequential")
    if scheduler and backend != DASK:
        raise MatcherError(f"--scheduler {scheduler}: is for --backend {DASK}")
    if backend not in (DASK, *BACKENDS):
        raise MatcherError(f"--backend {backend}: joblib has no such backend; it has {', '.join((DASK, *BACKENDS))}")
    with _client(scheduler) if backend == DASK else nullcontext() as client:
        yield Engine(backend, jobs if backend in HERE else -1, client)


@contextmanager
def _client(scheduler: str | None) -> Iterator[Any]:
    if not scheduler:
        raise MatcherError(f"--backend {DASK} needs --scheduler ADDRESS, as tcp://10.0.0.5:8786")
    try:
        from distributed import Client
    except ImportError:
        raise MatcherError(f"--backend {DASK}: install the extra: pip install 'matcher[dask]'") from None
    for name in ("distributed", "distributed.client"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # what is wrong is told in one line
    try:
        kind = asyncio.run(asyncio.wait_for(_identity(scheduler), ANSWER))
    except (OSError, TypeError, ValueError) as error:
        why = str(error).partition("\n")[0] or f"nothing for {ANSWER:.0f} seconds"
        raise MatcherError(f"--scheduler {scheduler}: no Dask scheduler answers there ({why})") from None
    if kind != "Scheduler":
        raise MatcherError(f"--scheduler {scheduler}: is the address of a {kind.lower()}, not of the scheduler")
    with Client(scheduler, timeout=ANSWER, set_as_default=False) as client:
        yield client


async def _identity(address: str) -> str:
    """What listens at an address; asked first, as a client waits without end for what speaks another protocol."""
    from distributed.core import rpc
    from distributed.security import Security

    async with rpc(address, timeout=ANSWER, connection_args=Security().get_connection_args("client")) as server:
        return str((await server.identity())["type"])
