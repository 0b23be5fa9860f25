"""The command `triplary`: one command for each verb, and serve, load, ingest and validate."""

import sys
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

import triplary
from triplary.cli.drawing import AsOf, Data, Drawn, Language, Limit, Texts, draws
from triplary.cli.researching import add_to
from triplary.cli.serving import serve, with_settings
from triplary.errors import BadParameter, RecipeError, StoreError, TriplaryError, ValidationError
from triplary.store.formats import FORMATS

__all__ = ["app", "main"]

app = typer.Typer(
    name="triplary",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def _say_version(wanted: bool) -> None:
    if wanted:
        typer.echo(triplary.__version__)
        raise typer.Exit


@app.callback()
def common(
    version: Annotated[
        bool, typer.Option("--version", callback=_say_version, is_eager=True, help="Say which.")
    ] = False,
) -> None:
    """A knowledge-graph explorer in which every edge says who says so."""


def main() -> None:
    """Run the command; an error of ours is a sentence on stderr and exit status 1."""
    try:
        app()
    except TriplaryError as error:
        fail(error)


def fail(error: TriplaryError) -> NoReturn:
    """Say what is wrong and what to do next, then leave."""
    typer.secho(f"triplary: {error.message}", fg="red", err=True)
    if isinstance(error, ValidationError | RecipeError):
        for line in error.report:
            typer.echo(f"  {line}", err=True)
    if error.hint:
        typer.echo(f"hint: {error.hint}", err=True)
    sys.exit(1)


def _open(data: Texts) -> Any:
    from triplary.kg import open_graph

    if not data:
        return open_graph()
    return open_graph(data[0] if len(data) == 1 else data)


def _show(kg: Any, found: Any, drawn: Drawn) -> None:
    """Save the picture where a file is named, else print it as text; say what is hidden."""
    from triplary import render
    from triplary.kg.recipe import loose, placed

    look = {**drawn.look, "title": drawn.look["title"] or found.title(drawn.language)}
    pinned = dict(placed(kg.entity, each) for each in drawn.at)
    picture = found.view(pinned=pinned, loose=loose(kg.entity, drawn.at), **look)
    if drawn.save is None:
        typer.echo(render.render(picture, "txt").decode(), nl=False)
    else:
        typer.echo(f"saved {render.save(picture, drawn.save)}")
    nodes, edges = found.hidden
    if nodes or edges:
        typer.echo(f"Filters hide {nodes:,} nodes and {edges:,} edges.", err=True)


@app.command()
def search(text: str, data: Data = None, limit: Limit = 10, language: Language = "en") -> None:
    """Find entities by name, alias, CURIE or IRI; typos and Chinese are understood."""
    from triplary.kg.wording import lines_of_matches

    matches = _open(data).search(text, limit=limit)
    if not matches:
        typer.echo(f"Nothing is called “{text}”.")
    for line in lines_of_matches(matches, language):
        typer.echo(line)


@app.command()
def describe(
    entity: str,
    data: Data = None,
    limit: Limit = 50,
    language: Language = "en",
    as_of: AsOf = "",
) -> None:
    """Say all that the graph says of an entity, and who says so; with a date, what held then."""
    from triplary.kg.wording import lines_of

    kg = _open(data)
    for line in lines_of(kg.describe(entity, limit=limit, as_of=as_of), language):
        typer.echo(line)


@app.command()
@draws
def expand(
    entity: list[str],
    hops: Annotated[int, typer.Option(min=1, max=4, help="How many steps away.")] = 1,
    limit: Limit = 25,
    *,
    drawn: Drawn,
) -> None:
    """Show what lies around entities, opened in the order given."""
    kg = _open(drawn.data)
    found = kg.expand(*entity, hops=hops, limit=limit, **drawn.drawing)
    _show(kg, found, drawn)


@app.command()
@draws
def paths(
    source: str,
    target: str,
    k: Annotated[int, typer.Option("-k", min=1, help="How many paths.")] = 5,
    longest: Annotated[int, typer.Option(min=1, help="Edges of a path at most.")] = 6,
    forbid: Annotated[Texts, typer.Option(help="Do not walk these predicates.")] = None,
    require: Annotated[Texts, typer.Option(help="Walk each of these predicates.")] = None,
    *,
    drawn: Drawn,
) -> None:
    """Say how two entities are connected, each step with its source."""
    from triplary.kg.wording import lines_of_paths

    kg = _open(drawn.data)
    found = kg.paths(
        source,
        target,
        k=k,
        longest=longest,
        forbid=forbid or (),
        require=require or (),
        **drawn.drawing,
    )
    if drawn.save is not None:
        _show(kg, found.subgraph, drawn)
        return
    if not found:
        typer.echo(f"No path of at most {longest} edges connects them.")
    for line in lines_of_paths(found, found.sentences(drawn.language), drawn.language):
        typer.echo(line)


@app.command()
@draws
def compare(
    left: str,
    right: str,
    limit: Limit = 100,
    *,
    drawn: Drawn,
) -> None:
    """Say what two entities share, and what only one of them has."""
    kg = _open(drawn.data)
    compared = kg.compare(left, right, limit=limit, **drawn.drawing)
    if drawn.save is not None:
        _show(kg, compared.found, drawn)
        return
    for line in compared.lines(drawn.language):
        typer.echo(line)


@app.command()
@draws
def rank(
    by: Annotated[str, typer.Option(help="degree, pagerank or betweenness.")] = "degree",
    among: Annotated[Texts, typer.Option(help="Only around these entities.")] = None,
    limit: Limit = 20,
    *,
    drawn: Drawn,
) -> None:
    """Rank entities by a measure."""
    kg = _open(drawn.data)
    near = kg.expand(*among, hops=2, limit=200) if among else None
    ranking = kg.rank(near, by=by, limit=limit, **drawn.drawing)
    if drawn.save is not None:
        _show(kg, ranking.found, drawn)
        return
    if not ranking.exact:
        typer.echo("The scores are estimated from a sample of the nodes.", err=True)
    for row in ranking:
        typer.echo(f"{row.score:12.6g}  {row.entity.label(drawn.language)}")


@app.command()
def query(
    text: Annotated[str, typer.Argument(help="SPARQL, a file.rq, or the name of a named query.")],
    data: Data = None,
    set_: Annotated[Texts, typer.Option("--set", help="NAME=VALUE of a named query.")] = None,
    format: Annotated[str, typer.Option(help="text, csv, tsv or json; or an RDF format.")] = "text",
) -> None:
    """Answer a SPARQL query, or a named query of the library."""
    from triplary.kg.wording import written

    values = dict(_pair(item) for item in set_ or ())
    if text.endswith(".rq") and Path(text).is_file():
        text = Path(text).read_text("utf-8")
    kg = _open(data)
    typer.echo(written(kg.query(text, **values), format), nl=False)


def _pair(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign:
        raise BadParameter("--set", text, "it is NAME=VALUE")
    return name, value


@app.command()
def load(
    files: list[Path],
    store: Annotated[Path, typer.Option(help="The folder of the store; made where missing.")],
    format: Annotated[str, typer.Option(help=f"One of {', '.join(FORMATS)}.")] = "",
) -> None:
    """Load RDF files into a store on disk, each into a named graph of its own."""
    from triplary.store.opening import files_in, graph_of, load_file
    from triplary.store.oxigraph import OxigraphStore

    into = OxigraphStore(store)
    for path in [file for part in files for file in files_in(part)]:
        count = load_file(into, path, graph_of(path), format=format)
        typer.echo(f"{path}: {count:,} statements into <{graph_of(path)}>")
    typer.echo(f"{store} holds {len(into):,} statements.")


@app.command()
def ingest(
    recipe: Annotated[Path, typer.Argument(help="A recipe: a SPARQL CONSTRUCT over rows.")],
    files: Annotated[list[Path], typer.Argument(help="CSV, TSV, JSON or YAML files.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="The Turtle file to write.")],
    strict: Annotated[bool, typer.Option("--strict", help="Fail where a cell is refused.")] = False,
) -> None:
    """Turn tables into triples by a recipe; every refused cell is told."""
    from triplary.ingest.recipes import run
    from triplary.ingest.turtle import write

    made = run(recipe, files)
    for refusal in made.refused:
        typer.echo(f"refused: {refusal}", err=True)
    if strict and made.refused:
        raise RecipeError(
            f"{len(made.refused)} cells were refused; nothing was written.",
            hint="correct them, or leave --strict out",
        )
    write(made.statements, output)
    typer.echo(
        f"{output}: {len(made.statements):,} triples from {made.rows:,} rows,"
        f" {len(made.refused):,} cells refused"
    )


@app.command()
def validate(data: Data = None) -> None:
    """Check a graph against the shapes it carries, and those of the words it uses.

    Violations are sentences, exit status 1.
    """
    from triplary.ingest.validation import validate as report_on

    kg = _open(data)
    report = report_on(kg.store)
    if not report.shapes:
        raise StoreError(
            "The graph carries no shapes, so nothing was checked.",
            hint="give the file that holds them too: triplary validate -d DATA -d SHAPES",
        )
    if report.violations:
        raise ValidationError([str(violation) for violation in report.violations], report.shapes)
    shapes = " and ".join(report.shapes)
    typer.echo(f"{len(kg.store):,} statements, no violation of the shapes in {shapes}.")


add_to(app)
app.command()(with_settings(serve))
