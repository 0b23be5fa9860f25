"""Three ways to work a page: with a mouse, by keyboard alone, with a finger."""

from typing import Protocol

import pytest
from playwright.sync_api import Locator, Page, expect

TABS_MOST = 400
"""More presses of Tab than any page here has stops."""


class Hands(Protocol):
    """What a person does to a control that they see; `key` is its shortcut, where it has one."""

    kind: str
    """What the browser calls the pointer: "mouse", "touch", or "" where there is none."""

    def press(self, control: Locator, key: str = "") -> None:
        """Work a button, follow a link, unfold a fold."""

    def choose(self, one: Locator) -> None:
        """Choose one of several: a tab, a radio button."""

    def write(self, field: Locator, text: str, key: str = "") -> None: ...

    def pick(self, suggestion: Locator) -> None: ...

    def scroll_to(self, control: Locator) -> None: ...


class Mouse:
    kind = "mouse"

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, control: Locator, key: str = "") -> None:
        control.click()

    def choose(self, one: Locator) -> None:
        named(one).click()

    def write(self, field: Locator, text: str, key: str = "") -> None:
        field.click()
        self.page.keyboard.type(text)

    def pick(self, suggestion: Locator) -> None:
        suggestion.click()

    def scroll_to(self, control: Locator) -> None:
        control.scroll_into_view_if_needed()  # by the wheel


class Finger:
    kind = "touch"

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, control: Locator, key: str = "") -> None:
        control.tap()

    def choose(self, one: Locator) -> None:
        named(one).tap()

    def write(self, field: Locator, text: str, key: str = "") -> None:
        field.tap()
        self.page.keyboard.type(text)  # the one that comes up on the screen

    def pick(self, suggestion: Locator) -> None:
        suggestion.tap()

    def scroll_to(self, control: Locator) -> None:
        control.scroll_into_view_if_needed()  # by a swipe


class Keys:
    """Nothing but keys: what Tab does not reach, or reaches out of sight, is not there."""

    kind = ""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, control: Locator, key: str = "") -> None:
        if key:
            expect(control).to_be_visible()
            self.page.keyboard.press(key)
        else:
            self._reach(control)
            self.page.keyboard.press("Enter")

    def choose(self, one: Locator) -> None:
        group = one.locator("xpath=ancestor::*[self::fieldset or @role='tablist'][1]")
        self._reach(group.locator("[role=tab][aria-selected=true], input:checked"))
        for _ in range(group.locator("[role=tab], input").count()):
            if holds_focus(one):
                return
            self.page.keyboard.press("ArrowRight")
        pytest.fail("no arrow key leads there")

    def write(self, field: Locator, text: str, key: str = "") -> None:
        if key:
            self.page.keyboard.press(key)
        else:
            self._reach(field)
        expect(field).to_be_focused()
        self.page.keyboard.type(text)

    def pick(self, suggestion: Locator) -> None:
        expect(suggestion).to_be_visible()
        for _ in range(suggestion.locator("xpath=..").get_by_role("option").count()):
            if suggestion.get_attribute("aria-selected") == "true":
                self.page.keyboard.press("Enter")
                return
            self.page.keyboard.press("ArrowDown")
        pytest.fail("no arrow key leads to the suggestion")

    def scroll_to(self, control: Locator) -> None:
        self._reach(control)

    def _reach(self, control: Locator) -> None:
        expect(control).to_be_attached()
        for _ in range(TABS_MOST):
            if holds_focus(control):
                break
            self.page.keyboard.press("Tab")
        else:
            pytest.fail(f"Tab does not lead to {control}")
        assert control.evaluate(IN_SIGHT), f"{control} has the focus, but is covered"


def named(one: Locator) -> Locator:
    """What a person presses for a radio button is the word at it."""
    return one.locator("xpath=self::*[@role='tab'] | ancestor::label")


def holds_focus(control: Locator) -> bool:
    return bool(control.evaluate("each => each === document.activeElement"))


IN_SIGHT = """each => {
    const box = (each.closest("label") ?? each).getBoundingClientRect()
    const there = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2)
    return there !== null && (each.closest("label") ?? each).contains(there)
}"""
"""Whether a control is in the window, and nothing stands before it."""
