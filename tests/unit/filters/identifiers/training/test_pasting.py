"""Templates filled for other networks: every one of them, and the same texts each time."""

from pathlib import Path

import pytest

from filters.identifiers.training import pasting
from filters.identifiers.training.templates import templates


def test_each_template_is_filled_twice_and_nothing_of_its_form_is_left() -> None:
    """Would catch: another network that learns the signs of templates rather than clinical text."""
    texts = list(pasting.texts())
    assert len(texts) == 2 * len(templates()) > 1000
    assert not [text for text in texts if "{{" in text or "%%" in text]


def test_the_file_is_one_text_a_line_and_always_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    for name in ("a", "b"):
        monkeypatch.setattr("sys.argv", ["pasting", str(tmp_path / name)])
        pasting.main()
        made.append((tmp_path / name).read_text("utf-8"))
    lines = made[0].splitlines()
    assert made[0] == made[1]
    assert len(lines) == len(set(lines)) > 1000
    assert all(line.strip() for line in lines)
