"""The command serve, with one flag for each setting."""

import gc
import inspect
import os
import threading
from collections.abc import Callable
from dataclasses import fields
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer

from triplary.errors import BadParameter, StoreError
from triplary.server.settings import Settings, from_environment

__all__ = ["serve", "with_settings"]


def serve(source: list[str] | None = None, store: Path | None = None, **given: Any) -> None:
    """Serve a graph: the explorer, the SPARQL endpoint and the API."""
    settings = from_environment(os.environ, **given)
    if source and store:
        raise BadParameter(
            "--store", str(store), "a store and files cannot be served together",
            hint="load the files into the store first: triplary load FILE --store DIR",
        )  # fmt: skip
    if settings.empty and (source or store):
        raise BadParameter(
            "--empty", settings.empty, "there is something to serve",
            hint="leave out --empty, or the files and the store",
        )  # fmt: skip
    gc.disable()  # nothing made on the way to the first answer is garbage
    opened, workers = _forked(source, store, settings)
    from triplary.server.running import run

    run(opened, workers, settings)


def _forked(source: list[str] | None, store: Path | None, settings: Settings) -> tuple[Any, Any]:
    """The store, and the workers over it: forked while this process has one thread."""
    from triplary.store.opening import is_store
    from triplary.store.oxigraph import OxigraphStore
    from triplary.store.worker import Workers

    limits = {
        "count": settings.query_workers,
        "memory_mebibytes": settings.query_memory_mebibytes,
        "queue": settings.query_queue,
    }
    exact = settings.default_graph == "exact"
    folder = store or (Path(source[0]) if source and len(source) == 1 else None)
    if folder is not None and is_store(folder):
        _refuse_writing(settings, folder)
        workers = Workers(folder, **limits)
        return OxigraphStore(folder, exact=exact, read_only=True), workers
    if store is not None:
        raise StoreError(
            f"There is no store in {store}.", hint="triplary load FILE --store DIR makes one"
        )
    # NumPy would start threads for linear algebra, which nothing here does.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    importing = threading.Thread(target=import_module, args=("triplary.server.running",))
    importing.start()
    try:
        opened = OxigraphStore(exact=exact) if settings.empty else _loaded(source, exact=exact)
    finally:
        importing.join()
    return opened, Workers(opened, **limits)


def _refuse_writing(settings: Settings, folder: Path) -> None:
    if settings.write_token_file:
        raise BadParameter(
            "--write-token-file", settings.write_token_file,
            f"the store in {folder} is only read while it is served",
            hint="serve files, or --empty, to write in memory; triplary load adds to a store",
        )  # fmt: skip


def _loaded(source: list[str] | None, *, exact: bool) -> Any:
    """The store of files: the engine works while another thread imports."""
    from triplary.store.opening import open_store
    from triplary.store.oxigraph import OxigraphStore

    only = source[0] if source and len(source) == 1 else source
    opened = open_store(only or None, exact=exact)
    if not isinstance(opened, OxigraphStore):
        raise BadParameter("serve", source, "only files and stores on disk are served")
    return opened


def _flag(default: object) -> Any:
    """The type of a setting's flag: a list where it may be given more than once."""
    return list[str] if isinstance(default, tuple) else type(default)


def with_settings(command: Callable[..., None]) -> Callable[..., None]:
    """The command with one flag for each setting of the list."""
    own = [
        inspect.Parameter(
            "source", inspect.Parameter.POSITIONAL_OR_KEYWORD, default=None,
            annotation=Annotated[list[str] | None, typer.Argument(
                help="RDF files, folders or a store; the bundled atlas if none.")],
        ),
        inspect.Parameter(
            "store", inspect.Parameter.KEYWORD_ONLY, default=None,
            annotation=Annotated[Path | None, typer.Option(
                help="A store on disk (triplary load).")],
        ),
    ]  # fmt: skip
    flags = [
        inspect.Parameter(
            setting.name, inspect.Parameter.KEYWORD_ONLY, default=None,
            annotation=Annotated[_flag(setting.default) | None, typer.Option(
                help=f"{setting.metadata['help']} [default: {setting.default}]")],
        )
        for setting in fields(Settings)
    ]  # fmt: skip
    command.__signature__ = inspect.Signature([*own, *flags])  # type: ignore[attr-defined]
    command.__annotations__ = {p.name: p.annotation for p in (*own, *flags)}
    return command
