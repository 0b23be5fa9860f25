"""The RDF formats that go in and out, by name, media type and file suffix."""

import zlib
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final

from triplary.errors import BadParameter, ParseError

__all__ = ["FORMATS", "Format", "format_of", "gunzip"]


@dataclass(frozen=True, slots=True)
class Format:
    """An RDF serialisation: its name here, its media type, its file suffixes (first is preferred).

    `named_graphs` says whether it can hold more than one graph.
    """

    name: str
    media_type: str
    suffixes: tuple[str, ...]
    named_graphs: bool


FORMATS: Final = {
    format.name: format
    for format in (
        Format("turtle", "text/turtle", (".ttl",), False),
        Format("trig", "application/trig", (".trig",), True),
        Format("ntriples", "application/n-triples", (".nt",), False),
        Format("nquads", "application/n-quads", (".nq",), True),
        Format("rdfxml", "application/rdf+xml", (".rdf", ".owl", ".xml"), False),
        Format("jsonld", "application/ld+json", (".jsonld", ".json"), True),
    )
}
"""Every format by its name."""


def format_of(path: str, *, name: str = "") -> Format:
    """The format called `name`, else the one that the suffix of `path` stands for (.gz aside).

    Raises BadParameter, naming the suffixes that are known.

    >>> format_of("models.ttl.gz").name
    'turtle'
    """
    if name:
        if name in FORMATS:
            return FORMATS[name]
        raise BadParameter("format", name, f"known formats are {', '.join(FORMATS)}")
    suffixes = [suffix.lower() for suffix in PurePath(path).suffixes if suffix.lower() != ".gz"]
    for format in FORMATS.values():
        if suffixes and suffixes[-1] in format.suffixes:
            return format
    known = ", ".join(suffix for format in FORMATS.values() for suffix in format.suffixes)
    raise BadParameter(
        "file",
        path,
        "its suffix stands for no RDF format",
        hint=f"known suffixes: {known}, and .gz",
    )


def gunzip(data: bytes, *, name: str, most: int) -> bytes:
    """The bytes, unpacked where they are gzip; at most `most` bytes, so that a bomb stays shut.

    Raises ParseError where the archive is broken or would be larger than that.

    >>> import gzip
    >>> gunzip(gzip.compress(b"a"), name="a.gz", most=10)
    b'a'
    """
    if not data.startswith(b"\x1f\x8b"):
        return data
    unpacker = zlib.decompressobj(wbits=31)
    parts: list[bytes] = []
    size = 0
    try:
        while data:
            part = unpacker.decompress(data, most - size + 1)
            size += len(part)
            parts.append(part)
            if size > most:
                raise ParseError(
                    name, None, None, f"unpacks to more than {most:,} bytes",
                    hint="unpack it yourself and load the parts",
                )  # fmt: skip
            if unpacker.eof:
                data = unpacker.unused_data
                unpacker = zlib.decompressobj(wbits=31)
            else:
                data = unpacker.unconsumed_tail
                if not data and not unpacker.eof:
                    raise EOFError("the archive ends too early")
    except (zlib.error, EOFError) as fault:
        raise ParseError(name, None, None, f"not a whole gzip file: {fault}") from fault
    return b"".join(parts)
