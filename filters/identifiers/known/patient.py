"""Who the patient is, as a tool says it: plain strings, for the time of one request."""

from dataclasses import dataclass, replace

from typing_extensions import override


@dataclass(frozen=True, slots=True, repr=False)
class KnownName:
    """One name of somebody; `text` is the whole of it, where its parts are not told apart."""

    family: str = ""
    given: tuple[str, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class KnownAddress:
    """One address; `text` is the whole of it."""

    lines: tuple[str, ...] = ()
    postal_code: str = ""
    city: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class KnownNumber:
    """One number under which somebody is filed; `system` says by whom, as an OID or an address."""

    value: str
    system: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class KnownPatient:
    """What is known of a patient; what belongs to their relatives stands with it, for it leads to them as well.

    Nothing of it is ever stored, and no description of it shows a value.
    """

    names: tuple[KnownName, ...] = ()
    birth_date: str = ""
    """`YYYY-MM-DD`, `YYYY-MM` or `YYYY`."""
    numbers: tuple[KnownNumber, ...] = ()
    addresses: tuple[KnownAddress, ...] = ()
    phones: tuple[str, ...] = ()
    mails: tuple[str, ...] = ()

    @override
    def __repr__(self) -> str:
        return "KnownPatient(…)"


def together(first: KnownPatient, *others: KnownPatient) -> KnownPatient:
    """Return one whose names, numbers, addresses and contacts are those of all; the birth date is that of the first."""
    people = (first, *others)
    return replace(
        first,
        names=tuple(name for one in people for name in one.names),
        numbers=tuple(number for one in people for number in one.numbers),
        addresses=tuple(address for one in people for address in one.addresses),
        phones=tuple(phone for one in people for phone in one.phones),
        mails=tuple(mail for one in people for mail in one.mails),
    )
