"""Running the application: uvicorn on one address, which is printed once it answers."""

import gc
import os
import socket
import sys
import threading

import uvicorn

from triplary.errors import BadParameter
from triplary.kg import KnowledgeGraph
from triplary.server.app import create_app
from triplary.server.settings import Settings
from triplary.server.short import ShortViews
from triplary.store import Store
from triplary.store.worker import Workers

__all__ = ["run"]

READY_SECONDS = 0.5
"""Until then the first page has been asked for, and is not kept waiting."""


class Server(uvicorn.Server):
    """A server that says where it answers, once it does, and then gets ready for searching."""

    def __init__(self, config: uvicorn.Config, kg: KnowledgeGraph) -> None:
        """Serve `config`'s application, which is over `kg`."""
        super().__init__(config)
        self._kg = kg

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen, then print the address on stdout."""
        await super().startup(sockets)
        if self.started and sockets:
            host, port = sockets[0].getsockname()[:2]
            sys.stdout.write(f"triplary answers at http://{_bracketed(host)}:{port}/\n")
            sys.stdout.flush()
            ready = threading.Timer(READY_SECONDS, lambda: self._kg.index.text)
            ready.daemon = True
            ready.start()


def run(store: Store, workers: Workers, settings: Settings) -> None:
    """Serve until told to stop; the workers end with the server.

    Who starts a server may have stopped the collection of garbage; from here on it runs.

    Raises BadParameter where the address is taken, or is none of this machine.
    """
    try:
        listening = _listen(settings)
        kg = KnowledgeGraph(store)
        len(kg.index)  # built before the first visitor comes, not by them
        views = ShortViews.of(settings.views, os.environ, most=settings.short_views)
        if views.warning:
            sys.stderr.write(f"triplary: {views.warning}\n")
        if settings.write_token_file:
            sys.stderr.write(
                "triplary: what is written lives in memory and ends with this server;"
                " GET /store gives all of it\n"
            )
        config = uvicorn.Config(
            create_app(kg, workers, settings, views),
            log_level="warning",
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=5,
        )
        server = Server(config, kg)
        # What was made until now stays: to look for garbage in it again and again is lost time.
        gc.freeze()
        gc.enable()
        server.run(sockets=[listening])
    finally:
        workers.close()


def _listen(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        return socket.create_server((settings.host, settings.port), family=family, backlog=2048)
    except OSError as fault:
        raise BadParameter(
            "port", settings.port, f"on {settings.host}: {os.strerror(fault.errno or 0).lower()}",
            hint="choose another with --port, or --port 0 for any that is free",
        ) from fault  # fmt: skip


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
