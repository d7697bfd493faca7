"""HprimSante: a laboratory's message."""

from tests.fakes.detection import marked

MESSAGE = (
    "H|~^\\&|FIC01||LAB01~LABORATOIRE DES HALLES|1 rue A~~NANTES~~44000||0240000000||CAB12~Cabinet|||2.1~L|20260317\n"
    "P|1|00012345||260012|LONG~ROSE~MARIE~~MME|MASSE|19440911|F||8 rue du Port~~LA ROCHELLE~~17000~FR||0546000000\n"
    "OBX|1|NM|718-7~Hémoglobine~LN||12.4|g/dl|12-16||||F|||202603171000\n"
)


def test_the_patients_segment_is_read_by_its_fields() -> None:
    """A surname that is a word (LONG, MASSE) has only its place to say that it is a name."""
    assert marked(MESSAGE).splitlines()[1] == (
        "P|1|[IPP:00012345]||[NDA:260012]|[NOM:LONG]~[PRENOM:ROSE]~[PRENOM:MARIE]~~MME|[NOM:MASSE]|"
        "[DATE_NAISSANCE:19440911]|F||[ADRESSE:8 rue du Port]~~[VILLE:LA ROCHELLE]~~[ZIP:17000]~FR||[TEL:0546000000]"
    )


def test_the_sender_is_masked_and_results_stay() -> None:
    """The laboratory and its address tell where the patient lives."""
    lines = marked(MESSAGE).splitlines()
    assert "[HOPITAL:LABORATOIRE DES HALLES]" in lines[0]
    assert lines[2] == "OBX|1|NM|718-7~Hémoglobine~LN||12.4|g/dl|12-16||||F|||[DATE:202603171000]"
