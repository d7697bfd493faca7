"""What a structure says of its codes, and how far its word goes."""

from filters.identifiers.detectors.structures.structure import Field, plain_around
from filters.identifiers.entity import Label
from tests.fakes.detection import marked


def test_what_lies_between_fields_is_plain_up_to_the_end() -> None:
    """Plain beyond the standard's last field would veto what a writer added there."""
    kept = [Field(2, 4, Label.NOM), Field(5, 6, None), Field(12, 14, Label.DATE)]
    assert list(plain_around(0, 8, kept)) == [
        Field(0, 2, None),
        Field(2, 4, Label.NOM),
        Field(4, 5, None),
        Field(6, 8, None),
        Field(12, 14, Label.DATE),
    ]


def test_a_proved_identifier_in_a_place_of_codes_is_masked() -> None:
    """A mail address typed into a coded field would leave under the veto."""
    assert "[MAIL:rose.long@exemple.fr]" in marked("PID|1||12345^^^X^PI||LONG^ROSE||19500101|rose.long@exemple.fr|")
