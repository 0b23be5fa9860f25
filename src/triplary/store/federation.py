"""Asking the endpoints that an operator has listed, for the SERVICE clauses of guests.

A guest's query makes this server send a request: so it goes to a listed address only, to a machine
on the open Internet only, follows no redirect, and ends at a deadline and a length. The name of
the endpoint is resolved here and the connection made to the address that was looked at, so that
the name cannot stand for another machine a moment later.
"""

import asyncio
import ipaddress
import json
import re
import socket
from collections.abc import Awaitable, Callable, Sequence
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from triplary.errors import BadParameter, QueryError, StoreError
from triplary.store.guard import GuestQuery
from triplary.store.services import Found, Service, blanked, replaced, services
from triplary.terms import Term

if TYPE_CHECKING:
    import httpx

__all__ = ["Federation", "is_public", "listed"]

BYTES_MOST: Final = 16 * 2**20
AT_ONCE: Final = 4
_RESULTS: Final = "application/sparql-results+json"
_VARIABLE: Final = re.compile(r"\w+")
_TYPES: Final = frozenset(("uri", "bnode", "literal", "typed-literal"))
_NAT64: Final = ipaddress.ip_network("64:ff9b::/96")

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def is_public(address: Address) -> bool:
    """Whether an address is one of the open Internet, whatever it is wrapped in.

    >>> is_public(ipaddress.ip_address("9.9.9.9")), is_public(ipaddress.ip_address("10.0.0.1"))
    (True, False)
    >>> is_public(ipaddress.ip_address("::ffff:127.0.0.1"))
    False
    """
    if isinstance(address, ipaddress.IPv6Address):
        inner = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
        if address in _NAT64:
            inner.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
        if any(each is not None and not is_public(each) for each in inner):
            return False
        if address.is_site_local:
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def listed(endpoints: Sequence[str]) -> frozenset[str]:
    """The endpoints of a list; raises BadParameter for what is no address of the web.

    >>> sorted(listed(["https://query.wikidata.org/sparql"]))
    ['https://query.wikidata.org/sparql']
    """
    if not endpoints:
        return frozenset()
    # Imported where it is used: a server that asks nobody starts without it.
    import httpx

    for endpoint in endpoints:
        try:
            parts = httpx.URL(endpoint)
        except httpx.InvalidURL:
            parts = httpx.URL("")
        if parts.scheme not in ("http", "https") or not parts.host or parts.userinfo:
            raise BadParameter(
                "allow_service", endpoint, "it is no address of an endpoint",
                hint="give each in full: https://query.wikidata.org/sparql",
            )  # fmt: skip
    return frozenset(endpoints)


async def _resolve(host: str, port: int) -> list[Address]:
    """The addresses of a host, as the system resolves it."""
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [ipaddress.ip_address(str(each[4][0]).partition("%")[0]) for each in found]


class Federation:
    """Answers SERVICE clauses from listed endpoints, each within `seconds` and `rows` rows.

    `admits` and `resolve` are for tests, whose endpoints are on this machine.
    """

    def __init__(
        self,
        endpoints: Sequence[str],
        *,
        seconds: float,
        rows: int,
        admits: Callable[[Address], bool] = is_public,
        resolve: Callable[[str, int], Awaitable[list[Address]]] = _resolve,
    ) -> None:
        """Remember whom may be asked; raises BadParameter for what is no endpoint."""
        self.endpoints = listed(endpoints)
        self.seconds, self.rows = seconds, rows
        self._admits, self._resolve = admits, resolve
        self._places = asyncio.Semaphore(AT_ONCE)

    def planned(
        self, query: str, check: Callable[[str], GuestQuery]
    ) -> tuple[GuestQuery, tuple[Service, ...]]:
        """The query as the guard passes it with its clauses left out, and these clauses.

        Raises what `check` raises, and ForbiddenQuery for an endpoint that is not listed.
        """
        clauses: tuple[Service, ...] = ()
        if self.endpoints and "SERVICE" in query.upper():
            clauses = services(query, listed=self.endpoints, rows=self.rows)
        plain = blanked(query, clauses)
        guest = check(plain)
        if clauses and guest.text != plain:
            raise QueryError(
                "An escape stands outside strings and IRIs in a query with SERVICE.", query=query,
                hint="write the character itself",
            )  # fmt: skip
        return guest, clauses

    async def filled(self, query: str, clauses: Sequence[Service]) -> str:
        """The query with its clauses as the rows that their endpoints gave, one after the other.

        Raises StoreError where one fails that is not SILENT.
        """
        return replaced(query, [(clause, await self._found(clause)) for clause in clauses])

    async def _found(self, clause: Service) -> Found | None:
        try:
            async with self._places, asyncio.timeout(self.seconds):
                body = await self._fetched(clause)
            found = await asyncio.to_thread(_read, clause.endpoint, body)
            if len(found.rows) > self.rows:
                raise StoreError(
                    f"SERVICE {clause.endpoint} has more than {self.rows:,} solutions.",
                    hint="ask it for less: name what you look for inside the SERVICE, with VALUES",
                )
        except TimeoutError:
            failure = StoreError(
                f"SERVICE {clause.endpoint} did not answer within {self.seconds:g} s.",
                hint="ask it for less, or use SERVICE SILENT to go on without it",
            )
        except StoreError as fault:
            failure = fault
        else:
            return found
        if clause.silent:
            return None
        raise failure

    async def _fetched(self, clause: Service) -> bytes:
        """The bytes of an answer in SPARQL results JSON."""
        import httpx

        url = httpx.URL(clause.endpoint)
        port = url.port or (443 if url.scheme == "https" else 80)
        address = await self._address(clause.endpoint, url.host, port)
        sent = {
            "Accept": _RESULTS, "Accept-Encoding": "identity", "User-Agent": "triplary",
            "Host": url.netloc.decode("ascii"),
        }  # fmt: skip
        try:
            # No proxy of the environment: it would look the name up once more.
            async with (
                httpx.AsyncClient(trust_env=False, timeout=None) as client,  # noqa: S113 - above
                client.stream(
                    "POST", url.copy_with(host=str(address)), data={"query": clause.query},
                    headers=sent, extensions={"sni_hostname": url.raw_host.decode("ascii")},
                ) as answer,
            ):  # fmt: skip
                return await _body(clause.endpoint, answer)
        except (httpx.HTTPError, httpx.InvalidURL) as fault:
            told = str(fault) or type(fault).__name__
            raise StoreError(f"SERVICE {clause.endpoint} does not answer: {told}") from fault

    async def _address(self, endpoint: str, host: str, port: int) -> Address:
        """An address of the host, when all it has are public."""
        try:
            addresses = await self._resolve(host, port)
        except (OSError, UnicodeError, ValueError) as fault:
            raise StoreError(f"SERVICE {endpoint}: {host} is not known.") from fault
        if not addresses or not all(map(self._admits, addresses)):
            raise StoreError(
                f"SERVICE {endpoint} is at an address that is not public.",
                hint="private networks are never asked for a guest",
            )
        return addresses[0]


async def _body(endpoint: str, answer: "httpx.Response") -> bytes:
    """The bytes of an answer, when it is one and not too long."""
    if answer.status_code != HTTPStatus.OK:
        raise StoreError(
            f"SERVICE {endpoint} answered {answer.status_code}.",
            hint="redirects are not followed: list the address that it leads to"
            if answer.is_redirect else "",
        )  # fmt: skip
    if answer.headers.get("content-encoding", "identity") != "identity":
        raise StoreError(f"SERVICE {endpoint} answered packed, which nobody asked for.")
    parts, size = [], 0
    async for part in answer.aiter_raw():
        size += len(part)
        if size > BYTES_MOST:
            raise StoreError(
                f"SERVICE {endpoint} answered more than {BYTES_MOST // 2**20} MiB.",
                hint="ask it for less",
            )
        parts.append(part)
    return b"".join(parts)


def _read(endpoint: str, body: bytes) -> Found:
    try:
        told: Any = json.loads(body)
        variables = tuple(str(name) for name in told["head"].get("vars", ()))
        if not all(map(_VARIABLE.fullmatch, variables)):
            raise ValueError("a variable that is none")
        rows = tuple(
            tuple(_term(row.get(name)) for name in variables) for row in told["results"]["bindings"]
        )
    except (AttributeError, KeyError, TypeError, ValueError, RecursionError) as fault:
        raise StoreError(
            f"SERVICE {endpoint} did not answer in SPARQL results JSON.",
            hint="is it the address of a SPARQL endpoint?",
        ) from fault
    return Found(variables, rows)


def _term(binding: Any) -> Term | None:
    if binding is not None and binding["type"] not in _TYPES:
        raise ValueError("a term of another kind")
    from triplary.store.remote import from_json

    return from_json(binding)
