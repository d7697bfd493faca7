"""Everything that may be written for a known patient, but names, which are read word by word (`name_forms`)."""

from collections.abc import Iterator

from filters.identifiers.known import address, birth_date, mail, number
from filters.identifiers.known.form import Form
from filters.identifiers.known.patient import KnownPatient


def forms(patient: KnownPatient) -> Iterator[Form]:
    """Yield each way to write each value."""
    yield from birth_date.forms(patient.birth_date)
    for known in patient.numbers:
        yield from number.numbers(known)
    for phone in patient.phones:
        yield from number.phones(phone)
    for written in patient.mails:
        yield from mail.forms(written)
    for place in patient.addresses:
        yield from address.forms(place)
