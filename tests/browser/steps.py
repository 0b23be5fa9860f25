"""What tests of the explorer do and look at, step by step: the address, the menu, the keys."""

from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Locator, expect

from browser.visitor import Visitor


def query(url: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(url).query)


def step(visitor: Visitor, **expected: list[str]) -> None:
    """Wait until the address says just this, and the picture is drawn."""
    visitor.page.wait_for_url(lambda url: query(url) == expected)
    visitor.await_drawing()


def press(visitor: Visitor, key: str) -> None:
    visitor.page.locator(".canvas").focus()
    visitor.page.keyboard.press(key)


def menu(visitor: Visitor, name: str) -> Locator:
    """The menu of a node, opened by a right click, with its relations counted."""
    at = visitor.place(name)
    assert at is not None
    visitor.page.mouse.click(*at, button="right")
    found = visitor.page.get_by_role("menu")
    expect(found.locator(".relations .count").first).to_be_visible()
    return found


def reload_is_the_same(visitor: Visitor) -> None:
    before, address = visitor.places(), visitor.page.url
    visitor.page.reload()
    visitor.await_drawing()
    assert visitor.page.url == address
    assert visitor.places() == before
