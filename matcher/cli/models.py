"""``matcher models``."""

import argparse
import json
from typing import Any

from matcher.cli.common import DONE, command_of, console


def add(commands: Any) -> None:
    """Add the command to the parser."""
    command = command_of(
        commands,
        "models",
        run,
        "list, show or choose saved models",
        "models list",
        "models show default",
        "models use default",
    )
    command.add_argument("action", choices=["list", "show", "use"], nargs="?", default="list")
    command.add_argument("name", metavar="NAME", nargs="?", help="a saved model's name or folder")


def run(options: argparse.Namespace) -> int:
    """``matcher models``."""
    from matcher import model_store
    from matcher.display import models_table
    from matcher.errors import ModelError

    if options.action == "list":
        manifests = {name: model_store.read_manifest(folder) for name, folder in model_store.saved().items()}
        console().print(models_table(manifests, model_store.in_use()))
    elif options.action == "show":
        manifest = model_store.load(options.name).manifest
        print(json.dumps({key: value for key, value in manifest.items() if key != "files"}, indent=2))
    elif options.name is None:
        raise ModelError("models use: give the NAME of a saved model ('matcher models list')")
    else:
        model_store.use(options.name)
        print(f"in use: {options.name}")
    return DONE
