"""Hprim: lines that have no label but their place."""

from tests.fakes.detection import marked

HEADER = "000123\nLONG\nROSE\n8 rue du Port\n\n17000 LA ROCHELLE\n09/11/1944\n2441117300123 45\n"


def test_nothing_of_a_header_is_left() -> None:
    """Nothing but its place says that the second line is the patient's name."""
    assert marked(HEADER).splitlines() == [
        "[IPP:000123]",
        "[NOM:LONG]",
        "[PRENOM:ROSE]",
        "[ADRESSE:8 rue du Port]",
        "",
        "[ZIP:17000] [VILLE:LA ROCHELLE]",
        "[DATE_NAISSANCE:09/11/1944]",
        "[SECU:2441117300123 45]",
    ]


def test_the_file_and_the_correspondents_are_found() -> None:
    """The number of the stay and the codes of the doctors have no label at all, and would leave."""
    text = HEADER + "0026033\n17/03/2026\nCARDIO44 Dr PETIT PAUL\n.\nMT009 Dr LE MAIRE SOPHIE\nCher confrère,\n"
    assert marked(text).splitlines()[8:] == [
        "[NDA:0026033]",
        "[DATE:17/03/2026]",
        "[ID:CARDIO44] Dr [NOM:PETIT] [PRENOM:PAUL]",
        ".",
        "[ID:MT009] Dr [NOM:LE MAIRE] [PRENOM:SOPHIE]",
        "Cher confrère,",
    ]


def test_lines_in_another_order_are_no_header() -> None:
    assert marked("Poids\nTaille\nIMC\n") == "Poids\nTaille\nIMC\n"
