"""Where the nodes of a drawing stand: one layout, made once, the same for every face.

Nodes found by one step of a recipe are laid out together; those of a later step are placed around
them and move none of them, so that expanding one entity more leaves the picture as it was.
"""

import math
from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from triplary.view.force import Bools, Floats, Ints, make_room, spring
from triplary.view.levels import MANY, make_room_among_many, settle
from triplary.view.packing import components, frame, neighbours_of, pack

__all__ = ["place"]

LENGTH: Final = 96.0
"""How long an edge would like to be, in pixels."""
STRETCH: Final = 1.3
"""Drawings are this much wider than springs alone would make them, since labels are wide."""
CROWD: Final = 3.2
"""The ground a drawing takes is at least so many times what its nodes and labels take."""


def place(
    boxes: Sequence[tuple[float, float]],
    edges: Sequence[tuple[int, int]],
    *,
    steps: Sequence[int] = (),
    pinned: Mapping[int, tuple[float, float]] | None = None,
) -> tuple[tuple[float, float], ...]:
    """A place (x to the right, y downwards, pixels, to 0.1) for each node.

    `boxes` holds the width and height that each node takes with its label, in the order in which
    the nodes were found; `edges` pairs of their indices; `steps` the number of the step that found
    each node (0 for all where left out). The nodes of step 0 are centred on (0, 0); a pinned node
    is where it is pinned, and moves no other node of its own step or an earlier one.

    >>> place([(40, 30)], [])
    ((0.0, 0.0),)
    """
    pins = dict(pinned or {})
    if not boxes:
        return ()
    sizes = np.array(boxes, dtype=float)
    step_of = np.array(steps if len(steps) else [0] * len(boxes))
    pairs = np.array(sorted({(min(a, b), max(a, b)) for a, b in edges if a != b}), dtype=np.int64)
    pairs = pairs.reshape(-1, 2)
    places = np.zeros((len(boxes), 2))
    done = np.zeros(len(boxes), dtype=bool)
    for step in sorted(set(step_of.tolist())):
        new = step_of == step
        _place_step(places, sizes, pairs, done=done, new=new)
        done |= new
        for index, spot in pins.items():
            if done[index]:
                places[index] = spot
    return tuple((round(float(x), 1) + 0.0, round(float(y), 1) + 0.0) for x, y in places)


def _place_step(places: Floats, sizes: Floats, pairs: Ints, *, done: Bools, new: Bools) -> None:
    """Place the nodes of one step: those tied to what stands around it, the others beside it."""
    neighbours = neighbours_of(len(places), pairs[(done | new)[pairs].all(axis=1)])
    tied = sorted(
        node
        for part in components(neighbours, new)
        if any(done[near] for member in part for near in neighbours[member])
        for node in part
    )
    if tied:
        _grow(places, sizes, pairs, neighbours, done=done, tied=tied)
    standing = done.copy()
    standing[tied] = True
    loose = [part for part in components(neighbours, new) if not standing[part[0]]]
    if loose:
        pack(places, sizes, [_lay_out(part, sizes, neighbours) for part in loose], loose, standing)


def _lay_out(part: list[int], sizes: Floats, neighbours: list[list[int]]) -> Floats:
    """The places of one component around (0, 0), its longer side lying, its first node left."""
    count = len(part)
    if count == 1:
        return np.zeros((1, 2))
    at = {node: index for index, node in enumerate(part)}
    pairs = np.array([(at[a], at[b]) for a in part for b in neighbours[a] if a < b], dtype=np.int64)
    if count > MANY:
        places = _lying(settle(count, pairs, length=LENGTH))
        places[:, 0] *= STRETCH
        places = make_room_among_many(_drawn_in(places, pairs, sizes[part]), sizes[part])
        return np.asarray(places - (places.max(axis=0) + places.min(axis=0)) / 2)
    free = np.ones(count, dtype=bool)
    rounds = 110 if count <= 120 else max(45, 13000 // count)
    places = spring(
        _rings(part, neighbours), pairs, free=free, length=LENGTH, rounds=rounds, heat=0.9
    )
    places = _lying(places)
    places[:, 0] *= STRETCH
    places = make_room(_drawn_in(places, pairs, sizes[part]), sizes[part], free=free)
    return np.asarray(places - (places.max(axis=0) + places.min(axis=0)) / 2)


def _drawn_in(places: Floats, pairs: Ints, sizes: Floats) -> Floats:
    """The places drawn together until edges are as long as they should be, and no labels crowd.

    Springs among many nodes end up far longer than asked for, since all the others push.
    """
    along = places[pairs[:, 0]] - places[pairs[:, 1]]
    usual = float(np.median(np.sqrt((along * along).sum(axis=1))))
    low, high = frame(places, sizes, np.arange(len(places)))
    needed = float((sizes[:, 0] * sizes[:, 1]).sum()) * CROWD
    room = float((high - low)[0] * (high - low)[1])
    scale = min(1.0, max(LENGTH * 1.35 / (usual or 1.0), (needed / room) ** 0.5))
    return np.asarray(places * scale)


def _rings(part: list[int], neighbours: list[list[int]]) -> Floats:
    """Where springs start from: the best connected node in the middle, the others in rings.

    Each branch has an angle as wide as its share of the leaves, so that few edges cross.
    """
    root = max(part, key=lambda node: (len(neighbours[node]), -node))
    parent = {root: root}
    order = [root]
    for node in order:
        for near in neighbours[node]:
            if near not in parent:
                parent[near] = node
                order.append(near)
    leaves = dict.fromkeys(order, 0)
    for node in reversed(order):
        leaves[node] = max(leaves[node], 1)
        if node != root:
            leaves[parent[node]] += leaves[node]
    start, turn, depth = {root: 0.0}, {root: 2 * math.pi}, {root: 0}
    used = dict.fromkeys(order, 0.0)
    spots = {root: (0.0, 0.0)}
    for node in order[1:]:
        above = parent[node]
        turn[node] = turn[above] * leaves[node] / leaves[above]
        start[node] = start[above] + used[above]
        used[above] += turn[node]
        depth[node] = depth[above] + 1
        middle, radius = start[node] + turn[node] / 2, depth[node] * LENGTH * 1.2
        spots[node] = (radius * math.cos(middle), radius * math.sin(middle))
    return np.array([spots[node] for node in part])


def _lying(places: Floats) -> Floats:
    """The places turned so that they spread sideways, the first one in the upper left."""
    places = places - places.mean(axis=0)
    xx, yy = (places * places).sum(axis=0)
    xy = (places[:, 0] * places[:, 1]).sum()
    angle = 0.5 * math.atan2(2 * xy, xx - yy)
    turn = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
    turned = np.stack(
        (places[:, 0] * turn[0, 0] + places[:, 1] * turn[1, 0],
         places[:, 0] * turn[0, 1] + places[:, 1] * turn[1, 1]), axis=1,
    )  # fmt: skip
    return np.asarray(turned * np.where(turned[0] > 0, -1.0, 1.0))


def _grow(
    places: Floats, sizes: Floats, pairs: Ints, neighbours: list[list[int]],
    *, done: Bools, tied: list[int],
) -> None:  # fmt: skip
    """Place the nodes `tied` to standing ones: fanned outwards from them, then by springs."""
    standing = done.copy()
    middle = places[standing].mean(axis=0)
    fans: dict[int, list[int]] = {}
    wait = list(tied)
    while wait:
        later = []
        ready = standing.copy()
        for node in wait:
            anchors = [near for near in neighbours[node] if ready[near]]
            if not anchors:
                later.append(node)
            elif len(anchors) == 1:
                fans.setdefault(anchors[0], []).append(node)
            else:
                spot = places[anchors].mean(axis=0)
                places[node] = spot + (spot - middle) * 0.15 + np.array([0.7, 0.3]) * (node % 7)
            standing[node] = bool(anchors)
        for anchor, fan in sorted(fans.items()):
            _fan(places, anchor, fan, middle)
        fans.clear()
        wait = later
    members = np.flatnonzero(standing)
    at = np.full(len(places), -1)
    at[members] = np.arange(len(members))
    inside = pairs[standing[pairs].all(axis=1)]
    free = np.isin(members, tied)
    squeezed = places[members] / np.array([STRETCH, 1.0])
    squeezed = spring(squeezed, at[inside], free=free, length=LENGTH * 0.8, rounds=60, heat=0.5)
    spread = make_room(squeezed * np.array([STRETCH, 1.0]), sizes[members], free=free, rounds=240)
    places[members] = spread


def _fan(places: Floats, anchor: int, fan: list[int], middle: Floats) -> None:
    """Spread the nodes of a fan on arcs around their anchor, on the side away from the middle."""
    away = places[anchor] - middle
    heading = math.atan2(away[1], away[0] / STRETCH) if away.any() else 0.0
    for index, node in enumerate(fan):
        ring, seat = divmod(index, 9)
        seats = min(9, len(fan) - ring * 9)
        angle = heading + (seat + 0.5 - seats / 2) * min(0.42, 3.6 / seats)
        radius = LENGTH * (1.1 + 0.8 * ring)
        places[node] = places[anchor] + np.array(
            [radius * STRETCH * math.cos(angle), radius * math.sin(angle)]
        )
