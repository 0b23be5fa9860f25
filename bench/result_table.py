"""Script time per frame while a table of 100,000 solutions is scrolled, sorted and filtered.

The table is made in the page (no query is timed), then scrolled by a mouse wheel: slowly, so that
a few rows come in with each frame, and in leaps, so that every row in sight is another. A frame's
cost is the time that its animation callbacks take, which is where the rows are filled. `long` is
the longest task of the page's one thread while it sorted or filtered. `python bench/result_table.py
ADDRESS` measures a server that runs.
"""

import sys
from pathlib import Path
from statistics import median

from playwright.sync_api import Page, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from browser.results import HUNDRED_THOUSAND, SHOW

CHROMIUM = "/usr/bin/chromium"
FRAMES = 120
WATCH = """
  window.frames_ = [];
  const ask = window.requestAnimationFrame.bind(window);
  window.requestAnimationFrame = (draw) => ask((now) => {
    const start = performance.now();
    draw(now);
    window.frames_.push(performance.now() - start);
  });
"""
TIMED = """
  async ([find, event, value]) => {
    const target = document.querySelector(find);
    if (value !== null) target.value = value;
    const start = performance.now();
    let busy = 0;
    const watch = new PerformanceObserver((list) => {
      for (const each of list.getEntries()) busy = Math.max(busy, each.duration);
    });
    watch.observe({ entryTypes: ["longtask"] });
    target.dispatchEvent(new Event(event, { bubbles: true }));
    busy = performance.now() - start;
    await new Promise((done) => setTimeout(done, 1500));
    watch.disconnect();
    return busy;
  }
"""


def scrolled(page: Page, step: float) -> tuple[int, float, float]:
    """Frames, their middle cost and that of the 99th of a hundred, in milliseconds."""
    page.mouse.move(600, 500)
    page.evaluate("window.frames_.length = 0")
    for _ in range(FRAMES):
        page.mouse.wheel(0, step)
        page.wait_for_timeout(16)
    costs = sorted(page.evaluate("window.frames_"))
    return len(costs), median(costs), costs[int(len(costs) * 0.99)]


def main(address: str) -> None:
    """Print what was measured, one line each."""
    say = sys.stdout.write
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.add_init_script(WATCH)
        page.goto(f"{address}/sparql?query=ASK%20%7B%7D&run=1")
        page.wait_for_selector('triplary-result[data-state="drawn"]')
        taken = page.evaluate(
            f"() => {{ const [names, rows] = ({HUNDRED_THOUSAND})(); const start ="
            f' performance.now(); ({SHOW})([names, rows, "table", "", "", {{}}, null]);'
            " return performance.now() - start; }"
        )
        page.wait_for_selector('triplary-result[data-state="drawn"] .grid-body [role=row]')
        say(f"first drawing, until the page is free again  {taken:8.1f} ms\n")
        for name, step in (("slowly", 40.0), ("quickly", 400.0), ("in leaps", 20_000.0)):
            frames, middle, high = scrolled(page, step)
            told = f"{frames} frames, median {middle:.2f} ms, 99 % {high:.2f} ms"
            say(f"scrolled {name:9} {told}\n")
        for name, find, event, value in (
            ("sorted by a number", '[aria-colindex="4"][role=columnheader]', "click", None),
            ("sorted by a text", '[aria-colindex="3"][role=columnheader]', "click", None),
            ("filtered", ".grid-tools input[type=search]", "input", "Entity 42"),
        ):
            say(f"{name:20} long {page.evaluate(TIMED, [find, event, value]):8.0f} ms\n")
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000")
