"""The sentences of an outline: patterns first, then what becomes of the solutions."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from triplary.ontology import RDF_TYPE, RDFS
from triplary.query import tree as t
from triplary.query.outline.conditions import Conditions
from triplary.query.outline.speech import LANGUAGES, Labels, Speech
from triplary.terms import IRI

__all__ = ["outline"]

_BELOW: Final = IRI(RDFS + "subClassOf")
_VALUES_MOST: Final = 8


@dataclass(frozen=True, slots=True)
class _Line:
    """A sentence, and how deep it hangs below others."""

    text: str
    depth: int = 0

    def deeper(self) -> "_Line":
        return _Line(self.text, self.depth + 1)


def outline(query: t.Query, labels: Labels, language: str = "en") -> tuple[str, ...]:
    """The query in sentences; one that hangs on another is led by a tab for each level.

    >>> from triplary.query.tree import Group, Query, Triple, Variable
    >>> near = Triple(Variable("town"), IRI("http://x.org/near"), Variable("sea"))
    >>> name = Labels(lambda iri: "", lambda iri: "", lambda iri: iri.local_name)
    >>> outline(Query("ASK", Group((near,))), name)
    ('For each ?town that has the near ?sea:', 'Say whether there is such a case.')
    """
    if language not in LANGUAGES:
        raise ValueError(f"no outline in {language}")
    told = _Telling(labels, language)
    return tuple("\t" * line.depth + told.speech.finished(line.text) for line in told.query(query))


class _Telling:
    """Tells one query; knows which variables were met, so that each is introduced once."""

    def __init__(self, labels: Labels, language: str) -> None:
        self.speech = Speech(language, labels)
        self.conditions = Conditions(self.speech, self._in_a_line)
        self.begun = False

    def query(self, query: t.Query) -> Iterator[_Line]:
        """A query, or a subquery, from its patterns to its limit."""
        say = self.speech.say
        self.begun = False
        for key, graphs in (("from", query.default_graphs), ("from named", query.named_graphs)):
            if graphs:
                yield _Line(
                    say(key, self.speech.listed([self.speech.iri(each) for each in graphs]))
                )
        yield from self._group(query.where)
        if query.values is not None:
            yield from self._values(query.values)
        if query.grouped:
            same = self.speech.listed([self._projected(each) for each in query.grouped])
            yield _Line(say("grouped", same))
        for condition in query.having:
            yield _Line(say("having", self.conditions.said(condition)))
        yield from self._shown(query)
        if query.ordered:
            yield _Line(say("order", self._ordered(query.ordered)))
        yield from self._cut(query)

    def _shown(self, query: t.Query) -> Iterator[_Line]:
        say = self.speech.say
        if query.form == "ASK":
            yield _Line(say("ask"))
        elif query.form == "CONSTRUCT":
            yield _Line(say("construct"))
            yield from (line.deeper() for line in self._triples(query.template))
        elif query.form == "DESCRIBE":
            terms = [self.speech.term(each) for each in query.described]
            yield _Line(
                say("describe", self.speech.listed(terms)) if terms else say("describe all")
            )
        else:
            once = " distinct" if query.distinct else ""
            named = [self._projected(each) for each in query.projected]
            if named:
                yield _Line(say(f"show{once}", self.speech.listed(named)))
            else:
                yield _Line(say(f"show all{once}"))

    def _projected(self, projected: t.Projected) -> str:
        if projected.expression is None:
            return self.speech.term(projected.variable)
        said = self.conditions.said(projected.expression)
        if projected.variable is None:
            return said
        return self.speech.say("shown as", self.speech.term(projected.variable), said)

    def _ordered(self, ordered: Sequence[t.Ordering]) -> str:
        return self.speech.say("then by").join(
            self.speech.say(
                "descending" if each.descending else "ascending",
                self.conditions.said(each.expression),
            )
            for each in ordered
        )

    def _cut(self, query: t.Query) -> Iterator[_Line]:
        say = self.speech.say
        if query.limit is not None and query.offset:
            yield _Line(say("limit offset", f"{query.limit:,}", f"{query.offset:,}"))
        elif query.limit is not None:
            yield _Line(say("limit", f"{query.limit:,}"))
        elif query.offset:
            yield _Line(say("offset", f"{query.offset:,}"))

    def _group(self, group: t.Group) -> Iterator[_Line]:
        """The parts of a group in order; triple patterns of one subject that follow are one."""
        run: list[t.Triple] = []
        for part in group.parts:
            if isinstance(part, t.Triple):
                if run and run[0].subject != part.subject:
                    yield from self._triples(run)
                    run = []
                run.append(part)
                continue
            yield from self._triples(run)
            run = []
            yield from self._part(part)
        yield from self._triples(run)

    def _part(self, part: t.Part) -> Iterator[_Line]:
        say = self.speech.say
        match part:
            case t.Filter():
                yield from self._filter(part)
            case t.Optional():
                yield from self._optional(part.group)
            case t.Union():
                for place, group in enumerate(part.groups):
                    yield _Line(say("union or" if place else "union"))
                    yield from self._below(group)
            case t.Minus():
                yield _Line(say("minus"))
                yield from self._below(part.group)
            case t.Graph():
                yield from self._named(say("graph", self.speech.term(part.name)), part.group)
            case t.Service():
                key = "service silent" if part.silent else "service"
                yield from self._named(say(key, self.speech.quoted(part.name)), part.group)
            case t.Bind():
                said = self.conditions.said(part.expression)
                yield _Line(say("bind", said, self.speech.term(part.variable)))
            case t.Values():
                yield from self._values(part)
            case t.Subquery():
                yield _Line(say("subquery"))
                inner = _Telling(self.speech.labels, self.speech.language)
                yield from (line.deeper() for line in inner.query(part.query))
                self.begun = True
            case t.Group():
                if len(part.parts) == 1:
                    yield from self._group(part)
                else:
                    yield _Line(say("group"))
                    yield from self._below(part)

    def _below(self, group: t.Group) -> Iterator[_Line]:
        """The lines of a group, which hang below the one before; nothing is introduced there."""
        self.begun = True
        yield from (line.deeper() for line in self._group(group))

    def _named(self, head: str, group: t.Group) -> Iterator[_Line]:
        """A head and what hangs below it, in one line where that is a single sentence."""
        below = list(self._below(group))
        if len(below) == 1:
            yield _Line(f"{head} {below[0].text}")
            return
        yield _Line(head)
        yield from below

    def _filter(self, part: t.Filter) -> Iterator[_Line]:
        condition = part.condition
        negated = isinstance(condition, t.Call) and condition.name == "!"
        if negated and isinstance(condition, t.Call):
            inner = condition.arguments[0]
            if isinstance(inner, t.Call) and inner.name == "EXISTS":
                condition = t.Call("NOT EXISTS", group=inner.group)
        if isinstance(condition, t.Call) and condition.group is not None:
            key = "exists" if condition.name == "EXISTS" else "not exists"
            yield from self._named(self.speech.say(key), condition.group)
        else:
            yield _Line(self.speech.say("filter", self.conditions.said(condition)))

    def _optional(self, group: t.Group) -> Iterator[_Line]:
        """A line where all it wants are patterns of one subject and conditions on them."""
        triples = [part for part in group.parts if isinstance(part, t.Triple)]
        filters = [part for part in group.parts if isinstance(part, t.Filter)]
        plain = all(
            not (isinstance(each.condition, t.Call) and each.condition.group) for each in filters
        )
        subjects = {triple.subject for triple in triples}
        if triples and plain and len(subjects) == 1 and (
            len(triples) + len(filters) == len(group.parts)
        ):  # fmt: skip
            said = self._statement(triples)
            if filters:
                conditions = [self.conditions.said(each.condition) for each in filters]
                said = self.speech.say("where", said, self.speech.clauses(conditions))
            yield _Line(self.speech.say("optional", said) + self.speech.say("end"))
            return
        yield _Line(self.speech.say("optional many"))
        yield from self._below(group)

    def _values(self, values: t.Values) -> Iterator[_Line]:
        say, term = self.speech.say, self.speech.term

        def cell(value: object) -> str:
            return say("undef") if value is None else term(value)

        names = [term(each) for each in values.variables]
        if not values.rows:
            yield _Line(say("no values", self.speech.listed(names)))
            return
        if len(names) == 1:
            said = [cell(row[0]) for row in values.rows]
            more = len(said) - _VALUES_MOST
            told = self.speech.listed(said) if more <= 0 else (
                say("values more", say("list").join(said[:_VALUES_MOST]), more)
            )  # fmt: skip
            yield _Line(say("value" if len(said) == 1 else "values", names[0], told))
            return
        yield _Line(say("values rows"))
        for row in values.rows[:_VALUES_MOST]:
            pairs = [say("value pair", n, cell(v)) for n, v in zip(names, row, strict=True)]
            yield _Line(self.speech.listed(pairs) + say("end"), 1)
        if len(values.rows) > _VALUES_MOST:
            yield _Line(say("values more", "…", len(values.rows) - _VALUES_MOST) + say("end"), 1)

    def _triples(self, triples: Sequence[t.Triple]) -> Iterator[_Line]:
        """Triple patterns; the first of a query introduce what it is about."""
        runs: list[list[t.Triple]] = []
        for triple in triples:
            if runs and runs[-1][0].subject == triple.subject:
                runs[-1].append(triple)
            else:
                runs.append([triple])
        for run in runs:
            if self.begun or not isinstance(run[0].subject, t.Variable):
                yield _Line(self._statement(run) + self.speech.say("end"))
            else:
                yield _Line(self._introduction(run))
            self.begun = True

    def _introduction(self, run: Sequence[t.Triple]) -> str:
        """What a query is about: “for each company ?c that is based in ?place”."""
        say, subject = self.speech.say, self.speech.term(run[0].subject)
        kind = next((triple for triple in run if _is_kind(triple)), None)
        rest = [self._clause(triple) for triple in run if triple is not kind]
        if kind is None:
            head = say("each any", subject)
        else:
            head = say("each", self.speech.term(kind.object), subject)
        said = say("each that", head, self.speech.clauses(rest)) if rest else head
        return said + say("colon")

    def _statement(self, run: Sequence[t.Triple]) -> str:
        """“?c is a company and is based in ?place”, without the full stop."""
        clauses = self.speech.clauses([self._clause(triple) for triple in run])
        said = self.speech.say("of it", self.speech.term(run[0].subject), clauses)
        return said.removesuffix(self.speech.say("end"))

    def _clause(self, triple: t.Triple) -> str:
        """What a pattern says of its subject."""
        speech, object_ = self.speech, self.speech.term(triple.object)
        predicate = triple.predicate
        if isinstance(predicate, t.Variable):
            return speech.say("any property", speech.term(predicate), object_)
        if predicate == RDF_TYPE or _is_below(predicate):
            if isinstance(triple.object, t.Variable):
                return speech.say("is any", object_) if predicate == RDF_TYPE else speech.say(
                    "path", self._path(predicate), object_)  # fmt: skip
            key = "is" if predicate == RDF_TYPE else "is below"
            return speech.say(key, speech.article(object_), object_)
        if isinstance(predicate, IRI):
            return speech.joined(predicate, object_)
        inner = predicate.parts[0] if predicate.parts else None
        if predicate.kind == "^" and isinstance(inner, IRI) and inner != RDF_TYPE:
            return speech.joined(inner, object_, backwards=True)
        return speech.say("path", self._path(predicate), object_)

    def _path(self, path: t.Path | IRI) -> str:
        say = self.speech.say
        if isinstance(path, IRI):
            return say("property", self.speech.iri(path).replace("…", " … ").strip())
        if path.kind == "!" and any(not getattr(part, "parts", True) for part in path.parts):
            return say("not path what")  # the parser lost what stood behind a ^
        parts = [self._path(part) for part in path.parts]
        if path.kind == "/":
            return say("then").join(parts)
        if path.kind == "|":
            return say("either", say("list").join(parts[:-1]), parts[-1])
        if path.kind == "^":
            deep = isinstance(path.parts[0], t.Path) and path.parts[0].kind != "^"
            return say("backwards", say("grouped words", parts[0]) if deep else parts[0])
        if path.kind == "!":
            return say("not path", self.speech.listed(parts, "last or"))
        return say(f"steps {path.kind}", parts[0])

    def _in_a_line(self, group: t.Group) -> str:
        """What a group says, in one line: for what stands within a condition."""
        end = self.speech.say("end")
        lines = [line.text.removesuffix(end) for line in self._below(group)]
        return self.speech.say("clauses").join(lines)


def _is_below(predicate: object) -> bool:
    """Whether a path is `a/rdfs:subClassOf*`: of a class or of one below it."""
    return predicate == t.Path("/", (RDF_TYPE, t.Path("*", (_BELOW,))))


def _is_kind(triple: t.Triple) -> bool:
    kind = triple.predicate == RDF_TYPE or _is_below(triple.predicate)
    return kind and isinstance(triple.object, IRI)
