"""The parts of a multipart/form-data body: the documents in it, those within parts too."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from triplary.errors import ParseError

if TYPE_CHECKING:
    from email.message import Message

__all__ = ["Part", "parts_of"]

PARTS_MOST: Final = 1000
DEEPEST: Final = 3
HEAD_MOST: Final = 16 * 1024
"""Bytes of a part's head."""


@dataclass(frozen=True, slots=True)
class Part:
    """A document that was sent as a part: its media type ('' for none), its name, its bytes."""

    media_type: str
    name: str
    data: bytes


def parts_of(body: bytes, boundary: str, *, deep: int = 1) -> Iterator[Part]:
    r"""The parts of a body in order (RFC 2046 §5.1); those of a multipart part come in its place.

    Raises ParseError where there is no boundary in it.

    >>> body = b'--b\r\nContent-Type: text/turtle\r\n\r\n<a:a> <a:b> 1 .\r\n--b--\r\n'
    >>> [(part.media_type, part.data) for part in parts_of(body, "b")]
    [('text/turtle', b'<a:a> <a:b> 1 .')]
    """
    mark = re.compile(
        rb"(?:\A|\r?\n)--" + re.escape(boundary.encode()) + rb"(--)?[ \t]*(?:\r?\n|\Z)"
    )
    marks = list(mark.finditer(body)) if boundary else []
    if not marks or deep > DEEPEST or len(marks) > PARTS_MOST:
        raise ParseError("the body", None, None, f"holds no parts between “--{boundary}”")
    for found, after in zip(marks, [*marks[1:], None], strict=True):
        if found[1]:
            return
        end = after.start() if after else len(body)
        head, data = _split(body[found.end() : end])
        if not head.keys() and not data:
            continue
        if head.get_content_maintype() == "multipart":
            inner = str(head.get_param("boundary", "") or _loose(head, "boundary"))
            yield from parts_of(data, inner, deep=deep + 1)
        else:
            yield _part(head, data)


def _split(part: bytes) -> "tuple[Message, bytes]":
    # Imported here: a server that only reads needs no parser of mail.
    from email.parser import BytesHeaderParser

    found = re.search(rb"\r?\n\r?\n|\A\r?\n", part)
    end, start = (found.start(), found.end()) if found else (0, 0)
    if end > HEAD_MOST:
        raise ParseError("the body", None, None, f"has a part with a head of {end:,} bytes")
    return BytesHeaderParser().parsebytes(part[:end]), part[start:]


def _part(head: "Message", data: bytes) -> Part:
    media_type = head.get_content_type() if "content-type" in head else ""
    name = head.get_filename() or str(head.get_param("name", "", "content-disposition") or "part")
    return Part(media_type, name, data)


def _loose(head: "Message", name: str) -> str:
    """A parameter that stands after a comma, as the W3C's own example has it."""
    found = re.search(rf'[;,]\s*{name}="?([^";,\s]+)', str(head.get("content-type", "")), re.I)
    return found[1] if found else ""
