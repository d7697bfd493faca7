"""What no entry of a list may cut: whole extensions, hosts that many share, and names that a hospital cannot miss."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Annotated, Final

from publicsuffixlist import PublicSuffixList
from pydantic import Field, StringConstraints

from config.reading import Reading, read_yaml
from config.section import Line, Section
from filters.outbound.errors import BadNameError
from filters.outbound.names import canonical, is_address, suffixes

NEVER_BLOCK: Final = Path(__file__).parent / "data" / "never_block.yaml"
SHARED_HOSTS: Final = Path(__file__).parent / "data" / "shared_hosts.yaml"


class Group(Section):
    """Names that stand in a list for the same reason."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,47}$")]
    why: Line
    """The end of a French sentence, without its point."""
    domains: tuple[Line, ...] = Field(min_length=1)


class Groups(Section):
    """The file of a guard."""

    groups: tuple[Group, ...] = Field(min_length=1)


@dataclass(frozen=True)
class Guards:
    """Judges entries. Names are canonical; each mapping says why, in French."""

    never: Mapping[str, str]
    """Names that stay reachable, with all that is below them."""
    shared: Mapping[str, str]
    """Names that carry much else; what is below them may be listed."""

    def protector(self, name: str) -> str:
        """Return the never-block name that a canonical name is or stands below; empty if there is none."""
        never = self.never
        return next((above for above in suffixes(name) if above in never), "")

    def protecting(self, names: Iterable[str], why: str) -> "Guards":
        """Return guards that also never let `names` be cut: a hospital's own, such as its sanctioned routes.

        Raises BadNameError.
        """
        return replace(self, never={**{canonical(name): why for name in names}, **self.never})

    def objection(self, domain: str) -> str:
        """Return in French why `domain` may not be an entry of a list, in one sentence; empty if it may."""
        try:
            name = canonical(domain)
        except BadNameError:
            return f"« {shown(domain)} » n’est pas un nom de domaine."
        if is_address(name):
            return f"« {name} » est une adresse, que plusieurs sites peuvent partager : écrivez un nom de domaine."
        if _extensions().is_public(name):
            return f"« {name} » est une extension : cette entrée couperait tous les sites dont le nom s’y termine."
        return self._cut(name) if name in self._cutting else self._useless(name)

    @cached_property
    def _cutting(self) -> Mapping[str, str]:
        """Return what is, or stands above, a guarded name, with one name that it would cut."""
        found: dict[str, str] = {}
        for name in (*self.never, *self.shared):
            for above in suffixes(name):
                found.setdefault(above, name)
        return found

    def _cut(self, name: str) -> str:
        if name in self.never:
            return f"« {name} » ne doit jamais être bloqué : {self.never[name]}."
        if name in self.shared:
            return f"« {name} » est partagé : {self.shared[name]} ; écrivez le nom exact du service."
        below = self._cutting[name]
        if below in self.never:
            return f"« {name} » couperait « {below} », qui ne doit jamais être bloqué : {self.never[below]}."
        return f"« {name} » couperait « {below} », qui est partagé : {self.shared[below]}."

    def _useless(self, name: str) -> str:
        above = self.protector(name)
        if not above:
            return ""
        return (
            f"« {name} » est sous « {above} », qui ne doit jamais être bloqué : {self.never[above]} ; "
            "cette entrée resterait sans effet."
        )


@lru_cache(maxsize=1)
def load_guards() -> Guards:
    """Return the guards of this project; raises FaultsError."""
    never, shared = guarded(NEVER_BLOCK), guarded(SHARED_HOSTS)
    never.faults += shared.faults
    never.result()
    return Guards(_reasons(never), _reasons(shared))


def objection(domain: str, *, guards: Guards | None = None) -> str:
    """Return in French why `domain` may not be an entry of a list, in one sentence; empty if it may."""
    return (guards or load_guards()).objection(domain)


def guarded(path: Path) -> Reading[Groups]:
    """Return the file of a guard, with its faults; also those of its names."""
    reading = read_yaml(path, Groups)
    seen: set[str] = set()
    for index, group in reading.entries("groups", Group):
        for rank, domain in enumerate(group.domains):
            place = ("groups", index, "domains", rank)
            try:
                name = canonical(domain)
            except BadNameError:
                reading.add(place, f"« {shown(domain)} » n’est pas un nom de domaine.")
                continue
            if name in seen:
                reading.add(place, f"« {name} » est écrit deux fois : gardez-en un seul.")
            seen.add(name)
    return reading


def shown(text: str) -> str:
    """Return what somebody wrote for a name, fit to be quoted: one line, printable, short."""
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text[:100])


def _reasons(reading: Reading[Groups]) -> dict[str, str]:
    return {canonical(domain): group.why for group in reading.result().groups for domain in group.domains}


@lru_cache(maxsize=1)
def _extensions() -> PublicSuffixList:
    """Return what registries sell names under. Suffixes of hosting firms (`hf.space`) are names like others here."""
    return PublicSuffixList(only_icann=True)
