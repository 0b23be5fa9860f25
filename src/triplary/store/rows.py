"""Cutting a serialised answer after so many rows, at the speed of the engine that wrote it.

The engine writes SPARQL results as bytes; here the rows in them are counted without parsing, and
the text is ended well-formed once it holds as many as allowed. What is looked for cannot occur
inside a value: in XML `<` is escaped, in TSV the newline is; in JSON and CSV the quoted strings
are masked first.
"""

import re
from typing import Final

__all__ = ["RowCutter"]

_WORD_OF_CUT: Final = {
    "json": b']},"triplary":{"cut":true,"rows":%d}}',
    "xml": b"</results><!-- cut after %d rows: there are more --></sparql>",
}
_ROW_STARTS: Final = {"json": re.compile(rb"\},\{|\[\{"), "xml": re.compile(rb"<result>")}


_LONGEST_START: Final = len(b"<result>")


class RowCutter:
    r"""Counts the rows of an answer in `format` (json, xml, csv, tsv) and ends it after `most`.

    >>> cutter = RowCutter("csv", 1)
    >>> cutter.feed(b"x\r\n1\r\n2\r\n") + cutter.end(), cutter.rows, cutter.cut
    (b'x\r\n1\r\n', 1, True)
    """

    def __init__(self, format: str, most: int) -> None:
        """Start with no row seen."""
        self.format, self.most = format, most
        self.rows, self.cut = 0, False
        self._lines = 0
        self._held = self._held_masked = b""
        self._in_string = False
        self._escaped = False

    def feed(self, chunk: bytes) -> bytes:
        """The bytes that may go out now; `cut` turns True once a row too many has begun."""
        if self.cut:
            return b""
        masked = self._held_masked + (
            self._mask(chunk) if self.format in ("json", "csv") else chunk
        )
        chunk = self._held + chunk
        if self.format in _ROW_STARTS:
            return self._by_starts(chunk, masked)
        return self._by_ends(chunk, masked)

    def end(self) -> bytes:
        """The last bytes, which were held back in case a row began in them."""
        held, self._held, self._held_masked = self._held, b"", b""
        return b"" if self.cut else held

    def _by_starts(self, chunk: bytes, masked: bytes) -> bytes:
        """JSON and XML: a row counts where it starts; the cut is where one too many does."""
        starts = _ROW_STARTS[self.format]
        done = 0
        for found in starts.finditer(masked):
            if self.rows == self.most:
                self.cut = True
                # Of `},{` the first brace still belongs to the row before, of `[{` the bracket.
                kept = found.start() + (self.format == "json")
                return chunk[:kept] + _WORD_OF_CUT[self.format] % self.most
            self.rows += 1
            done = found.end()
        keep = max(done, len(chunk) - _LONGEST_START + 1)
        self._held, self._held_masked = chunk[keep:], masked[keep:]
        return chunk[:keep]

    def _by_ends(self, chunk: bytes, masked: bytes) -> bytes:
        """CSV and TSV: after the header and `most` lines, any further byte is one too many."""
        allowed = self.most + 1 - self._lines
        lines = masked.count(b"\n")
        if lines >= allowed:
            end = -1
            for _ in range(allowed):
                end = masked.index(b"\n", end + 1)
            self.cut = end + 1 < len(chunk)
            chunk, lines = chunk[: end + 1], allowed
        self._lines += lines
        self.rows = max(self._lines - 1, 0)
        return chunk

    def _mask(self, chunk: bytes) -> bytes:
        """The chunk with what stands in quotes written as x, byte for byte of the same length."""
        text = chunk
        if self.format == "json":
            if self._escaped and text:
                text = b"x" + text[1:]
            text = text.replace(b"\\\\", b"xx").replace(b'\\"', b"xx")
            self._escaped = text.endswith(b"\\")
        parts = text.split(b'"')
        for place in range(0 if self._in_string else 1, len(parts), 2):
            parts[place] = b"x" * len(parts[place])
        self._in_string ^= len(parts) % 2 == 0
        return b'"'.join(parts)
