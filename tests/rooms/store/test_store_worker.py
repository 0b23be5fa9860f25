"""A guest's query runs where it can be killed: at its deadline, in a crash, when nobody listens."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from conformance.small import SMALL, STATEMENTS
from rooms.store.pool import children, forked, run, text
from triplary.errors import Busy, QueryCrashed, QueryError, QueryTimeout, StoreError
from triplary.store.formats import FORMATS
from triplary.store.nursery import CHUNK, Question
from triplary.store.oxigraph import OxigraphStore
from triplary.store.worker import Workers

COUNT = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
IN_GRAPHS = STATEMENTS - 3
COUNTED = f"n\r\n{IN_GRAPHS}\r\n"
ENDLESS = (
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n2 ?o . ?p ?q ?r }"
)
CUBE = "SELECT ?a ?d ?g { GRAPH ?x { ?a ?b ?c } GRAPH ?y { ?d ?e ?f } GRAPH ?z { ?g ?h ?i } }"
NESTED = "ASK " + "{ FILTER NOT EXISTS " * 20_000 + "{}" + "}" * 20_000
GREEDY = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } ORDER BY ?a ?d ?g ?j"


@pytest.fixture(params=["memory", "disk"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> OxigraphStore | Path:
    """What workers are forked over: a store in memory, or the folder of one on disk."""
    folder = tmp_path / "store" if request.param == "disk" else None
    store = OxigraphStore(folder)
    store.load(SMALL, name="small.trig", format=FORMATS["trig"])
    if folder is None:
        return store
    store.close()
    return folder


def test_a_query_is_answered(place: OxigraphStore | Path) -> None:
    async def scenario(workers: Workers) -> list[str]:
        return [await text(workers, COUNT), await text(workers, COUNT, "tsv")]

    assert run(scenario, place) == [COUNTED, f"?n\n{IN_GRAPHS}\n"]


def test_a_query_is_killed_at_its_deadline_and_others_are_answered_meanwhile(
    place: OxigraphStore | Path,
) -> None:
    async def scenario(workers: Workers) -> float:
        started = time.monotonic()
        endless = asyncio.ensure_future(text(workers, ENDLESS, seconds=4))
        answered = 0
        while answered < 5 or len(children(workers.nursery)) < 2:
            assert await text(workers, COUNT) == COUNTED
            answered += 1
            assert not endless.done()
        with pytest.raises(QueryTimeout) as caught:
            await endless
        took = time.monotonic() - started
        assert str(caught.value) == (
            "The query was stopped at its deadline of 4 s.\n"
            "hint: ask for less (LIMIT, fewer patterns), or raise query_seconds"
        )
        assert (caught.value.seconds, caught.value.query) == (4, ENDLESS)
        assert len(children(workers.nursery)) == 1
        assert await text(workers, COUNT) == COUNTED
        return took

    assert 4 <= run(scenario, place) < 12


@pytest.mark.parametrize("query", [NESTED, GREEDY], ids=["nested", "greedy"])
def test_a_crash_is_contained(small_store: OxigraphStore, query: str) -> None:
    async def scenario(workers: Workers) -> None:
        assert await text(workers, COUNT) == COUNTED
        with pytest.raises(QueryCrashed) as caught:
            await text(workers, query)
        assert str(caught.value) == (
            "The query's worker process died; other queries were not disturbed.\n"
            "hint: it may need more than query_memory_mebibytes (64), or nest too deep"
        )
        assert caught.value.query == query
        assert await text(workers, COUNT) == COUNTED

    run(scenario, small_store, memory_mebibytes=64)


def test_a_worker_that_is_killed_from_outside_is_told(small_store: OxigraphStore) -> None:
    async def scenario(workers: Workers) -> None:
        endless = asyncio.ensure_future(text(workers, ENDLESS))
        while not (runs := children(workers.nursery)):
            await asyncio.sleep(0.01)
        os.kill(runs[0], signal.SIGKILL)
        with pytest.raises(QueryCrashed):
            await endless
        assert await text(workers, COUNT) == COUNTED

    run(scenario, small_store)


def test_an_idle_worker_that_died_costs_one_query_only(small_store: OxigraphStore) -> None:
    async def scenario(workers: Workers) -> None:
        assert await text(workers, COUNT) == COUNTED
        os.kill(children(workers.nursery)[0], signal.SIGKILL)
        with pytest.raises(QueryCrashed):
            await text(workers, COUNT)
        assert await text(workers, COUNT) == COUNTED

    run(scenario, small_store)


def may_leave_the_network() -> bool:
    """Whether a process here may enter a network namespace of its own."""
    script = (
        "import ctypes; c = ctypes.CDLL(None);"
        " exit(c.unshare(1 << 30) != 0 and c.unshare(5 << 28) != 0)"
    )
    return subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def test_a_worker_has_no_network_even_past_the_guard(place: OxigraphStore | Path) -> None:
    if isinstance(place, Path) and not may_leave_the_network():
        pytest.skip("this system gives no network namespaces; on disk the guard stands alone")
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = listener.getsockname()[1]

        async def scenario(workers: Workers) -> str:
            query = f"SELECT * {{ SERVICE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}"
            with pytest.raises(QueryError) as caught:
                await text(workers, query, seconds=5)
            assert await text(workers, COUNT) == COUNTED
            return caught.value.message

        assert run(scenario, place).startswith("The query cannot be answered: ")
        listener.setblocking(False)
        with pytest.raises(BlockingIOError):
            listener.accept()


def test_a_worker_has_no_terminal_and_no_more_files(small_store: OxigraphStore) -> None:
    async def scenario(workers: Workers) -> tuple[str, str]:
        await text(workers, COUNT)
        (pid,) = children(workers.nursery)
        limits = Path(f"/proc/{pid}/limits").read_text()
        return str(Path(f"/proc/{pid}/fd/2").readlink()), limits

    stderr, limits = run(scenario, small_store)
    assert stderr == os.devnull
    told = {line[:26].strip(): line[26:].split()[:2] for line in limits.splitlines()}
    assert told["Max open files"] == ["0", "0"]
    assert told["Max core file size"] == ["0", "0"]
    assert told["Max address space"][0] == told["Max address space"][1] != "unlimited"


def test_a_long_answer_comes_in_chunks(place: OxigraphStore | Path) -> None:
    async def scenario(workers: Workers) -> None:
        answer = await workers.ask(Question(CUBE, "csv", 1_000_000), seconds=20)
        assert (answer.rows, answer.cut) == (None, None)
        chunks = [chunk async for chunk in answer]
        await answer.close()
        assert (answer.rows, answer.cut) == (IN_GRAPHS**3, False)
        assert b"".join(chunks).count(b"\r\n") == IN_GRAPHS**3 + 1
        assert len(chunks) > 10
        assert max(map(len, chunks)) < 2 * CHUNK
        assert await text(workers, COUNT) == COUNTED
        assert len(children(workers.nursery)) == 1

    run(scenario, place)


@pytest.mark.parametrize("format", ["json", "xml", "csv", "tsv"])
def test_a_long_answer_is_cut_where_told(small_store: OxigraphStore, format: str) -> None:
    async def scenario(workers: Workers) -> tuple[object, object, int]:
        answer = await workers.ask(Question(CUBE, format, 5000), seconds=20)
        whole = b"".join([chunk async for chunk in answer])
        await answer.close()
        rows = {"json": b'"g":', "xml": b"<result>", "csv": b"\n", "tsv": b"\n"}[format]
        return answer.rows, answer.cut, whole.count(rows) - (format in ("csv", "tsv"))

    assert run(scenario, small_store) == (5000, True, 5000)


@pytest.mark.parametrize(
    ("format", "word"),
    [
        ("turtle", "# cut after 10 triples: there are more\n"),
        ("ntriples", "# cut after 10 triples: there are more\n"),
        ("rdfxml", "<!-- cut after 10 triples: there are more -->"),
        ("jsonld", ""),
    ],
)
def test_a_graph_is_cut_where_told(small_store: OxigraphStore, format: str, word: str) -> None:
    async def scenario(workers: Workers) -> tuple[str, object, object]:
        question = Question("CONSTRUCT WHERE { ?s ?p ?o }", format, 10)
        answer = await workers.ask(question, seconds=20)
        whole = b"".join([chunk async for chunk in answer]).decode()
        await answer.close()
        return whole, answer.rows, answer.cut

    whole, rows, cut = run(scenario, small_store)
    assert (rows, cut) == (10, True)
    assert whole.endswith(word)
    read = OxigraphStore()
    assert read.load(whole.encode(), name="cut", format=FORMATS[format]) == 10


def test_an_answer_closed_early_ends_its_worker(place: OxigraphStore | Path) -> None:
    async def scenario(workers: Workers) -> None:
        answer = await workers.ask(Question(CUBE, "csv", 1_000_000), seconds=20)
        (pid,) = children(workers.nursery)
        await answer.close()
        assert children(workers.nursery) == []
        assert not Path(f"/proc/{pid}").exists()
        assert await text(workers, COUNT) == COUNTED
        await answer.close()
        # The place of the closed one is free once, not twice.
        endless = [asyncio.ensure_future(text(workers, ENDLESS, seconds=1)) for _ in range(2)]
        while len(children(workers.nursery)) < 2:
            await asyncio.sleep(0.01)
        waiting = asyncio.ensure_future(text(workers, COUNT))
        await asyncio.wait(endless)
        assert [type(task.exception()) for task in endless] == [QueryTimeout] * 2
        assert await waiting == COUNTED

    run(scenario, place)


def test_a_slow_reader_does_not_use_up_the_deadline(small_store: OxigraphStore) -> None:
    async def scenario(workers: Workers) -> int:
        answer = await workers.ask(Question(CUBE, "csv", 1_000_000), seconds=0.4)
        size = 0
        async for chunk in answer:
            size += len(chunk)
            if size < 4 * CHUNK:
                await asyncio.sleep(0.2)
        await answer.close()
        return answer.rows or 0

    assert run(scenario, small_store) == IN_GRAPHS**3


def test_a_full_queue_is_told_at_once(small_store: OxigraphStore) -> None:
    async def scenario(workers: Workers) -> None:
        running = asyncio.ensure_future(text(workers, ENDLESS, seconds=1))
        while not workers._free.locked():
            await asyncio.sleep(0)
        waiting = asyncio.ensure_future(text(workers, COUNT))
        while not workers._waiting:
            await asyncio.sleep(0)
        with pytest.raises(Busy) as caught:
            await text(workers, COUNT)
        assert str(caught.value) == (
            "1 queries are running and 1 are waiting.\nhint: try again in some seconds"
        )
        assert not running.done()
        with pytest.raises(QueryTimeout):
            await running
        assert await waiting == COUNTED

    run(scenario, small_store, count=1, queue=1)


def test_one_who_waits_and_leaves_frees_the_queue(small_store: OxigraphStore) -> None:
    async def scenario(workers: Workers) -> None:
        running = asyncio.ensure_future(text(workers, ENDLESS, seconds=0.5))
        while not workers._free.locked():
            await asyncio.sleep(0)
        waiting = asyncio.ensure_future(text(workers, COUNT))
        while not workers._waiting:
            await asyncio.sleep(0)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        assert workers._waiting == 0
        with pytest.raises(QueryTimeout):
            await running
        assert await text(workers, COUNT) == COUNTED

    run(scenario, small_store, count=1, queue=1)


def test_a_query_that_is_cancelled_ends_its_worker(small_store: OxigraphStore) -> None:
    async def scenario(workers: Workers) -> None:
        assert await text(workers, COUNT) == COUNTED
        (first,) = children(workers.nursery)
        endless = asyncio.ensure_future(text(workers, ENDLESS))
        while workers.now.idle:
            await asyncio.sleep(0.01)
        endless.cancel()
        with pytest.raises(asyncio.CancelledError):
            await endless
        assert first not in children(workers.nursery)
        assert await text(workers, COUNT) == COUNTED

    run(scenario, small_store, count=1)


def test_who_leaves_while_a_worker_is_made_leaves_it_to_the_next(
    small_store: OxigraphStore,
) -> None:
    async def scenario(workers: Workers) -> None:
        for _ in range(5):
            leaving = asyncio.ensure_future(text(workers, ENDLESS))
            while not workers._lasting:
                await asyncio.sleep(0)
            leaving.cancel()
            with pytest.raises(asyncio.CancelledError):
                await leaving
            assert await text(workers, COUNT) == COUNTED
            (only,) = children(workers.nursery)
            (idle,) = workers.now.idle
            assert idle.pid == only
            await workers.now.kill(workers.now.idle.pop())

    run(scenario, small_store, count=1)


def test_who_leaves_twice_while_a_worker_is_killed_still_has_it_killed(
    small_store: OxigraphStore,
) -> None:
    async def scenario(workers: Workers) -> None:
        assert await text(workers, COUNT) == COUNTED
        (first,) = children(workers.nursery)
        leaving = asyncio.ensure_future(text(workers, ENDLESS))
        while workers.now.idle:
            await asyncio.sleep(0.01)
        leaving.cancel()
        while not workers._lasting:
            await asyncio.sleep(0)
        leaving.cancel()
        with pytest.raises(asyncio.CancelledError):
            await leaving
        assert await text(workers, COUNT) == COUNTED
        assert first not in children(workers.nursery)

    run(scenario, small_store, count=1)


def test_no_process_is_left_after_close(place: OxigraphStore | Path) -> None:
    async def scenario(workers: Workers) -> list[int]:
        answer = await workers.ask(Question(CUBE, "csv", 1_000_000), seconds=20)
        await text(workers, COUNT)
        pids = [workers.nursery, *children(workers.nursery)]
        assert len(pids) == 3
        workers.close()
        with pytest.raises(StoreError):
            await answer.close()
        return pids

    pids = run(scenario, place)
    assert [pid for pid in pids if Path(f"/proc/{pid}").exists()] == []


def test_a_pool_without_its_nursery_says_so(small_store: OxigraphStore) -> None:
    workers = forked(small_store)
    os.kill(workers.nursery, signal.SIGKILL)

    async def scenario() -> None:
        with pytest.raises(StoreError, match="The process that starts query workers is gone"):
            await text(workers, COUNT)

    asyncio.run(scenario())
    workers.close()


def test_a_fault_in_the_query_is_told_with_its_place(small_store: OxigraphStore) -> None:
    async def scenario(workers: Workers) -> QueryError:
        with pytest.raises(QueryError) as caught:
            await text(workers, "SELECT ?s {\n ?s ?p ?o ")
        assert len(children(workers.nursery)) == 1
        assert await text(workers, COUNT) == COUNTED
        return caught.value

    error = run(scenario, small_store)
    assert (error.line, error.column) == (2, 11)
    assert error.message.startswith("The query is not SPARQL at line 2, column 11: ")


def test_the_graphs_of_a_question_stand_in_for_the_union(small_store: OxigraphStore) -> None:
    graph = "https://w3id.org/triplary/graph/"
    everything = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"

    async def scenario(workers: Workers) -> list[str]:
        return [
            await text(workers, everything),
            await text(workers, everything, exact=True),
            await text(workers, everything, default_graphs=(graph + "claims",)),
            await text(workers, COUNT, default_graphs=(graph + "claims",)),
            await text(workers, COUNT, named_graphs=(graph + "claims",)),
            await text(workers, everything, named_graphs=(graph + "claims",)),
        ]

    counts = [answer.split()[1] for answer in run(scenario, small_store)]
    assert counts == [str(STATEMENTS - 1), "3", "9", "0", "9", "0"]
