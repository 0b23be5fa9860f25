"""What a person does at the explorer, and what they see there."""

from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Page, Request


class Visitor:
    """Somebody at a browser. `heard` is what the page complained of, `elsewhere` whom it asked."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address
        self.heard: list[str] = []
        self.elsewhere: list[str] = []
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.heard.append(str(error)))
        page.on("request", self._watch)

    def _hear(self, message: ConsoleMessage) -> None:
        # without a graphics card the browser itself remarks on the speed of WebGL
        if message.type in ("error", "warning") and "GPU stall" not in message.text:
            self.heard.append(message.text)

    def _watch(self, request: Request) -> None:
        own = urlsplit(self.address).netloc
        there = urlsplit(request.url)
        if there.scheme in ("http", "https") and there.netloc != own:
            self.elsewhere.append(request.url)

    def go(self, path: str) -> None:
        self.page.goto(self.address + path)

    def see(self, path: str) -> None:
        """Go to a picture, and wait until it is drawn."""
        self.go(path)
        self.await_drawing()

    def await_drawing(self) -> None:
        self.page.wait_for_selector('.canvas[data-state="drawn"]')

    def place(self, name: str) -> tuple[float, float] | None:
        """Where the node of a name is in the window."""
        at = self.page.evaluate("name => window.triplary.nodeAt(name)", name)
        return (round(at["x"]), round(at["y"])) if at else None

    def places(self) -> dict[str, tuple[float, float] | None]:
        """Where every node of the picture is, by its name."""
        names = self.page.evaluate("window.triplary.nodes()")
        return {name: self.place(name) for name in names}

    def click_node(self, name: str, *, times: int = 1) -> None:
        at = self.place(name)
        assert at is not None, f"{name} is not drawn"
        self.page.mouse.click(*at, click_count=times, delay=20)

    def title(self) -> str:
        return self.page.locator(".stage h1").inner_text()

    def panel(self) -> str:
        return self.page.locator("triplary-details").inner_text()
