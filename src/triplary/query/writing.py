"""A tree of a query, or a part of it, written as SPARQL again."""

from collections.abc import Callable, Iterable
from typing import Any, Final

from triplary.query import tree as t
from triplary.query.fragment import fragment
from triplary.terms import IRI, XSD, BlankNode, Literal

__all__ = ["written"]

_INFIX: Final = frozenset(("=", "!=", "<", ">", "<=", ">=", "+", "-", "*", "/"))
_PLAIN: Final = frozenset(XSD + name for name in ("integer", "decimal", "boolean"))
_AFTER: Final = frozenset("*+?")


def written(value: Any, iri: Callable[[IRI], str] = fragment) -> str:
    """The SPARQL text of a part of a tree; `iri` writes an IRI, in full where nothing is given.

    >>> written(t.Triple(t.Variable("s"), IRI("http://x.org/p"), Literal("a", language="en")))
    '?s <http://x.org/p> "a"@en'
    """
    return _Writer(iri).text(value)


class _Writer:
    """Writes each kind of part; every part may stand beside another with a space between."""

    def __init__(self, iri: Callable[[IRI], str]) -> None:
        self.iri = iri

    def text(self, value: Any) -> str:
        kind = type(value)
        if kind is IRI:
            return self.iri(value)
        if kind is Literal:
            return self.literal(value)
        found: str = getattr(self, f"_{kind.__name__.lower()}")(value)
        return found

    def literal(self, value: Literal) -> str:
        """A literal; numbers as they are typed, strings without their datatype."""
        if value.datatype in _PLAIN and value.value and " " not in value.value:
            bare = value.value.lstrip("+-").replace(".", "", 1)
            if bare.isdecimal() or value.value in ("true", "false"):
                return value.value
        if value.datatype == XSD + "string":
            return fragment(Literal(value.value)).removesuffix(f"^^<{XSD}string>")
        text = fragment(value)
        end = f"^^<{value.datatype}>"
        return text.removesuffix(end) + "^^" + self.iri(IRI(value.datatype)) if (
            text.endswith(end)
        ) else text  # fmt: skip

    def _variable(self, value: t.Variable) -> str:
        return f"?{value.name}"

    def _blanknode(self, value: BlankNode) -> str:
        return str(value)

    def _everything(self, value: t.Everything) -> str:
        return "*"

    def _triple(self, value: t.Triple) -> str:
        return " ".join(map(self.text, (value.subject, value.predicate, value.object)))

    def _path(self, value: t.Path) -> str:
        parts = [self._inner(part, value.kind) for part in value.parts]
        if value.kind in ("/", "|"):
            return value.kind.join(parts)
        if value.kind == "!":
            return f"!({'|'.join(parts)})"
        inner = "".join(parts) or "…"
        return f"{inner}{value.kind}" if value.kind in _AFTER else f"{value.kind}{inner}"

    def _inner(self, part: t.Path | IRI, around: str) -> str:
        text = self.text(part)
        binds = isinstance(part, t.Path) and part.kind in "/|"
        closer = isinstance(part, t.Path) and around in "*+?^" and part.kind != "!"
        return f"({text})" if (binds and around != "|") or closer else text

    def _group(self, value: t.Group) -> str:
        return f"{{ {self.parts(value.parts)} }}"

    def parts(self, parts: Iterable[t.Part]) -> str:
        """What stands between braces: a full stop after each triple pattern."""
        return " ".join(
            f"{self.text(part)} ." if isinstance(part, t.Triple) else self.text(part)
            for part in parts
        )

    def _optional(self, value: t.Optional) -> str:
        return f"OPTIONAL {self._group(value.group)}"

    def _union(self, value: t.Union) -> str:
        return " UNION ".join(map(self._group, value.groups))

    def _minus(self, value: t.Minus) -> str:
        return f"MINUS {self._group(value.group)}"

    def _graph(self, value: t.Graph) -> str:
        return " ".join(("GRAPH", self.text(value.name), self._group(value.group)))

    def _service(self, value: t.Service) -> str:
        words = ["SERVICE", *(["SILENT"] if value.silent else []), self.text(value.name)]
        return " ".join((*words, self._group(value.group)))

    def _filter(self, value: t.Filter) -> str:
        return " ".join(("FILTER", f"({self.text(value.condition)})"))

    def _bind(self, value: t.Bind) -> str:
        return f"BIND ({self.text(value.expression)} AS {self.text(value.variable)})"

    def _values(self, value: t.Values) -> str:
        names = " ".join(map(self.text, value.variables))
        rows = " ".join(
            f"({' '.join('UNDEF' if cell is None else self.text(cell) for cell in row)})"
            for row in value.rows
        )
        return " ".join(("VALUES", f"({names})", f"{{ {rows} }}"))

    def _subquery(self, value: t.Subquery) -> str:
        return self._query(value.query)

    def _projected(self, value: t.Projected) -> str:
        if value.expression is None:
            return self.text(value.variable)
        named = f" AS {self.text(value.variable)}" if value.variable else ""
        return f"({self.text(value.expression)}{named})"

    def _ordering(self, value: t.Ordering) -> str:
        return f"{'DESC' if value.descending else 'ASC'}({self.text(value.expression)})"

    def _query(self, value: t.Query) -> str:
        words = [value.form]
        if value.distinct or value.reduced:
            words.append("DISTINCT" if value.distinct else "REDUCED")
        if value.form == "CONSTRUCT":
            words.append(f"{{ {self.parts(value.template)} }}")
        elif value.form != "ASK":
            words += map(self.text, value.projected or value.described)
            if not (value.projected or value.described):
                words.append("*")
        words += [f"FROM {self.text(graph)}" for graph in value.default_graphs]
        words += [f"FROM NAMED {self.text(graph)}" for graph in value.named_graphs]
        words.append(self._group(value.where))
        return " ".join((*words, *self._modifiers(value)))

    def _modifiers(self, value: t.Query) -> Iterable[str]:
        if value.grouped:
            yield "GROUP BY " + " ".join(map(self.text, value.grouped))
        if value.having:
            yield "HAVING " + " ".join(f"({self.text(each)})" for each in value.having)
        if value.ordered:
            yield "ORDER BY " + " ".join(map(self.text, value.ordered))
        if value.limit is not None:
            yield f"LIMIT {value.limit}"
        if value.offset is not None:
            yield f"OFFSET {value.offset}"
        if value.values is not None:
            yield self._values(value.values)

    def _call(self, value: t.Call) -> str:
        given = [self.text(each) for each in value.arguments]
        name = value.name
        if value.group is not None:
            return f"{name} {self._group(value.group)}"
        if name in ("&&", "||") or (name in _INFIX and len(given) > 1):
            return f" {name} ".join(
                self._operand(each, text) for each, text in zip(value.arguments, given, strict=True)
            )
        if name in ("!", "-", "+"):
            return f"{name}({given[0]})"
        if name in ("IN", "NOT IN"):
            return f"{given[0]} {name} ({', '.join(given[1:])})"
        word = name if name.isupper() or ":" not in name else self.iri(IRI(name))
        distinct = "DISTINCT " if value.distinct else ""
        after = ""
        if value.separator is not None:
            after = f"; SEPARATOR={self.literal(Literal(value.separator))}"
        return f"{word}({distinct}{', '.join(given)}{after})"

    def _operand(self, value: t.Expression, text: str) -> str:
        nested = isinstance(value, t.Call) and (
            value.name in _INFIX or value.name in ("&&", "||", "IN", "NOT IN")
        )
        return f"({text})" if nested else text
