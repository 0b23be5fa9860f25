"""An endpoint on this machine that answers what a test tells it to, and remembers its visitors."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs


@dataclass(slots=True)
class Elsewhere:
    """What it answers next, and what it was asked: each query with the headers it came with."""

    address: str = ""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    seconds: float = 0.0
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    gone: threading.Event = field(default_factory=threading.Event)

    def tells(self, variables: list[str], rows: list[dict[str, Any]]) -> None:
        told = {"head": {"vars": variables}, "results": {"bindings": rows}}
        self.status, self.headers, self.body = 200, {}, json.dumps(told).encode()


@contextmanager
def elsewhere() -> Iterator[Elsewhere]:
    """Such an endpoint, as long as the block lasts."""
    there = Elsewhere()

    class Answers(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            form = parse_qs(self.rfile.read(length).decode())
            there.asked.append((form["query"][0], dict(self.headers)))
            there.gone.wait(there.seconds)
            self.send_response(there.status)
            for name, value in there.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(there.body)))
            self.end_headers()
            self.wfile.write(there.body)

        def log_message(self, format: str, *values: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    server.daemon_threads = True
    there.address = f"http://127.0.0.1:{server.server_port}/sparql"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield there
    finally:
        there.gone.set()
        server.shutdown()
        thread.join()
        server.server_close()
