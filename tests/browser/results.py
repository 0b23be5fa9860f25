"""What a person does with a result, and results made for a test."""

from typing import Any
from urllib.parse import urlencode

from playwright.sync_api import Locator, Page

from browser.visitor import Visitor

XSD = "http://www.w3.org/2001/XMLSchema#"
IDS = "https://w3id.org/triplary/id/"
Term = dict[str, str] | None

SHOW = """
([variables, rows, view, options, query, labels, cut]) => {
  const element = document.querySelector("triplary-result.made") ?? (() => {
    const made = document.createElement("triplary-result");
    made.className = "made";
    made.addEventListener("resultview", (event) => { window.told = event.detail; });
    document.querySelector("main").replaceChildren(made);
    return made;
  })();
  const result = Array.isArray(rows)
    ? { kind: "solutions", variables, rows, cut }
    : { kind: "boolean", value: rows };
  element.show({
    result, query, seconds: 0.01, labels: new Map(Object.entries(labels)),
    prefixes: new Map([["id", "https://w3id.org/triplary/id/"]]),
  }, view, options);
}
"""
HUNDRED_THOUSAND = """
() => {
  const literal = (value, type) => ({
    type: "literal", value: String(value), datatype: `http://www.w3.org/2001/XMLSchema#${type}`,
  });
  const text = (value) => ({ type: "literal", value, "xml:lang": "en" });
  const rows = Array.from({ length: 100000 }, (_, at) => [
    { type: "uri", value: `https://w3id.org/triplary/id/E${at}` },
    text(`Entity ${(at * 7919) % 100000}`),
    literal((at * 104729) % 1000003, "integer"),
    literal(`20${String(at % 24).padStart(2, "0")}-0${1 + (at % 9)}-1${at % 10}`, "date"),
    at % 3 ? text(["Open weights", "API access", "Unreleased"][at % 7 % 3]) : null,
  ]);
  return [["entity", "name", "size", "released", "access"], rows];
}
"""


def uri(name: str) -> Term:
    """An entity of ours."""
    return {"type": "uri", "value": IDS + name}


def text(value: str, language: str = "") -> Term:
    """A plain text, or one in a language."""
    return {"type": "literal", "value": value} | ({"xml:lang": language} if language else {})


def number(value: object, datatype: str = "integer") -> Term:
    """A number, or anything else with a datatype of XML Schema."""
    return {"type": "literal", "value": str(value), "datatype": XSD + datatype}


def asked(at: Visitor, query: str, view: str = "", options: str = "") -> Locator:
    """Run a query by its link, and give the result once its view is drawn."""
    asking = {"query": query, "view": view, "options": options, "run": "1"}
    at.go("/sparql?" + urlencode({key: value for key, value in asking.items() if value}))
    return drawn(at.page)


def drawn(page: Page) -> Locator:
    """The result, once its view is drawn."""
    result = page.locator('triplary-result[data-state="drawn"]')
    result.wait_for()
    return result


def shown(
    at: Visitor,
    variables: list[str],
    rows: list[list[Term]] | bool,
    view: str = "",
    options: str = "",
    *,
    query: str = "",
    labels: dict[str, str] | None = None,
    cut: int | None = None,
) -> Locator:
    """A result that no query gave, in a page of the workbench."""
    if at.page.locator("triplary-result.made").count() == 0:
        asked(at, "ASK {}")
    at.page.evaluate(SHOW, [variables, rows, view, options, query, labels or {}, cut])
    return drawn(at.page)


def column(result: Locator, index: int) -> list[str]:
    """The texts in sight of a column of the table; 0 is the first variable."""
    cells = result.locator(f'.grid-body [role="gridcell"][aria-colindex="{index + 2}"]')
    return [each.strip() for each in cells.all_inner_texts()]


def told(page: Page) -> Any:
    """The view and the options that the result last told of itself."""
    return page.evaluate("window.told")
