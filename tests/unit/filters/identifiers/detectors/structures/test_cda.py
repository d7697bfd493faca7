"""Cda: elements and attributes by their name, in any order."""

import pytest

from tests.fakes.detection import marked


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<family>LONG</family><given>Rose</given>", "<family>[NOM:LONG]</family><given>[PRENOM:Rose]</given>"),
        (
            "<hl7:name><hl7:prefix>M.</hl7:prefix><hl7:family qualifier='BR'>BOIS</hl7:family></hl7:name>",
            "<hl7:name><hl7:prefix>M.</hl7:prefix><hl7:family qualifier='BR'>[NOM:BOIS]</hl7:family></hl7:name>",
        ),
        (
            '<patientRole><id extension="30112587" root="1.2.250.1.888.2"/></patientRole>',
            '<patientRole><id extension="[IPP:30112587]" root="1.2.250.1.888.2"/></patientRole>',
        ),
        (
            '<id root="1.2.250.1.213.1.4.8" extension="168127511604290"/>',
            '<id root="1.2.250.1.213.1.4.8" extension="[SECU:168127511604290]"/>',
        ),
        (
            "<addr><houseNumber>41</houseNumber><streetName>rue Basse</streetName><city>Long</city></addr>",
            (
                "<addr><houseNumber>[ADRESSE:41]</houseNumber><streetName>[ADRESSE:rue Basse]</streetName>"
                "<city>[VILLE:Long]</city></addr>"
            ),
        ),
        (
            '<telecom value="tel:0491335807" use="HP"/><birthTime value="19681203"/>',
            '<telecom value="tel:[TEL:0491335807]" use="HP"/><birthTime value="[DATE_NAISSANCE:19681203]"/>',
        ),
        (
            "<assignedPerson><name>Dr Jean DURANTON</name></assignedPerson>",
            "<assignedPerson><name>Dr [PRENOM:Jean] [NOM:DURANTON]</name></assignedPerson>",
        ),
        (
            "<representedOrganization><name>Les Tilleuls</name></representedOrganization>",
            "<representedOrganization><name>[HOPITAL:Les Tilleuls]</name></representedOrganization>",
        ),
        ("<patient nom='Petit' sexe='F'><x/></patient>", "<patient nom='[NOM:Petit]' sexe='F'><x/></patient>"),
        ('<name><family value="Masse"/></name>', '<name><family value="[NOM:Masse]"/></name>'),
    ],
)
def test_what_tags_hold_is_masked(text: str, expected: str) -> None:
    """Would leak names that are words, numbers and streets that only their tag names."""
    assert marked(text) == expected


def test_codes_and_roots_stay() -> None:
    text = (
        '<templateId root="1.2.250.1.213.1.1.1.1"/><code code="34112-3" displayName="Bilan" codeSystem="2.16.840.1"/>'
    )
    assert marked(text) == text


def test_the_narrative_goes_on_to_the_other_recognisers() -> None:
    """A veto over the narrative would let every name of the report leave."""
    text = "<section><title>Histoire</title><text>Maladie de Crohn. Vu par le Dr Kowalczyk.</text></section>"
    assert marked(text) == text.replace("Kowalczyk", "[NOM:Kowalczyk]")


def test_a_name_between_angle_brackets_is_no_tag() -> None:
    """A mail address in brackets would be taken for markup, and leave."""
    assert "[MAIL:rose.long@exemple.fr]" in marked("écrire à <rose.long@exemple.fr> </p>")
