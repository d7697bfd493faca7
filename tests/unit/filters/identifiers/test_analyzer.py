from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from filters.identifiers import analyzer as module
from filters.identifiers.analyzer import Analyzer
from filters.identifiers.detectors.language import Language
from filters.identifiers.entity import Label
from filters.identifiers.errors import DetectorUnavailableError, UnknownLabelError
from filters.identifiers.text import Text
from tests.fakes.detection import analyzer, marked

YAML = """
recognizers:
  - name: Badge
    supported_language: {language}
    supported_entity: {entity}
    patterns:
      - {{name: badge, regex: "BDG-\\\\d{{4}}", score: 0.9}}
"""


def test_the_canary_sings() -> None:
    analyzer().canary()


def test_every_label_of_a_person_can_be_found() -> None:
    assert {
        Label.NOM,
        Label.PRENOM,
        Label.PERSONNE,
        Label.VILLE,
        Label.HOPITAL,
        Label.ORGANISATION,
    } <= analyzer().labels()


def test_the_field_is_a_context_and_is_never_masked() -> None:
    """A common word in a field called `nom` is a name; spans are those of the value."""
    assert marked("petit", field="nom") == "[NOM:petit]"
    assert marked("rose", field="prenom") == "[PRENOM:rose]"
    assert marked("petit", field="taille") == "petit"


def test_fields_in_camel_case_are_read_as_words() -> None:
    assert marked("bois", field="nomDeNaissance") == "[NOM:bois]"


def test_names_of_tools_and_files_are_read_as_words() -> None:
    """A record's file is often called after its patient, with underscores that glue everything together."""
    text = "crh_KERMARREC_Jeanne_12031951"
    found = [text[span.start : span.end] for span in analyzer().detect(Text(text, bare=True))]
    assert found == ["KERMARREC", "Jeanne", "12031951"]


@pytest.mark.parametrize("name", ["get_weather", "summarize_note", "update_patient_record", "search_pubmed"])
def test_names_of_tools_without_a_person_stay(name: str) -> None:
    assert analyzer().detect(Text(name, bare=True)) == []


def test_invisible_characters_do_not_hide_a_name() -> None:
    """Text pasted from a PDF holds zero-width spaces and soft hyphens inside names."""
    assert marked("Mme Kowal\u00adc\u200bzyk va bien") == "Mme [NOM:Kowal\u00adc\u200bzyk] va bien"


def test_a_recogniser_that_fails_stops_everything_and_tells_no_text(monkeypatch: pytest.MonkeyPatch) -> None:
    """A partial answer would let through what the failing recogniser looks for."""

    def fail(*_: object) -> None:
        raise ValueError("Lefèvre")

    own = analyzer()
    monkeypatch.setattr(own._all[0], "analyze", fail)
    with pytest.raises(DetectorUnavailableError) as caught:
        own.detect(Text("Mme Lefèvre"))
    assert "Lefèvre" not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


def test_a_missing_model_is_said_at_once() -> None:
    with pytest.raises(DetectorUnavailableError):
        Language("fr_no_such_model")


@pytest.fixture
def light(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the analyzers of these tests share the loaded language engine."""
    monkeypatch.setattr(module, "Language", lambda: analyzer()._language)


@pytest.mark.usefixtures("light")
def test_a_hospital_adds_its_own_recognisers(tmp_path: Path) -> None:
    extra = tmp_path / "extra.yaml"
    extra.write_text(YAML.format(language="fr", entity="ID"), encoding="utf-8")
    spans = Analyzer(extra).detect(Text("badge BDG-4821 rendu"))
    assert [(span.start, span.end, span.label) for span in spans] == [(6, 14, Label.ID)]


@pytest.mark.usefixtures("light")
def test_no_structure_overrules_a_hospitals_own_recogniser(tmp_path: Path) -> None:
    """A local number in a field that the standard keeps for codes would leave, though the hospital named it."""
    extra = tmp_path / "extra.yaml"
    extra.write_text(YAML.format(language="fr", entity="ID"), encoding="utf-8")
    text = "MSH|^~\\&|DPI|BDG-4821|RIS|CHX|||ADT^A01|1|P|2.5"
    assert [text[span.start : span.end] for span in Analyzer(extra).detect(Text(text))] == ["BDG-4821"]


@pytest.mark.usefixtures("light")
@pytest.mark.parametrize(
    ("content", "error"),
    [
        (YAML.format(language="fr", entity="BADGE"), UnknownLabelError),
        (YAML.format(language="en", entity="ID"), DetectorUnavailableError),
        ("recognizers: 3", DetectorUnavailableError),
    ],
)
def test_recognisers_that_would_never_fire_are_refused(tmp_path: Path, content: str, error: type[Exception]) -> None:
    """A recogniser that is silently skipped leaves the hospital believing that its numbers are masked."""
    extra = tmp_path / "extra.yaml"
    extra.write_text(content, encoding="utf-8")
    with pytest.raises(error):
        Analyzer(extra)


def test_long_texts_are_read_to_their_end() -> None:
    """A text longer than one chunk would be masked in its first part only."""
    text = "Examen normal, rien à signaler. " * 600 + "Patient : Kowalczyk Andrzej."
    assert marked(text).endswith("Patient : [NOM:Kowalczyk] [PRENOM:Andrzej].")


WORDS = "LE DE la d' Jean KERMARREC petit M. Mme Dr patient née par II 12 A.B (2020) Parkinson et al nom : , ; - | IPP"
PIECES = [*WORDS.split(), "\n"]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=9), st.sampled_from(["", " "]))
def test_no_order_of_words_stops_the_detectors(pieces: list[str], gap: str) -> None:
    """A detector that fails closes the gateway for that text: safe, but the person gets nothing."""
    text = gap.join(pieces)
    spans = analyzer().detect(Text(text))
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(before.end <= after.start for before, after in pairwise(spans))
