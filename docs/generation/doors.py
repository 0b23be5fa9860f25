"""The verbs and the doors that a person or a program uses: commands, settings, the notebook."""

import inspect
from dataclasses import fields
from typing import Any, Final, cast

import typer

import triplary
import triplary.errors
from generation.markdown import prose, summary, table
from triplary import kg, measure
from triplary.cli import app as commands_app
from triplary.server.settings import ENVIRONMENT_PREFIX, Settings
from triplary.terms import VERDICTS

VERBS: Final = {
    "search": ("Which entities are called something like this?", 'kg.search("bidu")',
               "triplary search bidu", "/api/search?text=bidu"),
    "describe": ("What does the graph say of it, and who says so?", 'kg.describe("Baidu")',
                 "triplary describe Baidu", "/api/describe?entity=Baidu"),
    "expand": ("What lies around it?", 'kg.expand("Baidu", hops=1)',
               "triplary expand Baidu", "/api/expand?entity=Baidu"),
    "paths": ("How are these two connected?", 'kg.paths("MindSpore", "OECD")',
              "triplary paths MindSpore OECD", "/api/paths?source=MindSpore&target=OECD"),
    "compare": ("What do they share, and what has only one?", 'kg.compare("Baidu", "Huawei")',
                "triplary compare Baidu Huawei", "/api/compare?entity=Baidu&entity=Huawei"),
    "rank": ("Which matter most, by which measure?", 'kg.rank(by="pagerank")',
             "triplary rank --by pagerank", "/api/rank?by=pagerank"),
    "query": ("What does SPARQL, or a named query, answer?", 'kg.query("named-graphs")',
              "triplary query named-graphs", "/api/query/named-graphs"),
    "save": ("Can I have this as a file?", 'kg.expand("Baidu").view().save("baidu.svg")',
             "triplary expand Baidu --save baidu.svg", "/api/expand.svg?entity=Baidu"),
}  # fmt: skip
"""What each verb answers, and the same question at the notebook, the command line and over HTTP."""

VARIES: Final = {"query_workers": "twice the processors, at least 4"}
"""Defaults that depend on the machine."""


def verbs() -> str:
    """The verbs at the four doors."""
    rows = [
        (f"**{verb}**", question, f"`{notebook_}`", f"`{command}`", f"`GET {route}`")
        for verb, (question, notebook_, command, route) in VERBS.items()
    ]
    measures = ", ".join(f"`{name}`" for name in measure.MEASURES)
    return (
        "# Verbs\n\nOne word at four doors. The fourth is the explorer itself: its URL carries the"
        " same parameters (`/?entity=Baidu`, `/?source=MindSpore&target=OECD`,"
        " `/?compare=Baidu&compare=Huawei`).\n\n"
        + table(("verb", "what it answers", "notebook", "command", "route"), rows)
        + "\nAn entity is named by its label or alias in any language, by the short handle of its"
        " page, by a CURIE (`id:Baidu`) or by its IRI."
        f"\n\n`rank` takes one of the measures {measures}."
        " `expand` and `paths` can be kept to edges with some verdicts: `stated` (a source says so"
        " directly) or one of "
        + ", ".join(f"`{verdict}`" for verdict in reversed(VERDICTS))
        + ".\n\nEach: [notebook](notebook.md), [commands](commands.md), [routes](routes.md);"
        " SPARQL itself is answered at [`/sparql`](routes.md).\n"
    )


def commands() -> str:
    """Every command with its arguments and options."""
    group = cast(Any, typer.main.get_command(commands_app))
    parts = ["# Commands\n\n`triplary --help` says the same.\n"]
    parts += [_command(name, command) for name, command in group.commands.items()]
    return "\n".join(parts)


def _command(name: str, command: Any) -> str:
    known = {setting.name for setting in fields(Settings)}
    shown = [p for p in command.params if p.name not in known]
    arguments = [p for p in shown if p.param_type_name == "argument"]
    usage = " ".join(_argument(p) for p in arguments)
    rows = [
        (
            f"`{_argument(p) if p in arguments else ', '.join(p.opts)}`",
            p.help or "",
            "required" if p.required else _default(p.default),
        )
        for p in shown
        if p.help or p not in arguments
    ]
    text = f"## {name}\n\n`triplary {name}{' ' + usage if usage else ''} [OPTIONS]`\n\n"
    text += f"{command.help.strip()}\n"
    if rows:
        text += "\n" + table(("option", "meaning", "default"), rows)
    if len(shown) < len(command.params):
        text += "\nEvery [setting](settings.md) is an option too.\n"
    return text


def _argument(parameter: Any) -> str:
    name = parameter.name.upper() + ("..." if parameter.nargs == -1 else "")
    return name if parameter.required else f"[{name}]"


def _default(value: object) -> str:
    return "" if value in (None, "", (), False) else f"`{value}`"


def settings() -> str:
    """The list of settings."""
    rows = []
    for setting in fields(Settings):
        nothing = setting.default == ()
        default = VARIES.get(setting.name) or ("none" if nothing else f"`{setting.default}`")
        least, choices = setting.metadata["least"], setting.metadata["choices"]
        bound = " or ".join(f"`{choice}`" for choice in choices)
        bound = bound if least is None else f"at least {least:g}"
        rows.append(
            (
                f"`{setting.name}`",
                setting.metadata["help"],
                default,
                bound,
                f"`--{setting.name.replace('_', '-')}`",
                f"`{ENVIRONMENT_PREFIX}{setting.name.upper()}`",
            )
        )
    return (
        "# Settings\n\nA server takes each setting from a flag of `triplary serve`, else from the"
        " environment, else from this list. A variable that begins with"
        f" `{ENVIRONMENT_PREFIX}` and stands for no setting stops the start."
        " `GET /-/settings` tells the settings of a running server.\n\n"
        + table(("setting", "meaning", "default", "values", "flag", "variable"), rows)
        + "\nWhat each limit bounds, and how a visitor is told of it:"
        " [limits](../concepts/limits.md).\n"
    )


def notebook() -> str:
    """The public names of the package, and what the verbs give back."""
    parts = [
        "# Notebook\n\nWhat `import triplary` gives. The names below are the contract:"
        " others may change.\n",
        f"## triplary\n\n{', '.join(f'`{name}`' for name in triplary.__all__)}\n",
    ]
    shown: list[tuple[str, Any]] = [("triplary.open", triplary.open)]
    shown += [
        (f"triplary.{name}", getattr(triplary, name))
        for name in triplary.__all__
        if inspect.isclass(getattr(triplary, name))
    ]
    answers = [(name, getattr(kg, name)) for name in kg.__all__ if name not in triplary.__all__]
    shown += [(f"triplary.kg.{name}", value) for name, value in answers if inspect.isclass(value)]
    parts += [_public(name, value) for name, value in shown]
    return "\n".join(parts)


def _public(name: str, value: Any) -> str:
    if not inspect.isclass(value):
        return f"## {name}{_signature(value)}\n\n{prose(value)}\n"
    text = f"## {name}\n\n{prose(value)}\n"
    inherited = dir(tuple) if issubclass(value, tuple) else []
    rows = [
        (f"`{member}{_signature(found)}`", summary(found))
        for member in dir(value)
        if not member.startswith("_") and member not in inherited
        for found in [inspect.getattr_static(value, member)]
        if inspect.isfunction(found) or isinstance(found, property | classmethod | staticmethod)
        or type(found).__name__ == "cached_property"
    ]  # fmt: skip
    return text + ("\n" + table(("member", "gives"), rows) if rows else "")


def _signature(value: Any) -> str:
    if isinstance(value, property) or type(value).__name__ == "cached_property":
        return ""
    function = getattr(value, "__func__", value)
    found = inspect.signature(function)
    parameters = [
        p.replace(annotation=p.empty)
        for p in found.parameters.values()
        if p.name not in ("self", "cls")
    ]
    text = str(found.replace(parameters=parameters, return_annotation=found.empty))
    return text.replace(" = ", "=")
