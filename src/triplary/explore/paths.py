"""Paths: how are two entities connected, told by the k best simple paths.

A path costs the sum of its edges: 1 for each, more where a claim is contested, and the logarithm
of the degree of each node between, so that a way through a hub that touches everything tells
less. The search follows Yen (Management Science 17, 1971) as Lawler (Management Science 18, 1972)
divides it: the paths not yet found are split into parts that share a beginning. A part's best
cost is bounded by a table of the cheapest walks to the target within so many hops, and it is
looked at only when that bound is the least of all.
"""

import heapq
import itertools
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt

from triplary.errors import BadParameter
from triplary.explore.sieve import EVERYTHING, Sieve
from triplary.index import Index
from triplary.index.adjacency import STATED
from triplary.index.scan import Numbers
from triplary.terms import IRI, VERDICTS, Entity, Path

__all__ = ["LONGEST", "MOST_PATHS", "MOST_REQUIRED", "paths"]

LONGEST: Final = 8
MOST_PATHS: Final = 100
MOST_REQUIRED: Final = 3
MOST_PARTS: Final = 4_000
MOST_VISITS: Final = 1_000_000_000
"""How many parts are looked at, and edges visited for them, before a search gives up."""

EXTRA_COST: Final = {
    "wrong": 4.0,
    "disputed": 2.0,
    "doubtful": 2.0,
    "stale": 1.5,
    "imprecise": 1.0,
    "partly": 1.0,
    "unverifiable": 1.5,
    "not checkable": 1.5,
    "plausible": 0.5,
}
"""What an edge costs beyond 1, by verdict: one bad claim should lose to a good detour."""

Costs = npt.NDArray[np.float64]


def paths(
    index: Index,
    source: Entity,
    target: Entity,
    *,
    k: int = 5,
    longest: int = 6,
    forbid: Collection[IRI] = (),
    require: Collection[IRI] = (),
    sieve: Sieve = EVERYTHING,
) -> tuple[Path, ...]:
    """The k cheapest simple paths between two entities, edges walked either way; () if none.

    No two of them visit the same nodes in the same order. `longest` bounds the edges of a path;
    predicates of `forbid` are not walked, each of `require` is in every path, and only what the
    sieve would show is passed on the way. Equal costs are ordered by the IRIs along the path.
    Raises BadParameter for values out of bounds, and where so many walks must be looked at that
    the answer would be long in coming.
    """
    if not 1 <= k <= MOST_PATHS:
        raise BadParameter("k", k, f"from 1 to {MOST_PATHS}")
    if not 1 <= longest <= LONGEST:
        raise BadParameter("longest", longest, f"from 1 to {LONGEST}")
    if len(set(require)) > MOST_REQUIRED:
        raise BadParameter("require", len(set(require)), f"at most {MOST_REQUIRED} predicates")
    start, end = index.number(source), index.number(target)
    if start == end:
        return ()
    ways = Ways.between(index, start, end, sieve, set(forbid), sorted(set(require)))
    if ways is None:
        return ()
    found = itertools.islice(cheapest(ways, longest), k)
    return tuple(_path(index, ways, nodes) for nodes in found)


@dataclass(frozen=True, slots=True)
class Ways:
    """The edges as they may be walked, each both ways, as compressed rows by the node they leave.

    What may not be walked costs infinitely much; `bits` marks the required predicates, `full` is
    the mask of all of them.
    """

    first: npt.NDArray[np.int64]
    head: Numbers
    edge: Numbers
    cost: Costs
    bits: Numbers
    full: int
    start: int
    end: int

    @classmethod
    def between(
        cls,
        index: Index,
        start: int,
        end: int,
        sieve: Sieve,
        forbid: Collection[IRI],
        require: Sequence[IRI],
    ) -> "Ways | None":
        """The ways of a graph; None where a required predicate is not in it."""
        a, both = index.adjacency, index.both_ways
        if any(iri not in a.predicates for iri in require):
            return None
        marks = np.zeros(len(a.predicates), dtype=np.int32)
        for place, iri in enumerate(require):
            marks[a.predicates.index(iri)] = 1 << place
        extra = np.array([EXTRA_COST.get(verdict, 0.0) for verdict in (*VERDICTS, STATED)])
        banned = np.array([np.inf if iri in forbid else 0.0 for iri in a.predicates])
        by_edge = 1.0 + extra[a.verdict] + banned[a.predicate]
        by_edge[a.source == a.target] = np.inf
        if sieve.edges is not None:
            by_edge[~sieve.edges] = np.inf
        if sieve.nodes is not None:
            closed = ~sieve.nodes
            closed[[start, end]] = False
            by_edge[closed[a.source] | closed[a.target]] = np.inf
        hub = np.log(np.maximum(a.degree, 1))
        hub[[start, end]] = 0.0
        return cls(
            first=both.first,
            head=both.head,
            edge=both.edge,
            cost=_exact(by_edge[both.edge] + (hub[both.tail] + hub[both.head]) / 2.0),
            bits=marks[a.predicate[both.edge]],
            full=(1 << len(require)) - 1,
            start=start,
            end=end,
        )

    def walks(self, longest: int, closed: Sequence[int]) -> Costs:
        """The cost of the cheapest walk to the end: `[hops, mask, node]`, infinite if none.

        The walk has at most so many hops and every predicate of the mask. It does not enter a
        closed node, and enters the end only to stop there.
        """
        count = len(self.first) - 1
        table = np.full((longest + 1, self.full + 1, count), np.inf)
        table[:, 0, self.end] = 0.0
        starts = self.first[:-1]
        some = np.flatnonzero(starts < self.first[1:])
        for hop in range(1, longest + 1):
            for mask in range(self.full + 1):
                if not len(some):
                    continue
                if self.full:
                    onward = self.cost + table[hop - 1, mask & ~self.bits, self.head]
                else:
                    onward = self.cost + table[hop - 1, 0][self.head]
                best = np.minimum.reduceat(onward, starts[some])
                table[hop, mask, some] = np.minimum(best, table[hop - 1, mask, some])
                table[hop, mask, self.end] = 0.0 if mask == 0 else np.inf
                table[hop, mask, list(closed)] = np.inf
        return table

    def onward(
        self, table: Costs, node: int, mask: int, hops: int, avoid: Collection[int] = ()
    ) -> tuple[float, int, int]:
        """The cheapest step on: its bound by the table, the node it leads to, the mask after.

        A node to avoid is not entered; the bound is infinite where there is no step.
        """
        here = slice(int(self.first[node]), int(self.first[node + 1]))
        heads = self.head[here]
        if not len(heads) or hops < 1:
            return np.inf, -1, mask
        after = mask & ~self.bits[here]
        bound = self.cost[here] + table[hops - 1, after, heads]
        if avoid:
            bound = np.where(np.isin(heads, list(avoid)), np.inf, bound)
        best = int(np.argmin(bound))
        return float(bound[best]), int(heads[best]), int(after[best])

    def extend(self, reached: "Reached", tail: int, head: int) -> "Reached":
        """What a beginning comes to with one more node: the cheapest edges for each mask."""
        here = slice(int(self.first[tail]), int(self.first[tail + 1]))
        low = int(np.searchsorted(self.head[here], head)) + here.start
        high = int(np.searchsorted(self.head[here], head, side="right")) + here.start
        best: dict[int, tuple[float, tuple[int, ...]]] = {}
        for mask, (spent, edges) in reached.items():
            for place in range(low, high):
                after = mask & ~int(self.bits[place])
                cost = spent + float(self.cost[place])
                found = (cost, (*edges, int(self.edge[place])))
                if np.isfinite(cost) and (after not in best or found < best[after]):
                    best[after] = found
        return best


Reached = Mapping[int, tuple[float, tuple[int, ...]]]
"""For each mask of predicates still required, the cheapest cost and the edges that give it."""


@dataclass(frozen=True, slots=True)
class Part:
    """The paths that begin with `nodes` and do not go on to one of `barred`."""

    nodes: tuple[int, ...]
    reached: Reached
    barred: frozenset[int] = frozenset()

    def best(self, ways: Ways, table: Costs) -> tuple[float, tuple[int, ...]]:
        """A bound of the cost of this part's paths, and the walk that has it (all its nodes)."""
        hops = len(table) - len(self.nodes)
        avoid = self.barred.union(self.nodes)
        steps = (
            (spent + onward[0], onward[1], onward[2])
            for mask, (spent, _) in self.reached.items()
            for onward in [ways.onward(table, self.nodes[-1], mask, hops, avoid)]
        )
        bound, node, mask = min(steps)
        if not np.isfinite(bound):
            return np.inf, ()
        walk = [*self.nodes, node]
        while node != ways.end:
            hops -= 1
            _, node, mask = ways.onward(table, node, mask, hops)
            walk.append(node)
        return bound, tuple(walk)


@dataclass(order=True, slots=True)
class Waiting:
    """A part in the queue: by bound, those whose best walk is no path first, then by nodes."""

    bound: float
    settled: bool
    walk: tuple[int, ...]
    part: Part = field(compare=False)
    looked: bool = field(compare=False, default=False)


def cheapest(ways: Ways, longest: int) -> Iterator[tuple[int, ...]]:
    """The nodes of each simple path, the cheapest path first; of equal ones by their nodes.

    Raises BadParameter where the search would have to look at too much.
    """
    rough = ways.walks(longest, [ways.start])
    queue: list[Waiting] = []

    def put(part: Part, table: Costs, *, looked: bool = False) -> None:
        bound, walk = part.best(ways, table)
        if walk:
            settled = len(set(walk)) == len(walk)
            heapq.heappush(queue, Waiting(bound, settled, walk, part, looked))

    put(Part((ways.start,), {ways.full: (0.0, ())}), rough)
    visits = 0
    for _ in range(MOST_PARTS):
        if not queue:
            return
        first = heapq.heappop(queue)
        if first.settled:
            yield first.walk
            for part in _split(ways, first, len(first.walk) - 1):
                put(part, rough)
        elif not first.looked:
            visits += rough.size + longest * (ways.full + 1) * len(ways.head)
            if visits > MOST_VISITS:
                break
            put(first.part, ways.walks(longest, first.part.nodes), looked=True)
        else:  # a required predicate lies beside the way: only walks that turn back meet it
            begun = len(first.part.nodes)
            put(_longer(ways, first.part, first.walk[begun]), rough)
            for part in _split(ways, first, begun):
                put(part, rough)
    raise BadParameter(
        "longest", longest, "there are too many ways to try them all",
        hint="ask for shorter paths, fewer paths, or fewer required predicates",
    )  # fmt: skip


def _split(ways: Ways, waiting: Waiting, until: int) -> Iterator[Part]:
    """The other paths of a part: those that leave its walk at each node before `until`."""
    part, walk = waiting.part, waiting.walk
    barred = part.barred
    while len(part.nodes) <= until:
        step = walk[len(part.nodes)]
        yield Part(part.nodes, part.reached, barred | {step})
        part, barred = _longer(ways, part, step), frozenset()


def _longer(ways: Ways, part: Part, node: int) -> Part:
    return Part((*part.nodes, node), ways.extend(part.reached, part.nodes[-1], node))


def _path(index: Index, ways: Ways, nodes: Sequence[int]) -> Path:
    reached: Reached = {ways.full: (0.0, ())}
    for tail, head in itertools.pairwise(nodes):
        reached = ways.extend(reached, tail, head)
    cost, edges = reached[0]
    return Path(
        tuple(index.at(node) for node in nodes),
        tuple(index.edge(edge) for edge in edges),
        round(cost, 6),
    )


def _exact(costs: Costs) -> Costs:
    """Costs as multiples of 2^-20, whose sums are the same in whatever order they are added."""
    return np.round(costs * 2.0**20) / 2.0**20
