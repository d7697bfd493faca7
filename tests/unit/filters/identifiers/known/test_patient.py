"""A known patient, who must not be seen by accident."""

from filters.identifiers.known.patient import KnownAddress, KnownName, KnownNumber, KnownPatient


def test_no_description_shows_a_value() -> None:
    """Catches an identity written whole into a log or a trace, by way of an object's description."""
    name, number, address = KnownName("Kerbrat", ("Ysé",)), KnownNumber("8012345679"), KnownAddress(("Kerbrat",))
    for one in (name, number, address, KnownPatient((name,), "1951-03-12", (number,), (address,))):
        assert "Kerbrat" not in repr(one)
        assert "80123" not in repr(one)
        assert "1951" not in repr(one)
