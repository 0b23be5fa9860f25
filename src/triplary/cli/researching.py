"""The commands for those who write queries: outline, doctor, code, capsule and rerun."""

from pathlib import Path
from typing import Annotated, Any

import typer

from triplary.errors import BadParameter

__all__ = ["add_to"]

Data = Annotated[
    list[str] | None,
    typer.Option("--data", "-d", help="Files, folders or an endpoint; the bundled atlas if none."),
]
Text = Annotated[str, typer.Argument(help="SPARQL, a file.rq, or the name of a named query.")]
Language = Annotated[str, typer.Option("--language", "-l", help="en or zh.")]


def add_to(app: typer.Typer) -> None:
    """Give the command line the researcher's commands."""
    for command in (outline, doctor, code, capsule, rerun):
        app.command()(command)


def opened(data: list[str] | None) -> Any:
    """The graph of the sources given; the bundled atlas where none are."""
    from triplary.kg import open_graph

    if not data:
        return open_graph()
    return open_graph(data[0] if len(data) == 1 else data)


def text_of(query: str) -> str:
    """The text of a query that may stand in a file."""
    return Path(query).read_text("utf-8") if query.endswith(".rq") else query


def outline(query: Text, data: Data = None, language: Language = "en") -> None:
    """Say a query in plain words."""
    for sentence in opened(data).outline(text_of(query), language=language):
        typer.echo(sentence.replace("\t", "  "))


def doctor(
    query: Text,
    data: Data = None,
    ran: Annotated[str, typer.Option(help="What became of it: empty, slow or killed.")] = "empty",
    language: Language = "en",
) -> None:
    """Say why a query finds nothing, or takes long."""
    if ran not in ("empty", "slow", "killed"):
        raise BadParameter("--ran", ran, "it is one of empty, slow, killed")
    typer.echo(repr(opened(data).doctor(text_of(query), ran=ran, language=language)))


def code(
    query: Text,
    language: Annotated[
        str, typer.Option("--in", help="curl, python-pandas, r, java …; all are listed if wrong.")
    ] = "curl",
    endpoint: Annotated[
        str, typer.Option(help="The endpoint that the program asks; this machine's, if none.")
    ] = "",
) -> None:
    """Write a program that asks the query."""
    from triplary import query as library
    from triplary.render.code import HERE, program

    text = text_of(query)
    if text in library.names():
        text = library.load(text).text
    typer.echo(program(language, text, endpoint or HERE).text, nl=False)


def capsule(
    query: Text,
    output: Annotated[Path, typer.Option("--output", "-o", help="The zip to write.")],
    data: Data = None,
    set_: Annotated[
        list[str] | None, typer.Option("--set", help="NAME=VALUE of a named query.")
    ] = None,
) -> None:
    """Write a query's result as a zip that repeats it elsewhere."""
    values = dict(_pair(each) for each in set_ or ())
    made = opened(data).capsule(text_of(query), **values)
    typer.echo(f"saved {made.save(output)}")


def rerun(
    capsule: Annotated[Path, typer.Argument(help="A capsule, as triplary capsule writes it.")],
    source: Annotated[
        list[str] | None, typer.Argument(help="Files or an endpoint; the bundled atlas if none.")
    ] = None,
) -> None:
    """Ask a capsule's query again: the same, or what changed (then the exit status is 1)."""
    found = opened(source).rerun(capsule)
    typer.echo(repr(found))
    if not found.same:
        raise typer.Exit(1)


def _pair(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign:
        raise BadParameter("--set", text, "it is NAME=VALUE")
    return name, value
