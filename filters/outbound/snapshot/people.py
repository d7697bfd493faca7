"""Where a connection comes from: the gateway, a department, and the scopes of rules and exceptions it is in."""

import hashlib
import ipaddress
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

GATEWAY: Final = 1
"""The bit of the gateway's own addresses; that of the scope of rank n is `2 << n`."""

_REMEMBERED: Final = 16_384
_LONGEST: Final = 256
"""Characters above which what an engine gives for an address or a user is not remembered."""


def user_hash(user: str) -> int:
    """Return what a snapshot holds of a user: no name, yet who has the file can test a guess."""
    text = user.strip().casefold().encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(text, digest_size=8, person=b"ecluse-user").digest(), "little")


def user_hashes(user: str) -> tuple[int, ...]:
    r"""Return those of a user as the engine gives it, then without its domain or realm: `CHU\u`, `u@CHU.EXAMPLE`."""
    short = user.rpartition("\\")[2].partition("@")[0]
    return (user_hash(user),) if short in {"", user} else (user_hash(user), user_hash(short))


@dataclass(frozen=True, slots=True)
class Scope:
    """Machines and users together: who is in any of them is in it."""

    name: str
    """Of its group; empty where a rule or an exception has a scope of its own."""
    subnets: tuple[str, ...] = ()
    users: tuple[int, ...] = ()


class Networks:
    """Finds the marks of the networks that an address is in."""

    def __init__(self, networks: Iterable[tuple[str, int]]) -> None:
        """Keep networks with the mark of each, the narrowest first."""
        parsed = [(ipaddress.ip_network(text), mark) for text, mark in networks]
        parsed.sort(key=lambda one: -one[0].prefixlen)
        self._networks = [
            (network.version, int(network.network_address), int(network.netmask), mark) for network, mark in parsed
        ]

    def marks(self, source: str) -> Iterable[int]:
        """Yield the marks of the networks that hold `source`, narrowest first; none for what is no address."""
        if not self._networks:
            return
        try:
            address = ipaddress.ip_address(source.strip().partition("%")[0])
        except ValueError:
            return
        mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
        version, number = (4, int(mapped)) if mapped else (address.version, int(address))
        for kind, first, mask, mark in self._networks:
            if kind == version and number & mask == first:
                yield mark


class People:
    """Tells the scopes of a source and a user, as bits."""

    def __init__(
        self, gateway: Sequence[str], scopes: Sequence[Scope], departments: dict[str, tuple[str, ...]]
    ) -> None:
        """Prepare the look-ups; raises ValueError for what is no network."""
        named = [(subnet, 2 << rank) for rank, scope in enumerate(scopes) for subnet in scope.subnets]
        self._networks = Networks([*((subnet, GATEWAY) for subnet in gateway), *named])
        self._users: dict[int, int] = {}
        for rank, scope in enumerate(scopes):
            for user in scope.users:
                self._users[user] = self._users.get(user, 0) | (2 << rank)
        self._departments = list(departments)
        self._places = Networks(
            [(subnet, rank) for rank, subnets in enumerate(departments.values()) for subnet in subnets]
        )
        self._by_source: dict[str, int] = {}
        self._by_user: dict[str, int] = {}

    def who(self, source: str, user: str) -> int:
        """Return the bits of every scope that a connection is in."""
        bits = self._by_source.get(source)
        if bits is None:
            bits = 0
            for mark in self._networks.marks(source):
                bits |= mark
            _remember(self._by_source, source, bits)
        if not user or not self._users:
            return bits
        of_user = self._by_user.get(user)
        if of_user is None:
            of_user = 0
            for one in user_hashes(user):
                of_user |= self._users.get(one, 0)
            _remember(self._by_user, user, of_user)
        return bits | of_user

    def department(self, source: str) -> str:
        """Return the department whose network is the narrowest that holds `source`; empty if there is none."""
        found = next(iter(self._places.marks(source)), None)
        return "" if found is None else self._departments[found]


def _remember(memory: dict[str, int], key: str, bits: int) -> None:
    if len(memory) >= _REMEMBERED:
        memory.clear()
    if len(key) <= _LONGEST:
        memory[key] = bits
