"""One list of settings; from it come the flags of `serve`, the variables and what is told."""

from dataclasses import fields

import pytest
import typer.main

from triplary.cli import app
from triplary.errors import BadParameter
from triplary.server.settings import Settings, from_environment

NAMES = [setting.name for setting in fields(Settings)]


def test_the_settings_are_these() -> None:
    assert NAMES == [
        "host", "port", "public_url", "query_seconds", "query_workers", "query_queue",
        "query_memory_mebibytes",
        "query_characters", "query_depth", "answer_rows", "answer_seconds",
        "empty", "write_token_file", "write_seconds", "write_mebibytes", "write_memory_mebibytes",
        "allow_service", "service_seconds", "service_rows",
        "expand_nodes", "view_nodes", "views", "short_views", "default_graph",
    ]  # fmt: skip


def test_each_setting_is_a_flag_of_serve_with_its_help_and_default() -> None:
    command = typer.main.get_command(app).commands["serve"]  # type: ignore[attr-defined]
    flags = {flag.opts[0]: flag for flag in command.params if flag.opts[0].startswith("--")}
    assert sorted(flags) == sorted(["--store", *(f"--{name.replace('_', '-')}" for name in NAMES)])
    for setting in fields(Settings):
        flag = flags[f"--{setting.name.replace('_', '-')}"]
        assert flag.help == f"{setting.metadata['help']} [default: {setting.default}]"
        assert flag.default is None


OTHER = {
    "host": "127.0.0.2",
    "public_url": "https://example.org",
    "views": "memory",
    "empty": True,
    "write_token_file": "token.txt",
    "write_seconds": 5.5,
    "default_graph": "exact",
    "allow_service": ("https://example.org/sparql", "https://example.net/sparql"),
    "query_seconds": 3.5,
    "answer_seconds": 4.5,
}


@pytest.mark.parametrize("name", NAMES)
def test_each_setting_is_a_variable(name: str) -> None:
    wanted = OTHER.get(name, 77)
    text = ",".join(wanted) if isinstance(wanted, tuple) else str(wanted)
    found = from_environment({f"TRIPLARY_{name.upper()}": text, "PATH": "/bin"})
    assert found == Settings(**{name: wanted})
    assert getattr(found, name) != getattr(Settings(), name)


@pytest.mark.parametrize(
    ("text", "value"),
    [("yes", True), ("True", True), ("1", True), ("no", False), ("false", False), ("0", False)],
)
def test_a_truth_is_read_as_one(text: str, value: bool) -> None:
    assert from_environment({"TRIPLARY_EMPTY": text}).empty is value


def test_a_flag_beats_a_variable_and_a_variable_the_default() -> None:
    environment = {"TRIPLARY_PORT": "9000", "TRIPLARY_QUERY_DEPTH": "7"}
    found = from_environment(environment, port=9001, query_depth=None, expand_nodes=5)
    assert found == Settings(port=9001, query_depth=7, expand_nodes=5)


def test_an_unknown_variable_is_refused() -> None:
    with pytest.raises(BadParameter) as caught:
        from_environment({"TRIPLARY_QUERY_SECNODS": "3"})
    assert str(caught.value) == (
        "the environment does not take 'TRIPLARY_QUERY_SECNODS': it stands for no setting.\n"
        f"hint: settings are {', '.join(NAMES)}"
    )


@pytest.mark.parametrize(
    ("variable", "text", "kind"),
    [
        ("TRIPLARY_PORT", "http", "int"),
        ("TRIPLARY_PORT", "80.5", "int"),
        ("TRIPLARY_PORT", "", "int"),
        ("TRIPLARY_QUERY_SECONDS", "soon", "float"),
        ("TRIPLARY_EMPTY", "perhaps", "bool"),
    ],
)
def test_a_value_of_another_type_is_refused(variable: str, text: str, kind: str) -> None:
    with pytest.raises(BadParameter) as caught:
        from_environment({variable: text})
    assert str(caught.value) == (
        f"{variable} does not take {text!r}: a value of type {kind} is wanted."
    )


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("port", -1, "it is at least 0"),
        ("query_seconds", 0.0, "it is at least 0.01"),
        ("query_seconds", float("nan"), "it is at least 0.01"),
        ("query_workers", 0, "it is at least 1"),
        ("query_memory_mebibytes", 15, "it is at least 16"),
        ("answer_rows", 0, "it is at least 1"),
        ("default_graph", "both", "it is one of union, exact"),
    ],
)
def test_a_value_out_of_range_is_refused(name: str, value: object, reason: str) -> None:
    with pytest.raises(BadParameter) as caught:
        Settings(**{name: value})  # type: ignore[arg-type]
    assert str(caught.value) == f"{name} does not take {value!r}: {reason}."
