"""A real server, and a real Chromium that looks at it; nothing here is skipped silently."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

from browser.visitor import Visitor

ARGUMENTS = (
    "--no-sandbox",
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
WITHOUT_WEBGL = ("--no-sandbox", "--disable-gpu", "--disable-3d-apis", "--no-first-run")
START_SECONDS = 30
FAILURES = Path(__file__).with_name("failures")


def chromium() -> str:
    found = os.environ.get("TRIPLARY_CHROMIUM") or shutil.which("chromium")
    if found is None:
        pytest.fail("no Chromium: sudo apt-get install -y chromium", pytrace=False)
    return found


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """The address of `triplary serve`, on a port that was free."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        sys.executable, "-m", "triplary", "serve", "--port", str(port), "--views", "memory"
    ]  # fmt: skip
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    url = f"http://127.0.0.1:{port}"
    try:
        _await(server, url)
        yield url
    finally:
        server.terminate()
        server.communicate(timeout=20)


def _await(server: "subprocess.Popen[bytes]", url: str) -> None:
    give_up = time.monotonic() + START_SECONDS
    while time.monotonic() < give_up:
        if server.poll() is not None:
            pytest.fail(f"triplary serve ended: {server.communicate()[0].decode()}", pytrace=False)
        try:
            with urllib.request.urlopen(f"{url}/-/health", timeout=1):  # noqa: S310 - our own
                return
        except OSError:
            time.sleep(0.05)
    pytest.fail(f"triplary serve did not answer within {START_SECONDS} s", pytrace=False)


# One for each module, not for the session: while it lives, no other test could run asyncio.
@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    started = playwright.chromium.launch(executable_path=chromium(), args=list(ARGUMENTS))
    yield started
    started.close()


@pytest.fixture(scope="module")
def browser_without_webgl(playwright: Playwright) -> Iterator[Browser]:
    started = playwright.chromium.launch(executable_path=chromium(), args=list(WITHOUT_WEBGL))
    yield started
    started.close()


@pytest.fixture
def desk(address: str, browser: Browser, request: pytest.FixtureRequest) -> Iterator[Visitor]:
    """A visitor at a desk: a large light window, a mouse, English."""
    yield from visitor(address, browser, request, viewport={"width": 1440, "height": 900})


@pytest.fixture
def phone(address: str, browser: Browser, request: pytest.FixtureRequest) -> Iterator[Visitor]:
    """A visitor with a phone in the dark, reading Chinese."""
    yield from visitor(
        address, browser, request, viewport={"width": 390, "height": 844}, has_touch=True,
        is_mobile=True, color_scheme="dark", locale="zh-CN",
    )  # fmt: skip


@pytest.fixture
def without_webgl(
    address: str, browser_without_webgl: Browser, request: pytest.FixtureRequest
) -> Iterator[Visitor]:
    yield from visitor(
        address, browser_without_webgl, request, viewport={"width": 1440, "height": 900}
    )


def visitor(
    address: str, browser: Browser, request: pytest.FixtureRequest, **context: object
) -> Iterator[Visitor]:
    """A visitor whose page must stay quiet: no error, no warning of the policy, no other host."""
    made: BrowserContext = browser.new_context(
        **{"locale": "en-GB", "reduced_motion": "reduce", **context}  # type: ignore[arg-type]
    )
    page: Page = made.new_page()
    page.set_default_timeout(10_000)
    found = Visitor(page, address)
    yield found
    failed = getattr(request.node, "failed", False)
    if failed:
        FAILURES.mkdir(exist_ok=True)
        name = "".join(c if c.isalnum() else "_" for c in request.node.name)
        page.screenshot(path=FAILURES / f"{name}.png")
    made.close()
    if not failed:
        assert found.heard == []
        assert found.elsewhere == []


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Let the fixtures know whether the test failed."""
    outcome = yield
    report = outcome.get_result()  # type: ignore[attr-defined]
    if report.when == "call":
        item.failed = report.failed  # type: ignore[attr-defined]
