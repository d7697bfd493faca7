"""What is approved is what is read."""

from pathlib import Path

import pytest

from gateway.governance import draft
from gateway.governance.draft import MOVED, digest, read_draft
from policies.inheritance import sources

MINIMAL = Path(__file__).parents[3] / "data" / "charter" / "minimal.yaml"


def site(folder: Path, group: str) -> Path:
    """Write a site's charter over the group of that name."""
    title = MINIMAL.read_text(encoding="utf-8").replace("Charte d’essai", f"Charte de {group}", 1)
    (folder / f"{group}.yaml").write_text(title, encoding="utf-8")
    file = folder / "site.yaml"
    file.write_text(f"extends: {group}.yaml\nversion: s1\n", encoding="utf-8")
    return file


def test_a_draft_names_its_files_and_their_digest(tmp_path: Path) -> None:
    file = site(tmp_path, "nord")
    read = read_draft(file, ["demo"])
    assert read.files == (file, tmp_path / "nord.yaml")
    assert read.digest == digest(read.files)
    assert read.text is not None
    assert read.text.title == "Charte de nord"


def test_a_charter_that_comes_to_extend_another_is_not_read_under_the_old_digest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Would catch: a charter over one group, approved by the digest of another group's file."""
    file = site(tmp_path, "nord")
    found = [sources(file)]
    site(tmp_path, "sud")
    monkeypatch.setattr(draft, "sources", lambda path: found.pop() if found else sources(path))
    read = read_draft(file, ["demo"])
    assert read.text is None
    assert [fault.message for fault in read.faults] == [MOVED]
    again = read_draft(file, ["demo"])
    assert again.digest != read.digest, "or the watch would not read it again"
    assert again.text is not None
    assert again.text.title == "Charte de sud"
