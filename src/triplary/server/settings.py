"""The settings, all of them: one list, from which flags, environment and docs are made."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Final

from triplary.errors import BadParameter

__all__ = ["ENVIRONMENT_PREFIX", "Settings", "from_environment"]

ENVIRONMENT_PREFIX: Final = "TRIPLARY_"
_TRUTHS: Final = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


def _setting(
    default: Any, help: str, *, least: float | None = None, choices: tuple[str, ...] = ()
) -> Any:
    return field(default=default, metadata={"help": help, "least": least, "choices": choices})


@dataclass(frozen=True, slots=True)
class Settings:
    """What a server is started with; each field is a flag, a variable and a line of the docs.

    >>> Settings(query_seconds=3).query_seconds
    3
    """

    host: str = _setting("127.0.0.1", "address to listen on; anything but loopback is public")
    port: int = _setting(8000, "port to listen on", least=0)
    public_url: str = _setting(
        "", "where visitors reach this server, without a slash at the end; if empty, as they asked"
    )
    query_seconds: float = _setting(
        30.0, "a guest's query is killed after so many seconds of work", least=0.01
    )
    query_workers: int = _setting(
        max(4, 2 * (os.cpu_count() or 1)), "processes that run guests' queries at once", least=1
    )
    query_queue: int = _setting(
        64, "queries that may wait for a worker; one more is refused with 503", least=0
    )
    query_memory_mebibytes: int = _setting(
        2048, "memory a worker may take beyond what the store takes, in MiB", least=16
    )
    query_characters: int = _setting(
        1_000_000, "characters of a query that are read at most", least=1
    )
    query_depth: int = _setting(100, "brackets in a query that may nest at most", least=1)
    answer_rows: int = _setting(
        1_000_000, "rows (or triples) of an answer, after which it is cut and says so", least=1
    )
    answer_seconds: float = _setting(
        300.0, "seconds in which a client must have fetched its answer", least=0.01
    )
    empty: bool = _setting(False, "start with no statement at all, to be written to")
    write_token_file: str = _setting(
        "", "file whose first line is the token that writing needs; if empty, nobody may write"
    )
    write_seconds: float = _setting(
        60.0, "a write is stopped after so many seconds, and changes nothing", least=0.01
    )
    write_mebibytes: int = _setting(
        64, "an update or a document that is written has at most so many MiB, unpacked", least=1
    )
    write_memory_mebibytes: int = _setting(
        2048, "memory a write may take beyond what the graph takes, in MiB", least=16
    )
    allow_service: tuple[str, ...] = _setting(
        (), "an endpoint that SERVICE may ask; a flag for each, commas between in the variable"
    )
    service_seconds: float = _setting(
        10.0, "an endpoint that SERVICE asks must have answered in so many seconds", least=0.01
    )
    service_rows: int = _setting(
        10_000, "rows that one SERVICE may bring; one with more is refused", least=1
    )
    expand_nodes: int = _setting(25, "neighbours that one step of expand adds at most", least=1)
    view_nodes: int = _setting(20_000, "nodes that a view holds at most", least=1)
    views: str = _setting(
        "",
        "folder in which short views are kept; memory keeps them until the server ends; if empty,"
        " triplary in the user's data folder",
    )
    short_views: int = _setting(
        20_000, "short views kept at most; one more is refused with 507", least=0
    )
    default_graph: str = _setting(
        "union",
        "what a query's default graph is: union of the named graphs, or exact as SPARQL has it",
        choices=("union", "exact"),
    )

    def __post_init__(self) -> None:
        """Refuse values out of range, naming the setting."""
        for setting in fields(self):
            value = getattr(self, setting.name)
            least, choices = setting.metadata["least"], setting.metadata["choices"]
            if least is not None and not value >= least:  # not a number is refused too
                raise BadParameter(setting.name, value, f"it is at least {least:g}")
            if choices and value not in choices:
                raise BadParameter(setting.name, value, f"it is one of {', '.join(choices)}")


def from_environment(environment: Mapping[str, str], **given: Any) -> Settings:
    """The settings: defaults, then TRIPLARY_… variables, then what was `given` (None is not).

    Raises BadParameter for a variable that stands for no setting or holds no value of its type.

    >>> from_environment({"TRIPLARY_QUERY_SECONDS": "3"}, port=9000).query_seconds
    3.0
    >>> from_environment({"TRIPLARY_ALLOW_SERVICE": "https://a.org/,https://b.org/"}).allow_service
    ('https://a.org/', 'https://b.org/')
    """
    known = {setting.name: setting for setting in fields(Settings)}
    values: dict[str, Any] = {}
    for variable, text in environment.items():
        if not variable.startswith(ENVIRONMENT_PREFIX):
            continue
        name = variable.removeprefix(ENVIRONMENT_PREFIX).lower()
        if name == "chromium":
            continue
        if name not in known:
            raise BadParameter(
                "the environment", variable, "it stands for no setting",
                hint=f"settings are {', '.join(known)}",
            )  # fmt: skip
        values[name] = _typed(variable, type(known[name].default), text)
    values |= {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in given.items()
        if value is not None and value != []  # a flag that may be repeated, and was not given
    }
    return Settings(**values)


def _typed(variable: str, kind: type, text: str) -> Any:
    try:
        if kind is tuple:
            return tuple(text.replace(",", " ").split())
        if kind is bool:
            return _TRUTHS[text.strip().lower()]
        return kind(text)
    except (ValueError, KeyError) as fault:
        raise BadParameter(variable, text, f"a value of type {kind.__name__} is wanted") from fault
