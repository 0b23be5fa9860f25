"""A query's text read into a tree, by rdflib's SPARQL 1.1 parser.

The parser is handed no text of a stranger in the server's process: see `reader`.
"""

import re
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from typing import Any, Final

from triplary.errors import QueryError
from triplary.ontology import RDF_TYPE
from triplary.query import tree as t
from triplary.store.places import Places, joined
from triplary.terms import IRI, BlankNode, Literal

__all__ = ["read"]

_CHAINS: Final = {"ConditionalOrExpression": "||", "ConditionalAndExpression": "&&"}
_PREFIX_OPERATORS: Final = {"UnaryNot": "!", "UnaryMinus": "-", "UnaryPlus": "+"}
_ESCAPED: Final = re.compile(r"\\(.)")
_NO_TERM: Final = "the parser lost a part of the query"


def read(query: str) -> t.Query:
    """The tree of a query; raises QueryError where rdflib's parser cannot read it.

    >>> read("ASK { ?s ?p 1 }").where.parts[0].subject
    Variable(name='s')
    """
    from rdflib.plugins.sparql.parser import parseQuery

    try:
        prologue, parsed = parseQuery(query)
        return _Reading(query, prologue).query(parsed)
    except QueryError:
        raise
    except Exception as fault:  # the parser raises its own errors, and bare ones
        raise QueryError(
            "The query is written in a way that cannot be put in words.", query=query,
            hint="SPARQL 1.1 is read here; what is new in 1.2 runs, but is not told",
        ) from fault  # fmt: skip


class _Reading:
    """Goes through what the parser made of one query."""

    def __init__(self, query: str, prologue: Iterable[Any]) -> None:
        self.text, self.base, self.prefixes = query, "", {}
        self.prefixes = dict[str, str]()
        self.blank: dict[str, str] = {}
        self.places = Places(query)
        for declared in prologue:
            if declared.name == "Base":
                self.base = joined(self.base, str(declared.iri))
            else:
                self.prefixes[declared.prefix or ""] = joined(self.base, str(declared.iri))

    def query(self, parsed: Any) -> t.Query:
        """A query or subquery; its clauses are read in the order of the text."""
        form = parsed.name.removesuffix("Query").removeprefix("Sub").upper()
        sources = list(_at(parsed, "datasetClause") or ())
        projected = tuple(self._projected(each) for each in _at(parsed, "projection") or ())
        template = tuple(
            triple for block in _at(parsed, "template") or () for triple in self._triples(block)
        )
        described = tuple(self._term(each) for each in _listed(_at(parsed, "var")))
        where = self._group(_at(parsed, "where"))
        if form == "CONSTRUCT" and not _at(parsed, "template"):
            template = tuple(part for part in where.parts if isinstance(part, t.Triple))
        bounds = _at(parsed, "limitoffset") or OrderedDict[str, Any]()
        having = _at(parsed, "having")
        grouped, ordered = _at(parsed, "groupby"), _at(parsed, "orderby")
        values = _at(parsed, "valuesClause")
        return t.Query(
            form, where, projected,
            distinct=_at(parsed, "modifier") == "DISTINCT",
            reduced=_at(parsed, "modifier") == "REDUCED",
            template=template,
            described=described,
            default_graphs=tuple(self._iri(s.default) for s in sources if _at(s, "default")),
            named_graphs=tuple(self._iri(s.named) for s in sources if _at(s, "named")),
            grouped=tuple(self._grouped(each) for each in grouped.condition) if grouped else (),
            having=tuple(self._expression(e) for e in having.condition) if having else (),
            ordered=tuple(self._ordered(each) for each in ordered.condition) if ordered else (),
            limit=_whole(_at(bounds, "limit")),
            offset=_whole(_at(bounds, "offset")),
            values=self._values(values) if values else None,
        )  # fmt: skip

    def _projected(self, parsed: Any) -> t.Projected:
        if _at(parsed, "expr") is None:
            return t.Projected(t.Variable(str(parsed.var)))
        return t.Projected(t.Variable(str(parsed.evar)), self._expression(parsed.expr))

    def _grouped(self, parsed: Any) -> t.Projected:
        name = getattr(parsed, "name", "")
        if name == "GroupAs":
            variable = t.Variable(str(parsed.var)) if _at(parsed, "var") else None
            return t.Projected(variable, self._expression(parsed.expr))
        found = self._expression(parsed)
        return t.Projected(found) if isinstance(found, t.Variable) else t.Projected(None, found)

    def _ordered(self, parsed: Any) -> t.Ordering:
        descending = str(_at(parsed, "order") or "").upper() == "DESC"
        return t.Ordering(self._expression(parsed.expr), descending)

    def _group(self, parsed: Any) -> t.Group:
        if parsed is None:
            return t.Group()
        if parsed.name == "SubSelect":
            return t.Group((t.Subquery(self.query(parsed)),))
        return t.Group(tuple(p for part in _at(parsed, "part") or () for p in self._part(part)))

    def _part(self, parsed: Any) -> Iterator[t.Part]:
        match parsed.name:
            case "TriplesBlock":
                for block in parsed.triples:
                    yield from self._triples(block)
            case "OptionalGraphPattern":
                yield t.Optional(self._group(parsed.graph))
            case "MinusGraphPattern":
                yield t.Minus(self._group(parsed.graph))
            case "GroupOrUnionGraphPattern":
                groups = tuple(self._group(each) for each in parsed.graph)
                yield groups[0] if len(groups) == 1 else t.Union(groups)
            case "GraphGraphPattern":
                yield t.Graph(self._term(parsed.term), self._group(parsed.graph))
            case "ServiceGraphPattern":
                silent = "SILENT" in str(_at(parsed, "service_string") or "").upper()
                yield t.Service(self._term(parsed.term), silent, self._group(parsed.graph))
            case "Filter":
                line, column = self.places.next_word("FILTER")
                yield t.Filter(self._expression(parsed.expr), line, column)
            case "Bind":
                yield t.Bind(self._expression(parsed.expr), t.Variable(str(parsed.var)))
            case "InlineData":
                yield self._values(parsed)
            case "SubSelect":
                yield t.Subquery(self.query(parsed))
            case other:
                raise ValueError(f"{_NO_TERM}: {other}")

    def _values(self, parsed: Any) -> t.Values:
        variables = tuple(t.Variable(str(each)) for each in _listed(_at(parsed, "var")))
        rows = []
        for row in _at(parsed, "value") or ():
            cells = row if type(row).__name__ in ("list", "ParseResults", "plist") else [row]
            rows.append(tuple(self._cell(cell) for cell in cells))
        return t.Values(variables, tuple(rows))

    def _cell(self, parsed: Any) -> Any:
        return None if str(parsed) == "UNDEF" and _kind(parsed) == "str" else self._term(parsed)

    def _triples(self, flat: Any) -> Iterator[t.Triple]:
        for place in range(0, len(flat), 3):
            subject, predicate, value = flat[place : place + 3]
            path = self._path(predicate)
            line, column = self.places.next_predicate(_words(path))
            yield t.Triple(self._term(subject), path, self._term(value), line, column)

    def _path(self, parsed: Any) -> Any:
        name = getattr(parsed, "name", "")
        if name in ("PathAlternative", "PathSequence"):
            parts = tuple(self._path(part) for part in _listed(parsed.part))
            kind = "|" if name == "PathAlternative" else "/"
            return parts[0] if len(parts) == 1 else t.Path(kind, parts)
        if name == "PathEltOrInverse":
            return t.Path("^", (self._path(parsed.part),))
        if name == "PathElt":
            inner = self._path(parsed.part)
            return t.Path(str(parsed.mod), (inner,)) if _at(parsed, "mod") else inner
        if name == "PathNegatedPropertySet":
            return t.Path("!", tuple(self._path(part) for part in _listed(parsed.part)))
        if name == "InversePath":
            # The parser forgets which property it was.
            return t.Path("^", ())
        return self._term(parsed)

    def _term(self, parsed: Any) -> Any:
        kind = _kind(parsed)
        if kind == "Variable":
            return t.Variable(str(parsed))
        if kind == "BNode":
            return BlankNode(self.blank.setdefault(str(parsed), f"b{len(self.blank) + 1}"))
        if kind == "Literal":
            return Literal(str(parsed), str(parsed.datatype or ""), parsed.language or "")
        if kind == "CompValue" and parsed.name == "literal":
            datatype = _at(parsed, "datatype")
            language = str(_at(parsed, "lang") or "")
            return Literal(
                str(parsed.string), str(self._iri(datatype)) if datatype else "", language
            )
        return self._iri(parsed)

    def _iri(self, parsed: Any) -> IRI:
        if _kind(parsed) == "CompValue" and parsed.name == "pname":
            prefix = str(_at(parsed, "prefix") or "")
            if prefix not in self.prefixes:
                raise QueryError(
                    f"The prefix {prefix}: is not declared.", query=self.text,
                    hint=f"begin the query with PREFIX {prefix}: <…>",
                )  # fmt: skip
            local = str(_at(parsed, "localname") or "")
            return self._absolute(self.prefixes[prefix] + _ESCAPED.sub(r"\1", local))
        if _kind(parsed) == "URIRef":
            text = str(parsed)
            whole = ":" in text.split("/", 1)[0] or not self.base
            return self._absolute(text if whole else joined(self.base, text))
        if str(parsed) == "a":
            return RDF_TYPE
        raise ValueError(f"{_NO_TERM}: {parsed!r}")

    def _absolute(self, text: str) -> IRI:
        """An IRI; one that is relative to nothing in the query is told as such."""
        return IRI(text if ":" in text.split("/", 1)[0] else f"relative:{text}")

    def _expression(self, parsed: Any) -> t.Expression:
        name = getattr(parsed, "name", "")
        if _kind(parsed) not in ("CompValue", "Expr") or name in ("pname", "literal"):
            return t.Everything() if str(parsed) == "*" else self._term(parsed)
        if name in _CHAINS:
            others = tuple(self._expression(each) for each in _at(parsed, "other") or ())
            first = self._expression(parsed.expr)
            return t.Call(_CHAINS[name], (first, *others)) if others else first
        if name == "RelationalExpression":
            return self._relation(parsed)
        if name in ("AdditiveExpression", "MultiplicativeExpression"):
            found = self._expression(parsed.expr)
            others = _at(parsed, "other") or ()
            for operator, other in zip(_at(parsed, "op") or (), others, strict=True):
                found = t.Call(str(operator), (found, self._expression(other)))
            return found
        if name in _PREFIX_OPERATORS:
            return t.Call(_PREFIX_OPERATORS[name], (self._expression(parsed.expr),))
        if name == "Function":
            given = tuple(self._expression(each) for each in _listed(_at(parsed, "expr")))
            return t.Call(str(self._iri(parsed.iri)), given, bool(_at(parsed, "distinct")))
        if name.startswith("Aggregate_"):
            return self._aggregate(parsed, name.removeprefix("Aggregate_"))
        if name in ("Builtin_EXISTS", "Builtin_NOTEXISTS"):
            word = "EXISTS" if name == "Builtin_EXISTS" else "NOT EXISTS"
            return t.Call(word, group=self._group(parsed.graph))
        if name.startswith("Builtin_"):
            return t.Call(name.removeprefix("Builtin_"), tuple(self._arguments(parsed)))
        if name == "TrueFilter":
            return Literal("true", "http://www.w3.org/2001/XMLSchema#boolean")
        raise ValueError(f"{_NO_TERM}: {name}")

    def _relation(self, parsed: Any) -> t.Expression:
        found = self._expression(parsed.expr)
        if not _at(parsed, "op"):
            return found
        operator, other = " ".join(str(parsed.op).upper().split()), parsed.other
        if operator in ("IN", "NOT IN"):
            # The parser gives an empty list as rdf:nil.
            members = _listed(other) if _kind(other) != "URIRef" else []
            return t.Call(operator, (found, *(self._expression(each) for each in members)))
        return t.Call(operator, (found, self._expression(other)))

    def _aggregate(self, parsed: Any, name: str) -> t.Call:
        word = {"GroupConcat": "GROUP_CONCAT"}.get(name, name.upper())
        separator = _at(parsed, "separator")
        return t.Call(
            word, (self._expression(parsed.vars),), bool(_at(parsed, "distinct")),
            str(separator) if separator is not None else None,
        )  # fmt: skip

    def _arguments(self, parsed: Any) -> Iterator[t.Expression]:
        """The arguments of a built-in, by whatever name the parser keeps each under."""
        for value in parsed.values():
            if value is None or (hasattr(value, "__len__") and not isinstance(value, str)
                                 and _kind(value) in ("list", "ParseResults", "plist")
                                 and not len(value)):  # fmt: skip
                continue
            for each in _listed(value):
                yield self._expression(each)


def _kind(value: Any) -> str:
    return type(value).__name__


def _at(parsed: Any, name: str) -> Any:
    """What the parser keeps under a name; its own `get` means something else."""
    return OrderedDict.get(parsed, name)


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if _kind(value) in ("list", "ParseResults", "plist") else [value]


def _whole(value: Any) -> int | None:
    return None if value is None else int(str(value))


def _words(path: Any) -> IRI | t.Variable | None:
    """What a predicate begins with, as far as its place can be found by that."""
    if isinstance(path, t.Path):
        return _words(path.parts[0]) if path.parts else None
    return path if isinstance(path, IRI | t.Variable) else None
