"""What a policy and its lists become."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from filters.outbound.decision import Status
from filters.outbound.errors import FeedUnreadableError
from filters.outbound.snapshot.people import user_hash
from tests.fakes.outbound_policies import list_of, snapshot

OWN: dict[str, Any] = {
    "id": "local", "name": "Local", "vendor": "V", "country": "FR", "category": "chat",
    "domains": ["Local.Example", "beta.bavard.example"], "reviewed": "2026-11-01",
}  # fmt: skip


def test_the_status_of_a_service_is_over_that_of_its_category() -> None:
    made = snapshot(categories={"chat": "avertir"}, services={"bavard": "autoriser"}, own_services=[OWN])
    found = {id_: (entry.status, entry.by) for id_, entry in made.services.items()}
    assert found == {
        "bavard": (Status.ALLOW, "service"),
        "bavard_api": (Status.PENDING, "category"),
        "scribe": (Status.PENDING, "category"),
        "traducteur": (Status.PENDING, "category"),
        "local": (Status.COACH, "category"),
    }


def test_a_feed_takes_no_name_of_a_service_and_none_that_it_may_not_cut(tmp_path: Path) -> None:
    """Would catch: somebody else's list that undoes what the hospital decided, or cuts its mail."""
    feed = list_of(
        tmp_path, "neuf.example", "x.bavard.example", "bavard.example", "fr", "login.microsoftonline.com",
        "mairie.example", "example", "neuf.example", "http://a/b",
    )  # fmt: skip
    made = snapshot(feeds=[feed], never_block=["mairie.example"])
    assert [name for name, entry in made.named() if entry.id == "liste"] == ["neuf.example"]
    count = made.content.feeds[0]
    assert (count.kept, count.known, count.skipped) == (1, 2, 6)
    assert count.told == "Liste « Liste » (CC0) : 1 nom(s) retenu(s), 2 déjà connu(s), 6 laissé(s) de côté."
    assert made.service_of("x.bavard.example") == "bavard"


def test_a_service_may_be_below_another_one() -> None:
    made = snapshot(own_services=[OWN])
    hosts = ("beta.bavard.example", "a.local.example", "bavard.example", "mairie.example", "a b")
    assert [made.service_of(host) for host in hosts] == ["local", "local", "bavard", "", ""]


def test_what_is_below_a_name_never_to_block_is_not_blocked() -> None:
    made = snapshot(never_block=["bavard.example"], services={"bavard_api": "bloquer"})
    assert made.service_of("api.bavard.example") == ""
    assert "bavard.example" in set(made.never_blocked())
    assert [name for name, entry in made.named() if entry.id == "bavard"] == ["bavard-cdn.example"]


def test_users_of_a_file_are_one_a_line(tmp_path: Path) -> None:
    users = tmp_path / "dim.txt"
    users.write_text("\ufeffcamille\n\n# le DIM\nsacha  # interne\n", encoding="utf-8")
    made = snapshot(groups={"dim": {"users_file": users}})
    assert made.content.scopes[0].users == (user_hash("camille"), user_hash("sacha"))


def test_a_feed_that_has_gone_is_an_error(tmp_path: Path) -> None:
    feed = list_of(tmp_path, "neuf.example")
    (tmp_path / "liste.txt").unlink()
    with pytest.raises(FeedUnreadableError):
        snapshot(feeds=[feed])


@pytest.mark.parametrize("heavy", ["pydantic", "ruamel.yaml", "numpy", "publicsuffixlist"])
def test_who_decides_starts_without_what_reads_yaml(heavy: str) -> None:
    """Would catch: a helper whose start keeps every browser of the hospital waiting."""
    code = (
        "import sys, filters.outbound.deciding, filters.outbound.passes, filters.outbound.snapshot;"
        f"sys.exit({heavy!r} in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
