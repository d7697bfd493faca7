from pathlib import Path

import pytest

import filters.identifiers.tagger.model as module
from filters.identifiers.entity import Label
from filters.identifiers.errors import DetectorUnavailableError
from filters.identifiers.tagger.model import TAGS, Tagger
from tests.fakes.detection import analyzer


def copied(folder: Path, *, weights: bytes | None = None) -> Path:
    """Return a package folder with the released weights, or others."""
    data = Path(module.__file__).parent / "data"
    (folder / "data").mkdir()
    for name in ("tagger.onnx", "tagger.sha256"):
        (folder / "data" / name).write_bytes((data / name).read_bytes())
    if weights is not None:
        (folder / "data" / "tagger.onnx").write_bytes(weights)
    return folder


def loaded(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Tagger:
    monkeypatch.setattr(module.resources, "files", lambda _: folder)
    return Tagger(analyzer()._language.knowledge)


def test_altered_weights_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Catches a network that somebody taught to let a name through."""
    released = (Path(module.__file__).parent / "data" / "tagger.onnx").read_bytes()
    with pytest.raises(DetectorUnavailableError, match="not the ones that were released"):
        loaded(copied(tmp_path, weights=released[:-1] + bytes([released[-1] ^ 1])), monkeypatch)


def test_missing_weights_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(DetectorUnavailableError, match="missing"):
        loaded(tmp_path, monkeypatch)


def test_chances_are_given_for_every_token() -> None:
    marked = analyzer()._language.process_text("vu kowandec ce matin, va mieux", "fr").marked
    assert marked.chances.shape == (len(marked.tokens), len(TAGS))
    assert marked.chances.sum(axis=1) == pytest.approx(1.0, abs=1e-4)
    assert set(TAGS[1:]) == set(Label)


def test_nothing_has_no_chances() -> None:
    assert analyzer()._language.process_text("", "fr").marked.chances.shape == (0, len(TAGS))


def test_the_most_likely_token_of_a_stretch_counts() -> None:
    text = "vu kowandec ce matin"
    marked = analyzer()._language.process_text(text, "fr").marked
    assert marked.most(3, 11) == pytest.approx(1.0 - marked.chances[1, 0])
    assert marked.most(0, len(text)) >= marked.most(3, 11)
    assert marked.most(11, 12) == 0.0
