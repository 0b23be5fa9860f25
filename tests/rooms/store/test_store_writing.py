"""A write makes a new generation of processes, whole or not at all."""

import asyncio
import subprocess
import sys
import time
from pathlib import Path

import pyoxigraph as ox
import pytest

from conformance.small import SMALL, STATEMENTS
from rooms.store.pool import children, run, text
from triplary.errors import Busy, ParseError, QueryCrashed, QueryError, QueryFailed, QueryTimeout
from triplary.store.formats import FORMATS
from triplary.store.nursery import Question
from triplary.store.oxigraph import OxigraphStore, restored
from triplary.store.worker import Workers
from triplary.store.writing import Change, Document, Written, compact

COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
INSERT = "INSERT DATA { <http://x.org/a> <http://x.org/p> 1 }"
GRAPHS = frozenset(
    f"https://w3id.org/triplary/{name}"
    for name in ("graph/claims", "graph/companies", "graph/models", "graph/sources", "ontology")
)


def small(*, exact: bool = False) -> OxigraphStore:
    store = OxigraphStore(exact=exact)
    store.load(SMALL, name="small.trig", format=FORMATS["trig"])
    return store


async def write(
    workers: Workers, change: Change, *, seconds: float = 20, memory_mebibytes: int = 512
) -> Written:
    return await workers.write(
        change, seconds=seconds, memory_mebibytes=memory_mebibytes, done=lambda written: None
    )


async def count(workers: Workers) -> int:
    return int((await text(workers, COUNT)).split()[1])


def update(words: str) -> Change:
    return Change("update", words, base="http://x.org/")


@pytest.mark.parametrize("exact", [False, True])
def test_a_write_is_seen_from_then_on(exact: bool) -> None:
    async def scenario(workers: Workers) -> list[int]:
        seen = [await count(workers)]
        written = await write(workers, update(INSERT))
        assert written == Written(GRAPHS)
        return [*seen, await count(workers)]

    first = 3 if exact else STATEMENTS - 1
    assert run(scenario, small(exact=exact)) == [first, first + 1]


@pytest.mark.parametrize(
    ("change", "kind", "message"),
    [
        (
            update("INSERT DATA {\n <a> <b> }"), QueryError,
            "The update is not SPARQL at line 2, column 10: ",
        ),
        (
            update("DROP GRAPH <x>"), QueryFailed,
            "The update cannot be done: The graph <http://x.org/x> does not exist",
        ),
        (
            Change("put", graph="http://x.org/g", documents=(Document(b"a", "turtle", "a.ttl"),)),
            ParseError, "a.ttl, line 1, column 1: ",
        ),
    ],
)  # fmt: skip
def test_a_write_that_fails_changes_nothing(
    change: Change, kind: type[Exception], message: str
) -> None:
    async def scenario(workers: Workers) -> None:
        nursery = workers.nursery
        with pytest.raises(kind) as caught:
            await write(workers, change)
        assert str(caught.value).startswith(message)
        assert workers.nursery == nursery
        assert await count(workers) == STATEMENTS - 1

    run(scenario, small())


def test_a_write_is_killed_at_its_deadline() -> None:
    endless = "INSERT { ?a ?b ?f } WHERE { " + " ".join(
        f"GRAPH ?{g} {{ ?{g}s ?{g}p ?{g}o }}" for g in "abcdefg"
    ) + "}"  # fmt: skip

    async def scenario(workers: Workers) -> float:
        started = time.monotonic()
        with pytest.raises(QueryTimeout) as caught:
            await write(workers, update(endless), seconds=0.5)
        assert caught.value.hint == "write in parts, or raise write_seconds"
        took = time.monotonic() - started
        assert await count(workers) == STATEMENTS - 1
        assert len(children(workers.nursery)) == 1  # the worker that counted
        return took

    assert 0.5 <= run(scenario, small()) < 8


def test_a_write_takes_no_more_memory_than_it_may() -> None:
    many = "\n".join(
        f"<http://x.org/{n}> <http://x.org/p> '{'x' * 999} {n}' ." for n in range(40_000)
    )
    change = Change("put", graph="", documents=(Document(many.encode(), "turtle", "many.ttl"),))

    async def scenario(workers: Workers) -> None:
        with pytest.raises(QueryCrashed) as caught:
            await write(workers, change, memory_mebibytes=16)
        assert str(caught.value) == (
            "The process that did the write died; nothing was written.\n"
            "hint: it may need more than write_memory_mebibytes (16)"
        )
        assert await count(workers) == STATEMENTS - 1

    run(scenario, small())


def test_an_answer_goes_on_in_the_version_in_which_it_began() -> None:
    cube = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"

    async def scenario(workers: Workers) -> int:
        answer = await workers.ask(Question(cube, "csv", 1_000_000), seconds=30)
        before = workers.nursery
        await write(workers, update("DROP ALL"))
        assert await count(workers) == 0
        assert workers.nursery != before
        size = sum([len(chunk) async for chunk in answer])
        assert answer.rows == (STATEMENTS - 1) ** 3
        await answer.close()
        for _ in range(200):
            if not Path(f"/proc/{before}").exists():
                break
            await asyncio.sleep(0.02)
        assert not Path(f"/proc/{before}").exists()
        return size

    assert run(scenario, small()) > 1_000_000


def test_writes_are_done_one_after_the_other() -> None:
    async def scenario(workers: Workers) -> int:
        inserts = [update(f"INSERT DATA {{ <http://x.org/a> <p> {n} }}") for n in range(8)]
        await asyncio.gather(*(write(workers, each) for each in inserts))
        return await count(workers)

    assert run(scenario, OxigraphStore(exact=True)) == 8


def test_too_many_writes_are_told() -> None:
    async def scenario(workers: Workers) -> list[str]:
        inserts = [update(f"INSERT DATA {{ <http://x.org/a> <p> {n} }}") for n in range(6)]
        done = await asyncio.gather(
            *(write(workers, each) for each in inserts), return_exceptions=True
        )
        return [type(each).__name__ for each in done]

    found = run(scenario, OxigraphStore(exact=True), queue=2)
    assert found == ["Written"] * 3 + [Busy.__name__] * 3


def test_whoever_leaves_a_write_does_not_stop_it() -> None:
    async def scenario(workers: Workers) -> int:
        leaving = asyncio.ensure_future(write(workers, update(INSERT)))
        while not workers._writing.locked():
            await asyncio.sleep(0)
        leaving.cancel()
        with pytest.raises(asyncio.CancelledError):
            await leaving
        await write(workers, update("INSERT DATA { <http://x.org/b> <p> 2 }"))
        return await count(workers)

    assert run(scenario, OxigraphStore(exact=True)) == 2


def test_no_process_is_left() -> None:
    pids: list[int] = []

    async def scenario(workers: Workers) -> None:
        for _ in range(5):
            pids.append(workers.nursery)
            await count(workers)
            pids.extend(children(workers.nursery))
            await write(workers, update(INSERT))
        pids.append(workers.nursery)

    run(scenario, small())
    end = time.monotonic() + 10
    while any(Path(f"/proc/{pid}").exists() for pid in pids) and time.monotonic() < end:
        time.sleep(0.02)
    assert [pid for pid in pids if Path(f"/proc/{pid}").exists()] == []


def test_a_write_may_be_refused_when_its_turn_comes() -> None:
    def may() -> None:
        raise Busy("not now")

    async def scenario(workers: Workers) -> int:
        with pytest.raises(Busy, match="not now"):
            await workers.write(update(INSERT), seconds=9, memory_mebibytes=99, done=print, may=may)
        await write(workers, update(INSERT))
        return await count(workers)

    assert run(scenario, OxigraphStore(exact=True)) == 1


def test_a_store_on_disk_is_not_written_to(tmp_path: Path) -> None:
    store = OxigraphStore(tmp_path / "store")
    store.load(SMALL, name="small.trig", format=FORMATS["trig"])
    store.close()

    async def scenario(workers: Workers) -> None:
        with pytest.raises(QueryFailed) as caught:
            await write(workers, update(INSERT))
        assert str(caught.value) == "A store on disk is not written to while it is served."

    run(scenario, tmp_path / "store")


def may_leave_the_network() -> bool:
    script = (
        "import ctypes, sys\n"
        "libc = ctypes.CDLL(None)\n"
        "sys.exit(libc.unshare(0x40000000) != 0 and libc.unshare(0x50000000) != 0)"
    )
    return subprocess.run([sys.executable, "-c", script], stderr=subprocess.DEVNULL).returncode == 0


@pytest.mark.skipif(not may_leave_the_network(), reason="network namespaces are not allowed here")
def test_the_process_that_writes_has_no_network() -> None:
    async def scenario(workers: Workers) -> set[str]:
        await count(workers)
        here = [str(Path(f"/proc/{workers.nursery}/ns/net").readlink())]
        await write(workers, update(INSERT))
        here.append(str(Path(f"/proc/{workers.nursery}/ns/net").readlink()))
        return set(here)

    found = run(scenario, OxigraphStore(exact=True))
    assert len(found) == 1
    assert str(Path("/proc/self/ns/net").readlink()) not in found


def test_the_past_is_let_go_of_after_many_writes() -> None:
    store = ox.Store()
    quad = ox.Quad(ox.NamedNode("a:a"), ox.NamedNode("a:b"), ox.Literal("c"), ox.NamedNode("a:g"))
    store.add(quad)
    store.add_graph(ox.NamedNode("a:empty"))
    assert compact(store, 15, union=True) is store
    fresh = compact(store, 16, union=True)
    assert fresh is not store
    assert list(fresh) == [quad]
    assert {name.value for name in fresh.named_graphs()} == {"a:g", "a:empty"}


@pytest.mark.parametrize("exact", [False, True], ids=["union", "exact"])
def test_a_layout_is_as_it_was_after_a_write(exact: bool) -> None:
    store = small(exact=exact)
    store.settle()
    before = {str(quad) for quad in store.inner}
    store.layout.dissolve(store.inner)
    default = store.inner.quads_for_pattern(None, None, None, ox.DefaultGraph())
    assert len(list(default)) == 3
    store.layout.restore(store.inner)
    assert {str(quad) for quad in store.inner} == before


@pytest.mark.parametrize("exact", [False, True])
def test_a_dump_makes_the_same_store(exact: bool) -> None:
    store = small(exact=exact)

    async def scenario(workers: Workers) -> bytes:
        question = Question("", "nquads", 0, exact=exact, dump="*")
        answer = await workers.ask(question, seconds=9)
        dump = b"".join([chunk async for chunk in answer])
        await answer.close()
        return dump

    again = restored(run(scenario, store), version="0123456789ab", exact=exact)
    assert set(again.statements()) == set(store.statements())
    assert (len(again), again.version) == (STATEMENTS, "0123456789ab")
    assert again.select(COUNT) == store.select(COUNT)


def test_who_waits_for_a_worker_is_answered_from_the_version_that_was_asked() -> None:
    async def scenario(workers: Workers) -> tuple[bool, str]:
        before = await text(workers, words)
        holding = await workers.ask(Question("SELECT * { ?s ?p ?o }", "csv", 9), seconds=9)
        waiting = asyncio.ensure_future(text(workers, words))
        await asyncio.sleep(0.01)
        await write(workers, update("DROP ALL"))
        await holding.close()
        return await waiting == before, await text(workers, words)

    words = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    assert run(scenario, small(), count=1) == (True, "n\r\n0\r\n")
