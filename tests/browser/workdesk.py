"""What a person does at the workbench, and what they see there."""

import re

from playwright.sync_api import Locator, Page, expect

from browser.visitor import Visitor

LONGEST_RUN = 40_000
"""Milliseconds: a server kills a query after 30 s."""

ONTOLOGY = "PREFIX : <https://w3id.org/triplary/ontology#>\n"
THREE = (
    "PREFIX : <https://w3id.org/triplary/ontology#>\n"
    "SELECT ?who (COUNT(*) AS ?claims) { ?claim a :Claim ; :attributedTo ?who }\n"
    "GROUP BY ?who ORDER BY DESC(?claims) LIMIT 3"
)
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f . ?g ?s ?h }"


class Bench:
    """The workbench before a visitor, its editor ready."""

    def __init__(self, visitor: Visitor, path: str = "/sparql") -> None:
        self.page: Page = visitor.page
        visitor.go(path)
        self.ready()

    def ready(self) -> None:
        self.page.wait_for_selector('.editor[data-state="ready"]')

    @property
    def text(self) -> str:
        """The query in the editor; the field of the form holds it too."""
        return self.page.locator("textarea#query").input_value()

    @property
    def editor(self) -> Locator:
        return self.page.locator(".cm-content")

    @property
    def suggestions(self) -> Locator:
        return self.page.locator(".cm-tooltip-autocomplete li")

    @property
    def told(self) -> Locator:
        """The head of the result."""
        return self.page.locator(".result-head h2")

    @property
    def pane(self) -> Locator:
        """What stands beside the editor."""
        return self.page.locator("#side-pane")

    def write(self, query: str) -> None:
        """Put a query in place of the one that is there, as a paste does."""
        self.editor.click()
        self.page.keyboard.press("Control+A")
        self.page.keyboard.press("Delete")
        self.page.keyboard.insert_text(query)
        expect(self.page.locator("textarea#query")).to_have_value(query)

    def type(self, text: str) -> None:
        self.page.keyboard.type(text, delay=15)

    def take(self, offered: str) -> None:
        """Take the first suggestion: this one."""
        expect(self.suggestions.first).to_contain_text(offered)
        self.page.wait_for_timeout(120)  # Enter means a new line where nobody can have read it yet
        self.page.keyboard.press("Enter")
        expect(self.suggestions).to_have_count(0)

    def run(self, query: str = "") -> None:
        """Run a query, and wait until its result is there."""
        if query:
            self.write(query)
        self.page.get_by_role("button", name="Run", exact=True).click()
        self.rested()

    def rested(self) -> None:
        running = self.page.locator("button.primary[data-running]")
        expect(running).to_have_count(0, timeout=LONGEST_RUN)
        expect(self.page.locator(".ticking")).to_contain_text(re.compile("Done|not run|Stopped"))

    def tab(self, name: str) -> Locator:
        return self.page.locator(".query-tabs").get_by_role("tab", name=name, exact=True)

    def beside(self, name: str) -> None:
        self.page.locator(".side").get_by_role("tab", name=name, exact=True).click()
