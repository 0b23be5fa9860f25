"""Takes the pictures of the documentation, of the real thing; run by `make snap`."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

from playwright.sync_api import Page, sync_playwright

import triplary.kg

IMAGES: Final = Path(__file__).with_name("images")
WRONG: Final = "Ernie_Bot hasLicense open_source_%28software%2FAI%29"
DISPUTED: Final = ["disputed", "wrong", "doubtful", "partly", "imprecise", "stale"]
PAGES: Final[dict[str, dict[str, str | list[str]]]] = {
    "explorer.png": {"select": WRONG},
    "expand.png": {"entity": "Baidu", "select": "Baidu"},
    "paths.png": {"source": "MindSpore", "target": "OECD"},
    "disputed.png": {"verdict": DISPUTED, "select": WRONG},
    "timeline.png": {"entity": "Baidu", "layout": "timeline"},
    "phone.png": {"entity": "文心一言", "language": "zh", "select": "Ernie_Bot"},
}
"""What the explorer shows in each picture, as its URL says it."""
DESK: Final = {"viewport": {"width": 1440, "height": 900}, "color_scheme": "light"}
PHONE: Final = {
    "viewport": {"width": 390, "height": 844}, "color_scheme": "dark", "is_mobile": True,
    "has_touch": True, "device_scale_factor": 2,
}  # fmt: skip
SETTLE_MILLISECONDS: Final = 3000
"""For the camera to come to rest, where there is no graphics card."""
ARGUMENTS: Final = (
    "--no-sandbox",
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
)


def main() -> None:
    """Write every picture to docs/images."""
    IMAGES.mkdir(exist_ok=True)
    around_baidu().save(IMAGES / "baidu.svg")
    chromium = os.environ.get("TRIPLARY_CHROMIUM") or shutil.which("chromium")
    with served() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
        for name, asked in PAGES.items():
            window = PHONE if name.startswith("phone") else DESK
            page = browser.new_page(**window, locale="en-GB")  # type: ignore[arg-type]
            shoot(page, f"{address}/?{urlencode(asked, doseq=True)}", name)
            page.close()
        browser.close()


def around_baidu() -> triplary.kg.Picture:
    """The view that the guide for authors saves."""
    return triplary.open().expand("Baidu", limit=12).view(title="Around Baidu")


def shoot(page: Page, address: str, name: str) -> None:
    """Save what a page shows once it is still."""
    page.goto(address)
    page.wait_for_selector('.canvas[data-state="drawn"]')
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(SETTLE_MILLISECONDS)
    page.screenshot(path=IMAGES / name)
    sys.stdout.write(f"took {name}\n")


@contextmanager
def served() -> Iterator[str]:
    """The address of a server of the atlas, on a port that was free."""
    command = [sys.executable, "-m", "triplary", "serve", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:  # noqa: S603 - our own
        try:
            assert server.stdout is not None  # noqa: S101 - a pipe was asked for
            yield server.stdout.readline().split()[-1].rstrip("/")
        finally:
            server.terminate()


if __name__ == "__main__":
    main()
