"""The page on the loopback interface of this machine, for as long as the command runs."""

import secrets
import socket
import threading
import webbrowser
from collections.abc import Callable

from matcher.errors import InputError, MatcherError
from matcher.review.desk import Desk
from matcher.review.trainer import Trainer

HOST = "127.0.0.1"


def listen(port: int) -> socket.socket:
    """A listening socket on the loopback interface; port 0 takes a free one.

    Raises:
        InputError: the port is taken or not to be had.
    """
    made = socket.socket()
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind((HOST, port))
        made.listen()
    except (OSError, OverflowError) as error:
        made.close()
        raise InputError(f"port {port} cannot be used ({error}); give another with --port, or 0 for any") from None
    return made


def check_installed() -> None:
    """Tell whether the page's libraries are there before anything is read.

    Raises:
        MatcherError: the extra is missing.
    """
    try:
        import jinja2  # noqa: F401
        import starlette  # noqa: F401
        import uvicorn  # noqa: F401
    except ImportError as error:
        raise MatcherError(f"the page needs {error.name}: pip install 'matcher[review]'") from None


def serve(desk: Desk, trainer: Trainer, listener: socket.socket, tell: Callable[[str], None], browser: bool) -> None:
    """Serve until interrupted; ``tell`` is given the address with its token once it answers."""
    import uvicorn

    from matcher.review.app import application

    port = listener.getsockname()[1]
    token = secrets.token_urlsafe(32)
    app = application(desk, trainer, token, port)
    config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False, lifespan="off", ws="none")
    address = f"http://{HOST}:{port}/?token={token}"
    tell(address)  # the socket listens already: a browser that is quicker waits in its queue
    if browser:
        threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
    uvicorn.Server(config).run(sockets=[listener])
