"""Hierarchy, circle and timeline: the same each time, with room for labels, and true."""

import itertools
import math
import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rooms.view.samples import BAIDU, CHINA, ERNIE, SUBGRAPH, entity, joined, star, three
from triplary.errors import BadParameter
from triplary.view import make
from triplary.view.axis import Axis
from triplary.view.circle import circle
from triplary.view.hierarchy import hierarchy
from triplary.view.layout import place
from triplary.view.layouts import LAYOUTS
from triplary.view.timeline import timeline, when

OTHERS = ("hierarchy", "circle", "timeline")
BEGINS = {BAIDU.iri: "2000-01-18", ERNIE.iri: "2023-03"}


def overlaps(places, boxes):
    return [
        (one, two)
        for one, two in itertools.combinations(range(len(places)), 2)
        if abs(places[one][0] - places[two][0]) < (boxes[one][0] + boxes[two][0]) / 2 - 0.2
        and abs(places[one][1] - places[two][1]) < (boxes[one][1] + boxes[two][1]) / 2 - 0.2
    ]


def some(count, edges, seed=1):
    chance = random.Random(seed)  # noqa: S311 - a graph for a test
    pairs = [(chance.randrange(count), chance.randrange(count)) for _ in range(edges)]
    return [(a, b) for a, b in pairs if a != b]


def test_there_are_four_layouts_and_another_is_refused():
    assert list(LAYOUTS) == ["force", "hierarchy", "circle", "timeline"]
    with pytest.raises(BadParameter) as caught:
        make(SUBGRAPH, layout="spiral")
    assert caught.value.message == (
        "layout does not take 'spiral': it is one of force, hierarchy, circle, timeline."
    )


@pytest.mark.parametrize("layout", OTHERS)
def test_a_pin_wins_and_moves_no_other_node(layout):
    loose = three(layout=layout, begins=BEGINS)
    pinned = three(layout=layout, begins=BEGINS, pinned={ERNIE.iri: (700, -300.04)})
    assert pinned.positions[1] == (700.0, -300.0)
    assert pinned.positions[::2] == loose.positions[::2]
    assert (pinned.pinned, loose.pinned) == ((ERNIE.iri,), ())
    assert pinned.layout == layout


@pytest.mark.parametrize("layout", OTHERS)
def test_steps_change_nothing_where_the_whole_picture_is_laid_out(layout):
    both = joined(star(8), star(5, centre="Neighbour number 2", start=50))
    assert make(both, layout=layout, found=[9, 14]) == make(both, layout=layout)


@settings(max_examples=40, deadline=None)
@given(
    st.integers(1, 14).flatmap(
        lambda count: st.tuples(
            st.just(count),
            st.lists(st.tuples(st.integers(0, count - 1), st.integers(0, count - 1)), max_size=30),
            st.lists(
                st.sampled_from(["", "1999", "2021-03", "2024-02-29", "soon"]),
                min_size=count, max_size=count,
            ),
        )
    )
)  # fmt: skip
def test_any_graph_has_room_in_every_layout(graph):
    count, edges, dates = graph
    boxes = [(60.0 + 7 * (n % 5), 30.0) for n in range(count)]
    for places in (
        hierarchy(boxes, edges, starts=[count - 1]),
        circle(boxes, edges, groups=dates),
        timeline(boxes, edges, dates=dates)[0],
    ):
        assert len(places) == count
        assert overlaps(places, boxes) == []


# Hierarchy


def test_edges_run_downwards():
    boxes = [(80.0, 40.0)] * 7
    edges = [(0, 1), (0, 2), (1, 3), (2, 3), (3, 4), (0, 4), (5, 4), (6, 3)]
    places = hierarchy(boxes, edges)
    assert all(places[a][1] < places[b][1] for a, b in edges)
    # What hangs from nothing stands right above what hangs from it.
    assert places[5][1] == places[3][1]


def test_in_a_circle_of_edges_one_runs_upwards_and_the_start_is_on_top():
    edges = [(0, 1), (1, 2), (2, 0)]
    places = hierarchy([(80.0, 40.0)] * 3, edges, starts=[1])
    assert [a for a, b in edges if places[a][1] > places[b][1]] == [0]
    assert min(range(3), key=lambda node: places[node][1]) == 1


def test_two_trees_cross_nowhere():
    boxes = [(80.0, 40.0)] * 10
    # Two parents with four children each, found in turns.
    edges = [(n % 2, n) for n in range(2, 10)]
    places = hierarchy(boxes, edges)
    crossings = [
        (one, two)
        for one, two in itertools.combinations([e for e in edges], 2)
        if one[0] != two[0]
        and (places[one[0]][0] - places[two[0]][0]) * (places[one[1]][0] - places[two[1]][0]) < 0
    ]
    assert crossings == []


def test_a_long_layer_is_broken_into_rows():
    boxes = [(110.0, 40.0)] * 61
    places = hierarchy(boxes, [(n, 0) for n in range(1, 61)])
    assert overlaps(places, boxes) == []
    assert max(x for x, _ in places) - min(x for x, _ in places) < 1300
    assert len({y for _, y in places[1:]}) == 6
    assert max(y for _, y in places[1:]) < places[0][1]


# Circle


def test_everything_is_on_one_circle_and_classes_stand_together():
    groups = [f"class {n % 4}" for n in range(30)]
    places = circle([(90.0, 40.0)] * 30, some(30, 50), groups=groups)
    radii = [(x * x + y * y) ** 0.5 for x, y in places]
    assert max(radii) - min(radii) < 0.2
    turn = sorted(range(30), key=lambda n: math.atan2(places[n][1], places[n][0]))
    changes = sum(groups[a] != groups[b] for a, b in zip(turn, turn[1:] + turn[:1], strict=True))
    assert changes == 4


def test_neighbours_are_near_on_the_circle():
    ring = list(range(24))
    random.Random(3).shuffle(ring)  # noqa: S311 - a graph for a test
    edges = [(ring[n], ring[(n + 1) % 24]) for n in range(24)]
    count = 24

    def length(places):
        return sum(
            ((places[a][0] - places[b][0]) ** 2 + (places[a][1] - places[b][1]) ** 2) ** 0.5
            for a, b in edges
        )

    unordered = circle([(60.0, 30.0)] * count, [])
    assert length(circle([(60.0, 30.0)] * count, edges)) < 0.8 * length(unordered)


def test_a_great_circle_becomes_several():
    places = circle([(58.0, 44.0)] * 3000, [])
    radii = {round((x * x + y * y) ** 0.5) for x, y in places}
    assert max(radii) < 4000
    assert len(places) == 3000


# Timeline


@pytest.mark.parametrize(
    ("date", "years"),
    [("2024", 2024.5), ("2024-03", 2024.2), ("2024-03-16", 2024.2), ("2024-13", None), ("", None)],
)
def test_a_date_is_the_middle_of_what_it_names(date, years):
    assert when(date) == (None if years is None else pytest.approx(years, abs=0.01))


def test_places_tell_dates():
    dates = ["2010-05", "2023", "2015-06-01", "", "2015-06-01", "2011"]
    boxes = [(100.0, 40.0)] * 6
    places, axis = timeline(boxes, some(6, 9), dates=dates)
    assert axis is not None
    assert overlaps(places, boxes) == []
    order = sorted((n for n in range(6) if dates[n]), key=lambda n: places[n][0])
    assert [dates[n] for n in order] == ["2010-05", "2011", "2015-06-01", "2015-06-01", "2023"]
    assert places[2][0] == places[4][0]
    assert all(axis.top < places[n][1] < axis.bottom for n in order)
    assert places[3][1] > axis.bottom
    assert axis.undated == 1
    # A tick stands where its year begins: in the middle of 2023 comes after it, before the next.
    ticks = {date: x for x, date in axis.ticks}
    assert ticks["2023"] < places[1][0]
    assert ticks["2010"] < places[0][0] < ticks["2011"] < places[5][0] < ticks["2012"]
    spans = [b - a for (a, _), (b, _) in itertools.pairwise(axis.ticks)]
    assert min(spans) >= 46


def test_long_empty_times_are_shortened_and_the_axis_says_where():
    dates = ["1636", *[f"{year}" for year in range(2010, 2025)]]
    places, axis = timeline([(100.0, 40.0)] * 16, [], dates=dates)
    assert axis is not None
    (start, end) = axis.breaks[0]
    assert len(axis.breaks) == 1
    assert places[0][0] < start < end < places[1][0]
    assert places[1][0] - places[0][0] < (places[-1][0] - places[1][0]) / 2
    assert axis.ticks[0][1] == "1636"
    assert timeline([(100.0, 40.0)] * 15, [], dates=dates[1:])[1].breaks == ()


def test_without_any_date_there_is_no_axis():
    places, axis = timeline([(100.0, 40.0)] * 4, [], dates=["", "", "", "soon"])
    assert axis is None
    assert overlaps(places, [(100.0, 40.0)] * 4) == []


def test_months_are_told_where_years_are_long():
    _, axis = timeline([(60.0, 30.0)] * 3, [], dates=["2023-01", "2023-05", "2023-12"])
    assert axis is not None
    assert {"2023", "2023-04", "2023-10"} <= {date for _, date in axis.ticks}


def test_the_view_tells_its_axis():
    told = three(layout="timeline", begins=BEGINS).to_json()
    assert (told["layout"], told["axis"]["undated"]) == ("timeline", 1)
    assert set(told["axis"]) == {"ticks", "top", "bottom", "breaks", "undated"}
    assert all(set(tick) == {"x", "date"} for tick in told["axis"]["ticks"])
    assert three().to_json()["axis"] is None
    assert [node["begins"] for node in told["nodes"]] == ["2000-01-18", "2023-03", ""]
    assert isinstance(three(layout="timeline", begins=BEGINS).axis, Axis)
    assert three(layout="timeline", begins={CHINA.iri: "soon"}).axis is None
    assert entity("China").iri == CHINA.iri


# Big pictures


def test_a_big_graph_is_placed_in_seconds_with_room_and_short_edges():
    count = 4000
    edges = [(n, n + 1) for n in range(count) if n % 80 != 79]
    edges += [(n, n + 80) for n in range(count - 80)]
    boxes = [(58.0, 44.0)] * count
    begun = time.process_time()
    places = place(boxes, edges)
    assert time.process_time() - begun < 8
    assert places == place(boxes, edges)
    lengths = sorted(
        ((places[a][0] - places[b][0]) ** 2 + (places[a][1] - places[b][1]) ** 2) ** 0.5
        for a, b in edges
    )
    across = max(x for x, _ in places) - min(x for x, _ in places)
    assert lengths[len(lengths) // 2] < across / 40
    cells = {}
    for index, (x, y) in enumerate(places):
        cells.setdefault((int(x // 60), int(y // 60)), []).append(index)
    meeting = sum(
        len(overlaps([places[n] for n in inside], [(58.0, 44.0)] * len(inside)))
        for inside in cells.values()
    )
    assert meeting < count / 50
