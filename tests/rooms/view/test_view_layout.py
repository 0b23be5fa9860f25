"""The layout: deterministic, roomy, and steady when something is added."""

import itertools
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rooms.view.samples import entity, joined, star
from triplary.terms import Subgraph
from triplary.view import make
from triplary.view.layout import place


def overlaps(places, boxes):
    return [
        (one, two)
        for one, two in itertools.combinations(range(len(places)), 2)
        if abs(places[one][0] - places[two][0]) < (boxes[one][0] + boxes[two][0]) / 2 - 0.2
        and abs(places[one][1] - places[two][1]) < (boxes[one][1] + boxes[two][1]) / 2 - 0.2
    ]


def test_the_same_graph_has_the_same_drawing_in_a_fresh_process():
    script = (
        "import json; from triplary.view import make; from rooms.view.samples import joined, star;"
        "two = joined(star(20), star(9, centre='Neighbour number 3', start=30));"
        "print(json.dumps(make(two, verb='expand', found=[21, 30]).positions))"
    )
    tests = Path(__file__).parents[2]
    path = os.pathsep.join([str(tests), str(tests.parent / "src")])
    drawings = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": path},
            capture_output=True, text=True, check=True,
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    two = joined(star(20), star(9, centre="Neighbour number 3", start=30))
    here = make(two, verb="expand", found=[21, 30]).positions
    assert [json.loads(drawing) for drawing in drawings] == [[list(spot) for spot in here]]


@pytest.mark.parametrize("rays", [1, 5, 12, 30, 60])
def test_labels_have_room(rays):
    boxes = [(90.0, 44.0)] * (rays + 1)
    places = place(boxes, [(0, ray) for ray in range(1, rays + 1)])
    assert overlaps(places, boxes) == []


def test_components_are_packed_side_by_side():
    boxes = [(90.0, 44.0)] * 40
    edges = [(n, n + 1) for n in range(0, 24, 3)] + [(n, n + 2) for n in range(0, 24, 3)]
    places = place(boxes, edges)
    assert overlaps(places, boxes) == []
    wide = max(x for x, _ in places) - min(x for x, _ in places)
    high = max(y for _, y in places) - min(y for _, y in places)
    assert 0.7 < wide / high < 4


def test_the_drawing_is_centred_and_in_tenths_of_a_pixel():
    places = place([(40.0, 30.0)] * 9, [(0, n) for n in range(1, 9)])
    assert max(x for x, _ in places) == pytest.approx(-min(x for x, _ in places), abs=0.11)
    assert max(y for _, y in places) == pytest.approx(-min(y for _, y in places), abs=0.11)
    assert all(round(value, 1) == value for spot in places for value in spot)


def test_a_later_step_moves_nothing_of_an_earlier_one():
    before = make(star(25), verb="expand", found=[26])
    both = joined(star(25), star(25, centre="Neighbour number 4", start=100))
    after = make(both, verb="expand", found=[26, 51])
    assert after.positions[:26] == before.positions
    third = joined(both, star(10, centre="Neighbour number 110", start=200))
    assert make(third, verb="expand", found=[26, 51, 61]).positions[:51] == after.positions


def test_a_hub_found_later_moves_nothing_either():
    before = star(30)
    both = joined(before, star(60, centre="Neighbour number 4", start=100))
    first = make(before, verb="expand", found=[31])
    assert make(both, verb="expand", found=[31, 91]).positions[:31] == first.positions


def test_the_steps_of_an_expansion_are_guessed_from_what_was_asked():
    both = joined(star(25), star(25, centre="Neighbour number 4", start=100))
    asked = [entity("Centre").iri, entity("Neighbour number 4").iri]
    guessed = make(both, verb="expand", asked=asked)
    assert guessed.positions == make(both, verb="expand", found=[26, 51]).positions
    assert guessed.positions != make(both, verb="rank", asked=asked).positions


def test_nodes_of_a_later_step_have_room_too():
    before = star(15)
    both = joined(before, star(15, centre="Neighbour number 4", start=100))
    boxes = [(110.0, 44.0)] * 31
    at = {node.iri: index for index, node in enumerate(both)}
    edges = [(at[edge.subject], at[edge.object]) for edge in both.edges]
    places = place(boxes, edges, steps=[0] * 16 + [1] * 15)
    later = [pair for pair in overlaps(places, boxes) if pair[1] >= 16]
    assert later == []


def test_a_pinned_node_stands_where_it_was_put_and_moves_no_other_of_its_step():
    graph = star(12)
    loose = make(graph)
    moved = entity("Neighbour number 7").iri
    pinned = make(graph, pinned={moved: (500.0, -400.0), entity("Stranger").iri: (0.0, 0.0)})
    assert pinned.positions[8] == (500.0, -400.0)
    assert [spot for i, spot in enumerate(pinned.positions) if i != 8] == [
        spot for i, spot in enumerate(loose.positions) if i != 8
    ]


def test_what_is_found_around_a_pinned_node_is_placed_around_it():
    both = joined(star(5), star(4, centre="Neighbour number 2", start=50))
    moved = entity("Neighbour number 2").iri
    view = make(both, found=[6, 10], pinned={moved: (3000.0, 2000.0)})
    assert all(abs(x - 3000) < 600 and abs(y - 2000) < 600 for x, y in view.positions[6:])


@settings(max_examples=40, deadline=None)
@given(
    st.integers(1, 14).flatmap(
        lambda count: st.tuples(
            st.just(count),
            st.lists(st.tuples(st.integers(0, count - 1), st.integers(0, count - 1)), max_size=30),
            st.lists(st.integers(0, 2), min_size=count, max_size=count),
        )
    )
)
def test_any_graph_gets_a_finite_place_for_each_node(graph):
    count, edges, steps = graph
    places = place([(60.0, 30.0)] * count, edges, steps=steps)
    assert len(places) == count
    assert all(abs(value) < 1e5 for spot in places for value in spot)


def test_nothing_has_no_places():
    assert place([], []) == ()
    assert make(Subgraph()).positions == ()
