"""A text as each programming language writes it between its quotes, whatever the text holds.

A query comes from outside: no quote, backslash, dollar or line end in it may end the string that
it stands in, or make the program do anything else than ask it.
"""

from collections.abc import Callable, Mapping
from typing import Final

__all__ = ["QUOTED"]


def shell(text: str) -> str:
    r"""A word of a POSIX shell.

    >>> print(shell("it's $HOME"))
    'it'\''s $HOME'
    """
    return "'" + text.replace("'", "'\\''") + "'"


def python(text: str) -> str:
    """A string of Python, over several lines where the text has some.

    >>> print(python("ASK { ?s ?p ?o }"))
    "ASK { ?s ?p ?o }"
    """
    if not any(mark in text for mark in '\n"'):
        return '"' + _escaped(text, {"\\": "\\\\"}, python_code) + '"'
    last = '\\"' if text.endswith('"') else ""
    body = text[:-1] if last else text
    written = _escaped(body, {"\\": "\\\\"}, python_code).replace('""', '\\"\\"')
    return f'"""{written}{last}"""'


def javascript(text: str) -> str:
    r"""A template literal of JavaScript.

    >>> print(javascript("`${x}`"))
    `\`\${x}\``
    """
    escapes = {"\\": "\\\\", "`": "\\`", "$": "\\$"} if "${" in text else {"\\": "\\\\", "`": "\\`"}
    return "`" + _escaped(text, escapes, lambda code: f"\\u{{{code:x}}}") + "`"


def r(text: str) -> str:
    """A string of R; in single quotes where it has no such quote itself."""
    mark = '"' if "'" in text else "'"
    return mark + _escaped(text, {"\\": "\\\\", mark: f"\\{mark}"}, python_code) + mark


def julia(text: str) -> str:
    """A string of Julia, where a dollar would bring in a value."""
    escapes = {"\\": "\\\\", '"': '\\"', "$": "\\$"}
    return '"' + _escaped(text, escapes, lambda code: f"\\u{code:04x}") + '"'


def java(text: str) -> str:
    """Strings of Java, a line each, joined: a text block would lose spaces at the ends of lines."""
    lines = text.split("\n")
    escapes = {"\\": "\\\\", '"': '\\"', "\t": "\\t"}
    written = [_escaped(line, escapes, _utf16) for line in lines]
    joined = '\\n"\n        + "'.join(written)
    return f'"{joined}"'


def ruby(text: str) -> str:
    """A string of Ruby; `#` is escaped where it would bring in a value."""
    escapes = {"\\": "\\\\", '"': '\\"'}
    written = _escaped(text, escapes, lambda code: f"\\u{{{code:x}}}")
    for mark in "{$@":
        written = written.replace(f"#{mark}", f"\\#{mark}")
    return f'"{written}"'


def php(text: str) -> str:
    """A string of PHP in single quotes, where only these two characters mean something."""
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def go(text: str) -> str:
    """A raw string of Go; where the text has what none can hold, an interpreted one."""
    if not any(mark in text for mark in "`\r\ufeff\x00"):
        return f"`{text}`"
    escapes = {"\\": "\\\\", '"': '\\"', "\n": '\\n" +\n\t"', "\ufeff": "\\ufeff"}
    return '"' + _escaped(text, escapes, lambda code: f"\\u{code:04x}") + '"'


def powershell(text: str) -> str:
    """A string of PowerShell, which takes typographic quotes for quotes too."""
    for mark in "'\u2018\u2019\u201a\u201b":
        text = text.replace(mark, mark * 2)
    return f"'{text}'"


def python_code(code: int) -> str:
    """The escape of a character by its number, as Python and R read it."""
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _utf16(code: int) -> str:
    """The escape of a character for Java, which reads codes of four digits before all else."""
    if code < 0x100:
        return f"\\{code:03o}"
    return "".join(
        f"\\u{int.from_bytes(pair, 'big'):04x}"
        for pair in _pairs(chr(code).encode("utf-16-be", "surrogatepass"))
    )


def _pairs(data: bytes) -> list[bytes]:
    return [data[place : place + 2] for place in range(0, len(data), 2)]


def _escaped(text: str, escapes: Mapping[str, str], code: Callable[[int], str]) -> str:
    """The text with its special characters escaped, and those that an editor would not keep."""
    return "".join(
        escapes[character]
        if character in escapes
        else code(ord(character))
        if _lost(character)
        else character
        for character in text
    )


def _lost(character: str) -> bool:
    """Whether a character would not survive in a file of source text as it is."""
    number = ord(character)
    return (
        (number < 0x20 and character not in "\n\t")
        or 0x7F <= number < 0xA0
        or number in (0x2028, 0x2029, 0xFEFF)
        or 0x202A <= number <= 0x202E
        or 0x2066 <= number <= 0x2069
        or 0xD800 <= number <= 0xDFFF
    )


QUOTED: Final[Mapping[str, Callable[[str], str]]] = {
    "curl": shell,
    "wget": shell,
    "python-httpx": python,
    "python-rdflib": python,
    "python-pandas": python,
    "python-sparqlwrapper": python,
    "r": r,
    "julia": julia,
    "javascript": javascript,
    "java": java,
    "ruby": ruby,
    "php": php,
    "go": go,
    "powershell": powershell,
}
"""How each language of `code` writes a text."""
