"""How long the bundled atlas takes to load, to be indexed, and to be served: CPU and wall seconds.

Run `python bench/start.py` on a quiet machine; each figure is the least of five.
"""

import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from typing import Any

from triplary.kg import KnowledgeGraph
from triplary.store.opening import open_store

RUNS = 5


def least(clock: Callable[[], float], run: Callable[[], Any]) -> float:
    """The least time of some runs, by a clock."""
    times = []
    for _ in range(RUNS):
        start = clock()
        run()
        times.append(clock() - start)
    return min(times)


def loaded() -> KnowledgeGraph:
    """The atlas in memory, its union made."""
    store = open_store()
    store.settle()  # type: ignore[attr-defined]
    return KnowledgeGraph(store)


def served() -> None:
    """Start a server, wait until its first page is there, and stop it."""
    command = [sys.executable, "-m", "triplary", "serve", "--port", "0"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own
    address = (server.stdout.readline() if server.stdout else "").split()[-1]
    urllib.request.urlopen(address).read()  # noqa: S310 - our own
    server.terminate()
    server.communicate()


def main() -> None:
    """Print the figures."""
    graphs = [loaded() for _ in range(RUNS)]
    count = len(graphs[0].store)
    load = least(time.process_time, loaded)
    index = least(time.process_time, lambda: len(graphs.pop().index))
    print(f"{count:,} statements")
    print(f"load and union    {load:.2f} s CPU, {load / count * 100_000:.2f} s per 100,000")
    print(f"index             {index:.2f} s CPU")
    print(f"serve, first page {least(time.perf_counter, served):.2f} s wall")


if __name__ == "__main__":
    main()
