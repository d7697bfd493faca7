"""Every value of an identity is sought."""

from filters.identifiers.known.forms import forms
from filters.identifiers.known.patient import KnownAddress, KnownNumber, KnownPatient


def test_every_kind_of_value_has_forms() -> None:
    """Catches a kind of value that is accepted and then forgotten."""
    patient = KnownPatient(
        birth_date="1951-03-12",
        numbers=(KnownNumber("8012345679"), KnownNumber("151033523804289")),
        addresses=(KnownAddress(("3 rue des Tannelles",), "35430", "Kerbrenec"),),
        phones=("0612345678",),
        mails=("a@b.example",),
    )
    found = {form.label.value for form in forms(patient)}
    assert found == {"DATE_NAISSANCE", "IPP", "SECU", "ADRESSE", "ZIP", "VILLE", "TEL", "MAIL"}


def test_forms_stay_few() -> None:
    """Catches an address of many titles and saints that would stop the gateway for everybody."""
    line = "1 avenue " + "saint docteur general " * 8
    patient = KnownPatient(addresses=(KnownAddress((line,) * 5, text=line),) * 5)
    assert sum(1 for _ in forms(patient)) < 10_000
