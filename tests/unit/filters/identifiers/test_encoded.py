"""Base64 inside texts."""

import base64

import pytest

from filters.identifiers.encoded import encoded
from tests.fakes.detection import marked

NOTE = "Mme Jeanne Kowalczyk, née le 12/03/1951, sort demain."


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1"])
def test_an_encoded_name_does_not_leave(encoding: str) -> None:
    """A model decodes base64: the name would be as readable as in clear."""
    hidden = base64.b64encode(NOTE.encode(encoding)).decode()
    assert marked(f"pièce : {hidden} fin") == f"pièce : [ID:{hidden}] fin"


def test_wrapped_lines_are_one_run() -> None:
    """A mail wraps its attachment; the name in the second line would leave."""
    hidden = base64.encodebytes((NOTE * 4).encode()).decode().strip()
    assert [run.text for run in encoded(f"a\n{hidden}\nb")] == [NOTE * 4]


def test_encoded_text_without_an_identifier_stays() -> None:
    text = base64.b64encode("Le patient est stable, apyrétique, sortie prévue.".encode()).decode()
    assert marked(f"note : {text} fin") == f"note : {text} fin"


def test_what_cannot_be_read_is_masked() -> None:
    """A scanned letter names its patient, and nobody can tell here."""
    assert [run.text for run in encoded(base64.b64encode(bytes(range(130, 250))).decode())] == [None]


def test_a_pdf_in_a_message_is_masked() -> None:
    """A PDF opens with readable signs, and holds the whole letter behind them."""
    hidden = base64.b64encode(b"%PDF-1.4 5 0 obj <</Length 6 0 R/Filter /FlateDecode>>").decode()
    text = f"OBX|1|ED|PDF^Doc^L||^application^pdf^Base64^{hidden}||||||F"
    assert marked(text) == text.replace(hidden, f"[ID:{hidden}]")


@pytest.mark.parametrize(
    "text",
    [
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "https://exemple.fr/upload/docs/Application/Pdf2018/recommandations/Reco2021/fiche",
        "MKTAYIAKQRQISFVKSHFSRQLEERLGLIEVQAPILSRVGDGTQDNLSGAEKAVQVKVKALPDAQ",
    ],
)
def test_hashes_paths_and_sequences_stay(text: str) -> None:
    assert list(encoded(text)) == []
