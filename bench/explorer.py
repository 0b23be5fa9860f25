"""Script time per frame, of the explorer and of the pyvis page of the same view, side by side.

A made graph is served; the picture of all its nodes is opened in the explorer, and as the page that
`.html` gives. Both are panned and zoomed by the same movements of one mouse. A frame's cost is
the time that all its animation callbacks take; `in all` is all script of the page, handlers of
the mouse included, over the number of frames. There need be no graphics card: frames per second
would say nothing. `make bench-explorer` runs it; `python bench/explorer.py 1000` one size only.
"""

import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any
from urllib.request import urlretrieve

from playwright.sync_api import Browser, Page, sync_playwright

SIZES = (1_000, 5_000, 20_000)
ARGUMENTS = (
    "--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader",
    "--disable-background-networking", "--no-first-run",
)  # fmt: skip
MILLISECONDS_MOST = 900_000
LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"
TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"

WATCH = """
  window.frames_ = new Map();
  const ask = window.requestAnimationFrame.bind(window);
  window.requestAnimationFrame = (draw) => ask((now) => {
    const start = performance.now();
    draw(now);
    window.frames_.set(now, (window.frames_.get(now) ?? 0) + performance.now() - start);
  });
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """Script time in milliseconds: of a frame, and of everything over the number of frames."""

    frames: int
    middle: float
    high: float
    in_all: float


def made(size: int) -> Iterator[str]:
    """Lines of N-Triples: a graph with hubs and neighbourhoods, the same at each run."""
    lot = random.Random(size)  # noqa: S311 - nothing secret
    iri = "<https://example.org/{}>".format
    ends = [0]
    for node in range(size):
        yield f'{iri(node)} {LABEL} "Node {node}" .\n'
        yield f"{iri(node)} {TYPE} {iri(f'Class{node % 7}')} .\n"
        for _ in range(lot.randint(1, 2) if node else 0):
            near = lot.randrange(max(0, node - 60), node)
            other = lot.choice(ends) if lot.random() < 0.5 else near
            yield f"{iri(node)} {iri(f'property{lot.randrange(5)}')} {iri(other)} .\n"
            ends.append(other)


@contextmanager
def served(size: int, folder: Path) -> Iterator[str]:
    """The address of a server of a made graph that may show all of it at once."""
    file = folder / "made.nt"
    with file.open("w", encoding="utf-8") as out:
        out.writelines(made(size))
    command = [sys.executable, "-m", "triplary", "serve", str(file), "--port", "0",
               "--view-nodes", str(size)]  # fmt: skip
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)  # noqa: S603
    try:
        line = server.stdout.readline() if server.stdout else ""
        yield line.split()[-1].rstrip("/")
    finally:
        server.terminate()
        server.communicate()


def moved(page: Page, drawing: str) -> Cost:
    """Pan and zoom the drawing that stands in an element; what that costs."""
    box = page.locator(drawing).bounding_box() or {"x": 0, "y": 0, "width": 0, "height": 0}
    page.wait_for_timeout(3000)
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")
    page.evaluate("window.frames_.clear()")
    before = script_seconds(session.send("Performance.getMetrics"))
    # beside the nodes, so that the ground moves and no node
    x, y = box["x"] + 24, box["y"] + box["height"] * 0.55
    page.mouse.move(x, y)
    page.mouse.down()
    for step in range(1, 25):
        page.mouse.move(x + 8 * step, y + 3 * step)
        page.wait_for_timeout(30)
    page.mouse.up()
    for turn in (-120, -120, -120, 120, 120, 120):
        page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        page.mouse.wheel(0, turn)
        page.wait_for_timeout(300)
    page.wait_for_timeout(500)
    costs = sorted(page.evaluate("[...window.frames_.values()]"))
    spent = script_seconds(session.send("Performance.getMetrics")) - before
    high = costs[min(len(costs) - 1, int(len(costs) * 0.95))]
    return Cost(len(costs), median(costs), high, spent * 1000 / len(costs))


def script_seconds(answer: dict[str, Any]) -> float:
    """All the time that the page's scripts have taken so far."""
    return next(
        float(each["value"]) for each in answer["metrics"] if each["name"] == "ScriptDuration"
    )


def opened(browser: Browser, address: str, ready: str, drawing: str) -> Cost:
    """Open a page, wait for its drawing, and move it."""
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.set_default_timeout(MILLISECONDS_MOST)
    page.add_init_script(WATCH)
    page.goto(address, wait_until="load", timeout=MILLISECONDS_MOST)
    page.wait_for_selector(ready)
    try:
        return moved(page, drawing)
    finally:
        page.close()


def main(sizes: tuple[int, ...]) -> None:
    """Print the figures of each size."""
    chromium = os.environ.get("TRIPLARY_CHROMIUM") or shutil.which("chromium")
    print("script, ms per frame    median      p95   in all   frames")
    with sync_playwright() as playwright:
        for size in sizes:
            browser = playwright.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
            with tempfile.TemporaryDirectory() as folder, served(size, Path(folder)) as address:
                ours = opened(
                    browser, f"{address}/?limit={size}", '.canvas[data-state="drawn"]', ".canvas"
                )
                page = Path(folder, "page.html")
                urlretrieve(f"{address}/api/rank.html?limit={size}", page)  # noqa: S310 - our own
                theirs = opened(browser, page.as_uri(), "#drawing canvas", "#drawing")
            browser.close()
            for name, cost in (("explorer", ours), ("pyvis page", theirs)):
                print(
                    f"{size:>6,} {name:<12} {cost.middle:>10.1f} {cost.high:>8.1f}"
                    f" {cost.in_all:>8.1f} {cost.frames:>8}"
                )
            print(
                f"{'':>6} {'ratio':<12} {theirs.middle / ours.middle:>10.1f}"
                f" {theirs.high / ours.high:>8.1f} {theirs.in_all / ours.in_all:>8.1f}",
                flush=True,
            )


if __name__ == "__main__":
    main(tuple(int(size) for size in sys.argv[1:]) or SIZES)
