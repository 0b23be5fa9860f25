"""What held as of a date between the nodes of a picture, where no edge says it without a date."""

from collections.abc import Iterator
from dataclasses import replace

from triplary.explore.filters import Filters, checked_day
from triplary.explore.sketch import Sketch
from triplary.index import Index
from triplary.index.adjacency import STATED
from triplary.index.values import State
from triplary.terms import Edge, Literal

__all__ = ["dated"]


def dated(index: Index, sketch: Sketch, filters: Filters, *, all_times: bool = False) -> Sketch:
    """The sketch with an edge for each state that held between two of its nodes.

    Only where a date is asked for: without one, an edge would not say when. With `all_times` for
    those that did not hold then, too, so that it can be said how many are hidden.
    """
    if not filters.as_of:
        return sketch
    day = checked_day(filters.as_of)
    made = [
        Edge(
            state.subject, state.predicate, state.object, index.evidence.states(state.graph),
            ((state.begins, state.ends),),
        )
        for state in _between(index, sketch)
        if not isinstance(state.object, Literal)
        if all_times or (state.held(day) and _passes(state, filters))
    ]  # fmt: skip
    return replace(sketch, made=(*sketch.made, *dict.fromkeys(made))) if made else sketch


def _between(index: Index, sketch: Sketch) -> Iterator[State]:
    """The states that join two nodes and are no edge of the graph."""
    a = index.adjacency
    drawn = {a.nodes[number] for number in sketch.known(index)}
    for number in sketch.known(index):
        for state in index.states_of.get(a.nodes[number], ()):
            if (
                state.object in drawn
                and not isinstance(state.object, Literal)
                and index.ontology.is_edge(state.predicate)
                and a.find(state.subject, state.predicate, state.object) is None
            ):
                yield state


def _passes(state: State, filters: Filters) -> bool:
    return (
        filters.predicates.lets((state.predicate,))
        and filters.verdicts.lets((STATED,))
        and filters.graphs.lets((state.graph,))
    )
