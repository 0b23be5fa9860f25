"""The recipe of a picture besides its beginning: what is opened in it, and what it may show.

Names are said as people say them; here they become the values that `explore` takes.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final, TypeAlias, TypedDict, TypeVar

from triplary.errors import BadParameter
from triplary.explore import HELPING, Choice, Filters, Helping, Range
from triplary.explore.filters import UNFILTERED, checked_day
from triplary.index import Index
from triplary.terms import IRI, Entity, Node

__all__ = ["Drawing", "Name", "Opened", "Pairs", "Recipe", "helped", "loose", "placed", "told"]

Name: TypeAlias = str | IRI | Entity
Opened: TypeAlias = Name | tuple[Name, str] | tuple[Name, str, int | None]
"""An entity to open: a name, `NAME,RELATION,COUNT`, or the same as a tuple."""
Limits: TypeAlias = str | tuple[Name, object, object]
"""`PROPERTY,LOW,HIGH`, or the same as a tuple; either end may be empty."""
Pairs: TypeAlias = tuple[tuple[str, str], ...]

_OPENED: Final = re.compile(r"(.+),(\^?[^,]*),(\d*)", re.DOTALL)
_RANGE: Final = re.compile(r"(.+),([^,]*),([^,]*)", re.DOTALL)
_PLACE: Final = re.compile(r"(.+),(-?\d+(?:\.\d+)?),(-?\d+(?:\.\d+)?)(,loose)?", re.DOTALL)
_Value = TypeVar("_Value")


class Drawing(TypedDict, total=False):
    """What every verb that draws takes besides; a value led by `-` is left out.

    `open` opens entities in what was found, in order: `"Baidu"`, or `"Baidu,^developedBy,5"` for
    five more that are developed by it. `classes` (a class below counts), `predicates`, `graphs`
    and `verdicts` (or `stated`) hold while the picture is found; so do `ranges`, as
    `"parameters,1e9,"`. `as_of` is a year, a month or a day; `without` are hidden entities,
    `only` hides all others. `helping` is how many new nodes what is opened brings at most, where
    it does not say.
    """

    open: Iterable[Opened]
    classes: Iterable[Name]
    predicates: Iterable[Name]
    graphs: Iterable[Name]
    verdicts: Iterable[str]
    ranges: Iterable[Limits]
    as_of: str
    without: Iterable[Name]
    only: Iterable[Name]
    helping: int


@dataclass(frozen=True, slots=True)
class Recipe:
    """What is opened, in order, and what may be shown."""

    helpings: tuple[Helping, ...] = ()
    filters: Filters = UNFILTERED
    helping: int = HELPING

    @classmethod
    def of(
        cls,
        index: Index,
        entity: Callable[[Name], Entity],
        *,
        open: Iterable[Opened] = (),
        classes: Iterable[Name] = (),
        predicates: Iterable[Name] = (),
        graphs: Iterable[Name] = (),
        verdicts: Iterable[str] = (),
        ranges: Iterable[Limits] = (),
        as_of: str = "",
        without: Iterable[Name] = (),
        only: Iterable[Name] = (),
        helping: int = HELPING,
    ) -> "Recipe":
        """The recipe of words; raises NotFound, Ambiguous or BadParameter for one that is none."""
        if as_of:
            checked_day(str(as_of))
        return cls(
            tuple(helped(index, entity, each) for each in open),
            Filters(
                classes=_choice(classes, index.classes.named),
                predicates=_choice(predicates, index.properties.named),
                graphs=_choice(graphs, index.named_graphs.named),
                verdicts=_choice(verdicts, str),
                ranges=tuple(_range(index, each) for each in ranges),
                as_of=str(as_of),
                nodes=Choice(
                    tuple(entity(name).iri for name in only),
                    tuple(entity(name).iri for name in without),
                ),
            ),
            helping,
        )

    def opened(self) -> Pairs:
        """What is opened, as parameters of a view."""
        return tuple(("open", told(helping)) for helping in self.helpings)

    def pairs(self) -> Pairs:
        """The filters but the time, as parameters: whole IRIs, led by `-` where left out."""
        filters = self.filters
        found: list[tuple[str, str]] = []
        for name, choice in (
            ("class", filters.classes),
            ("predicate", filters.predicates),
            ("graph", Choice(*map(_graphs_told, (filters.graphs.only, filters.graphs.without)))),
            ("verdict", filters.verdicts),
        ):
            found += [(name, str(value)) for value in choice.only]
            found += [(name, f"-{value}") for value in choice.without]
        found += [("range", f"{r.property},{r.low},{r.high}") for r in filters.ranges]
        found += [("without", str(node)) for node in filters.nodes.without]
        found += [("only", str(node)) for node in filters.nodes.only]
        return tuple(found)

    def words(self, index: Index) -> tuple[Entity, ...]:
        """An entity for each word of the filters, so that a face can say them."""
        filters = self.filters
        kinds = (*filters.classes.only, *filters.classes.without)
        properties = (
            *filters.predicates.only,
            *filters.predicates.without,
            *(range_.property for range_ in filters.ranges),
            *(helping.predicate for helping in self.helpings if helping.predicate),
        )
        sources = map(index.evidence.source, (*filters.graphs.only, *filters.graphs.without))
        return (
            *map(index.word, dict.fromkeys((*kinds, *properties))),
            *(Entity(source.graph, source.titles) for source in sources if source.graph),
            *map(index.entity, dict.fromkeys((*filters.nodes.only, *filters.nodes.without))),
        )


def helped(index: Index, entity: Callable[[Name], Entity], opened: Opened) -> Helping:
    """The helping that someone asks for."""
    name, relation, count = _parts(opened)
    inverse = relation.startswith("^")
    word = relation.removeprefix("^").strip()
    return Helping(
        entity(name),
        index.properties.named(word) if word else None,
        inverse if relation else None,
        count,
    )


def _parts(opened: Opened) -> tuple[Name, str, int | None]:
    if isinstance(opened, tuple):
        name, relation, count = (*opened, None)[:3]
        return name, relation, count
    found = _OPENED.fullmatch(opened) if isinstance(opened, str) else None
    if found is None:
        return opened, "", None
    return found[1], found[2], int(found[3]) if found[3] else None


def told(helping: Helping) -> str:
    """A helping as a parameter: `IRI`, or `IRI,RELATION,COUNT`.

    >>> told(Helping(Entity(IRI("id:Baidu")), IRI("tri:developedBy"), True, 5))
    'id:Baidu,^tri:developedBy,5'
    """
    relation = ("^" if helping.inverse else "") + str(helping.predicate or "")
    if not relation and helping.count is None:
        return str(helping.entity.iri)
    return f"{helping.entity.iri},{relation},{'' if helping.count is None else helping.count}"


def placed(entity: Callable[[Name], Entity], text: str) -> tuple[Node, tuple[float, float]]:
    """A node and the place someone put it at, of `NAME,x,y` or `NAME,x,y,loose`."""
    found = _PLACE.fullmatch(text)
    if found is None:
        raise BadParameter("at", text, "it is a name and two numbers", hint="at=Baidu,120,-40")
    return entity(found[1]).iri, (float(found[2]), float(found[3]))


def loose(entity: Callable[[Name], Entity], texts: Iterable[str]) -> frozenset[Node]:
    """The nodes of `NAME,x,y,loose`: they stand there too, but nobody pinned them."""
    return frozenset(placed(entity, each)[0] for each in texts if each.endswith(",loose"))


def _choice(names: Iterable[Name], named: Callable[[str], _Value]) -> Choice[_Value]:
    """The values that pass and those left out, each once, in order."""
    texts = [str(name.iri) if isinstance(name, Entity) else str(name) for name in names]
    only = [named(text) for text in texts if not text.startswith("-")]
    without = [named(text[1:]) for text in texts if text.startswith("-")]
    return Choice(tuple(dict.fromkeys(only)), tuple(dict.fromkeys(without)))


def _range(index: Index, limits: Limits) -> Range:
    if isinstance(limits, tuple):
        name, low, high = limits
    else:
        found = _RANGE.fullmatch(limits)
        if found is None:
            raise BadParameter(
                "range", limits, "it is a property and two ends", hint="range=releaseDate,2020,"
            )
        name, low, high = found.groups()
    texts = ["" if end is None else str(end).strip() for end in (low, high)]
    if not any(texts):
        raise BadParameter(
            "range", str(name), "both its ends are empty", hint="range=releaseDate,2020,"
        )
    return Range(index.properties.named(str(name)), *texts)


def _graphs_told(graphs: Iterable[Node | None]) -> tuple[str, ...]:
    return tuple("default" if graph is None else str(graph) for graph in graphs)
