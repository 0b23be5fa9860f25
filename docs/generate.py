"""Writes the pages of docs/reference from the code, and what other pages count.

Run by `make reference`. Nothing here is prose that could drift: a page says what the code says.
`make test` compares the committed pages with what this file makes.
"""

import sys
from pathlib import Path
from typing import Final

from generation import atlas, doors, lists, protocol, routes, vocabulary
from generation.markdown import with_blocks

DOCS: Final = Path(__file__).resolve().parent
ROOT: Final = DOCS.parent
NOTE: Final = "<!-- Made by docs/generate.py from the code: run `make reference`. -->\n"


def pages() -> dict[Path, str]:
    """Each generated page by its path: the reference, and what is generated in other pages."""
    made = {
        "verbs.md": doors.verbs(),
        "commands.md": doors.commands(),
        "settings.md": doors.settings(),
        "routes.md": routes.routes(),
        "queries.md": lists.queries(),
        "errors.md": lists.errors(),
        "notebook.md": doors.notebook(),
        "ontology.md": vocabulary.vocabulary(),
        "formats.md": lists.formats(),
        "atlas.md": atlas.atlas(),
        "protocol.md": protocol.protocol(),
    }
    readme = ROOT / "README.md"
    card = DOCS / "concepts" / "atlas.md"
    decisions_index = DOCS / "decisions" / "README.md"
    return {
        **{DOCS / "reference" / name: f"{NOTE}{text}" for name, text in made.items()},
        readme: with_blocks(readme.read_text("utf-8"), {"atlas": atlas.summary_of_the_atlas()}),
        card: with_blocks(card.read_text("utf-8"), atlas.data_card(atlas.bundled_atlas())),
        decisions_index: NOTE + lists.decisions(decisions_index.parent),
        DOCS / "images" / "ontology.svg": vocabulary.picture_of_the_classes(),
    }


def main() -> None:
    """Write what has changed, and say what it was."""
    for path, text in pages().items():
        if not path.exists() or path.read_text("utf-8") != text:
            path.write_text(text, "utf-8")
            sys.stdout.write(f"wrote {path.relative_to(ROOT)}\n")


if __name__ == "__main__":
    main()
