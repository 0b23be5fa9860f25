"""A recipe turns tables into triples: a SPARQL CONSTRUCT file that runs as it stands.

NAME.rq is asked over the rows shown as triples (see `facade`); NAME.csvw.json beside it says how
cells are read (see `csvw`). Tables of the recipe's own lie beside it; the user brings the others.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from triplary.errors import RecipeError
from triplary.ingest.cells import canonical
from triplary.ingest.csvw import Refusal, Row, Table, read_metadata, read_rows
from triplary.ingest.facade import rows_as_triples, tree_as_triples
from triplary.store.oxigraph import OxigraphStore
from triplary.terms import BlankNode, Literal, Statement

__all__ = ["Ingested", "Refusal", "run"]

TREES: Final = {".json", ".yaml", ".yml"}


@dataclass(frozen=True, slots=True)
class Ingested:
    """What a recipe made: its statements, the cells and rows it refused, the data rows it read.

    `rows` counts the rows of the files that were given, those refused left out.
    """

    statements: tuple[Statement, ...]
    refused: tuple[Refusal, ...]
    rows: int


def run(recipe: Path, files: Sequence[Path]) -> Ingested:
    """The statements that a recipe makes of the files.

    Files are matched to the recipe's tables by name, the rest in order. Raises RecipeError where
    files and tables do not match or the recipe makes a blank node, QueryError where it is not
    SPARQL, ParseError where a file cannot be read.
    """
    for path in (recipe, *files):
        if not path.is_file():
            raise RecipeError(f"There is no file {path}.", hint="is the path spelt right?")
    tables = read_metadata(recipe.with_suffix(".csvw.json"))
    refused: list[Refusal] = []
    rows = 0
    store = OxigraphStore(exact=True)
    for place, (table, path) in enumerate(match(tables, files, recipe)):
        prefix = f"t{place}"
        if path.suffix.lower() in TREES:
            store.add(tree_as_triples(path, table.url, prefix=prefix))
            continue
        found: list[Row] = list(read_rows(path, table, refused))
        rows += len(found) if path in files else 0
        store.add(rows_as_triples(found, table, path.name, prefix=prefix))
    statements = tuple(
        replace(made, object=canonical(made.object)) if isinstance(made.object, Literal) else made
        for made in store.construct(recipe.read_text("utf-8"))
    )
    blank = next((s for s in statements if BlankNode in {type(s.subject), type(s.object)}), None)
    if blank is not None:
        raise RecipeError(
            f"{recipe} makes a blank node as {blank.predicate}'s subject or object.",
            hint="make an IRI with IRI(CONCAT(…))",
        )
    return Ingested(statements, tuple(refused), rows)


def match(tables: Sequence[Table], files: Sequence[Path], recipe: Path) -> list[tuple[Table, Path]]:
    """Each table with its file: by name, else companions from beside the recipe, else in order.

    Several tables may be read from one file, each from its own section. Where one table is left, it
    takes all the files that are left.
    """
    if not tables:
        return [(Table(url=path.name), path) for path in files]
    by_name = {path.name: path for path in files}
    pairs = [(table, by_name[table.url]) for table in tables if table.url in by_name]
    named = {table.url for table, _ in pairs}
    by_name = {name: path for name, path in by_name.items() if name not in named}
    rest = [table for table in tables if table.url not in named]
    pairs += [(table, table.companion) for table in rest if table.companion is not None]
    wanting = [table for table in rest if table.companion is None]
    left = [path for path in files if path in by_name.values()]
    if len(wanting) == 1 and left:
        return pairs + [(wanting[0], path) for path in left]
    if len(wanting) != len(left):
        names = ", ".join(table.url for table in tables if table.companion is None)
        raise RecipeError(
            f"{recipe} reads {names}; {len(files)} files were given.",
            hint="give one file for each, in that order",
        )
    return pairs + list(zip(wanting, left, strict=True))
