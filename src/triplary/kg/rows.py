"""The rows of a query in a notebook, with doors to data frames, networks and a notebook's page."""

import datetime as dt
from collections.abc import Iterable
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self

from triplary.errors import BadParameter, MissingExtra
from triplary.kg.wording import table_of
from triplary.render.columns import column_kinds, value_of
from triplary.render.excel import workbook
from triplary.terms import Literal, Statement, Table, Term

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd
    import polars as pl

__all__ = ["SHOWN", "Rows", "Statements"]

SHOWN: Final = 20
"""How many rows of an answer a notebook's prompt shows."""

_PANDAS: Final = {"integer": "Int64", "number": "Float64", "boolean": "boolean", "text": "string"}


class Rows(Table):
    """The rows of a query, with doors to data frames, networks and a notebook's page."""

    __slots__ = ()

    @classmethod
    def of(cls, table: Table) -> Self:
        """The same table."""
        return cls(table.columns, table.rows, table.cut)

    def __repr__(self) -> str:
        """The first rows as a table, and how many there are."""
        few = Table(self.columns, self.rows[:SHOWN])
        return f"{table_of(few)}({self._shown()})"

    def to_pandas(self) -> "pd.DataFrame":
        """The rows as a data frame; IRIs are their text, what is unbound is missing (NA).

        A column is of numbers, truth values, dates or moments where all its values are.
        Raises MissingExtra where pandas is not installed.
        """
        try:
            import pandas as pd
        except ImportError as fault:
            raise MissingExtra("pandas", "pandas") from fault
        made = {}
        for place, kind in enumerate(column_kinds(self)):
            values = [value_of(row[place], kind) for row in self.rows]
            if kind in _PANDAS:
                made[place] = pd.Series(values, dtype=_PANDAS[kind])
            else:
                made[place] = _moments(pd, values)
        frame = pd.DataFrame(made)
        frame.columns = pd.Index(list(self.columns))
        return frame

    def to_polars(self) -> "pl.DataFrame":
        """The same as a data frame of polars; raises MissingExtra where it is not installed."""
        try:
            import polars as pl
        except ImportError as fault:
            raise MissingExtra("polars", "polars") from fault
        types = {
            "integer": pl.Int64, "number": pl.Float64, "boolean": pl.Boolean, "date": pl.Date,
            "moment": pl.Datetime, "text": pl.String,
        }  # fmt: skip
        return pl.DataFrame(
            [
                pl.Series(name, [_naive(value_of(row[place], kind)) for row in self.rows],
                          dtype=types[kind])
                for place, (name, kind) in enumerate(
                    zip(self.columns, column_kinds(self), strict=True)
                )
            ]
        )  # fmt: skip

    def to_excel(self, path: str | Path) -> Path:
        """The path of the Excel workbook written: typed cells, none of them a formula."""
        Path(path).write_bytes(workbook(self))
        return Path(path)

    def to_networkx(self, source: str = "", target: str = "") -> "nx.MultiDiGraph[str]":
        """The rows as a network: an edge for each that has both ends, its other values as data.

        The ends are the columns `source` and `target`; where none are named, the first two that
        hold nodes. Raises BadParameter where there are no such columns.
        """
        import networkx as nx

        start, end = self._ends(source, target)
        kinds = column_kinds(self)
        rest = [place for place in range(len(self.columns)) if place not in (start, end)]
        graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
        for row in self.rows:
            left, right = row[start], row[end]
            if left is None or right is None:
                continue
            said = {
                self.columns[place]: value_of(row[place], kinds[place])
                for place in rest
                if row[place] is not None
            }
            graph.add_edge(str(left), str(right), **said)
        return graph

    def _ends(self, source: str, target: str) -> tuple[int, int]:
        for name in filter(None, (source, target)):
            if name not in self.columns:
                raise BadParameter(
                    "column", name, "there is none of that name",
                    hint=f"columns are {', '.join(self.columns)}",
                )  # fmt: skip
        nodes = [place for place in range(len(self.columns)) if self._holds_nodes(place)]
        if {"subject", "object"} <= set(self.columns) and not (source or target):
            return self.columns.index("subject"), self.columns.index("object")
        named = [self.columns.index(name) for name in (source, target) if name]
        free = iter([place for place in nodes if place not in named])
        start = self.columns.index(source) if source else next(free, None)
        end = self.columns.index(target) if target else next(free, None)
        if start is None or end is None:
            raise BadParameter(
                "query", " ".join(self.columns), "a network needs two columns of nodes",
                hint="SELECT two variables that stand for entities, or name source= and target=",
            )  # fmt: skip
        return start, end

    def _holds_nodes(self, place: int) -> bool:
        values = [row[place] for row in self.rows if row[place] is not None]
        return bool(values) and not any(isinstance(value, Literal) for value in values)

    def _shown(self) -> str:
        more = ", and there are more" if self.cut else ""
        return f"{min(SHOWN, len(self)):,} of {len(self):,} rows{more}"

    def _repr_html_(self) -> str:
        head = "".join(f"<th>{escape(column)}</th>" for column in self.columns)
        rows = (
            "".join(f"<td>{escape(_text(term))}</td>" for term in row) for row in self.rows[:SHOWN]
        )
        body = "".join(f"<tr>{row}</tr>" for row in rows)
        return (
            f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
            f"<p>{self._shown()}</p>"
        )


class Statements(tuple[Statement, ...]):
    """The triples that a query made, which a notebook shows as a table."""

    __slots__ = ()

    def __repr__(self) -> str:
        """The first triples as a table, and how many there are."""
        return repr(self.rows())

    def _repr_html_(self) -> str:
        return self.rows()._repr_html_()

    def rows(self) -> Rows:
        """The triples as rows of subject, predicate and object."""
        return Rows(
            ("subject", "predicate", "object"),
            tuple((each.subject, each.predicate, each.object) for each in self),
        )

    def to_pandas(self) -> "pd.DataFrame":
        """The triples as a data frame: subject, predicate, object."""
        return self.rows().to_pandas()

    def to_polars(self) -> "pl.DataFrame":
        """The triples as a data frame of polars."""
        return self.rows().to_polars()

    def to_networkx(self) -> "nx.MultiDiGraph[str]":
        """The triples whose object is a node, as a network with the predicate as data."""
        nodes = (each for each in self if not isinstance(each.object, Literal))
        return Statements(nodes).rows().to_networkx("subject", "object")


def _text(term: Term | None) -> str:
    return "" if term is None else str(term)


def _moments(pd: Any, values: Iterable[Any]) -> Any:
    """A series of dates or moments; as they are where pandas cannot hold one of them."""
    moments = [_naive(value) for value in values]
    try:
        return pd.to_datetime(pd.Series(moments, dtype="object"))
    except (ValueError, TypeError):
        return pd.Series(moments, dtype="object")


def _naive(value: Any) -> Any:
    """A moment in universal time, without its zone: a column holds one zone only."""
    if isinstance(value, dt.datetime) and value.tzinfo is not None:
        return value.astimezone(dt.UTC).replace(tzinfo=None)
    return value
