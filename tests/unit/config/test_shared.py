"""One way to Redis, and no secret in the file."""

from pathlib import Path

import pytest

from config.errors import FaultsError
from config.loader import load_settings
from config.shared import Shared


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("redis_url: http://redis", "une adresse qui commence par `redis://` ou `rediss://`"),
        ("redis_url: redis://:inventé@redis:6379/0", "Un mot de passe ne s’écrit jamais dans ce fichier"),
        ("{redis_url: 'redis://r', sentinels: ['a:1'], master: m}", "Redis est désigné deux fois"),
        ("sentinels: ['a:26379']", "`sentinels` et `master` vont ensemble"),
        ("master: m", "`sentinels` et `master` vont ensemble"),
        ("{sentinels: [a], master: m}", "un nom de machine et un port"),
        ("{redis_url: 'redis://r', ca_file: a.pem}", "`ca_file` ne sert qu’avec TLS"),
        ("{redis_url: 'redis://r', password_file: absent}", "Le fichier que nomme `password_file` est absent"),
        ("{redis_url: 'redis://r', prefix: 'É'}", "court, en minuscules"),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, written: str, told: str) -> None:
    (file := tmp_path / "ecluse.yaml").write_text(
        f"shared:\n  {written}\n" if written[0] != "{" else f"shared: {written}\n", "utf-8"
    )
    with pytest.raises(FaultsError) as caught:
        load_settings(file, environ={})
    assert told in " ".join(str(fault) for fault in caught.value.faults)
    assert "inventé" not in " ".join(str(fault) for fault in caught.value.faults)


def test_a_password_comes_from_a_file_or_the_environment(tmp_path: Path) -> None:
    (secret := tmp_path / "secret").write_text("inventé\n", encoding="utf-8")
    assert Shared.model_validate({"redis_url": "redis://r", "password_file": secret}).password() == "inventé"
    environ = {"ECLUSE_SHARED__REDIS_URL": "rediss://:inventé@redis:6379/0"}
    assert load_settings(None, environ=environ).shared.encrypted


@pytest.mark.parametrize(
    "address", ["redis://:inv/enté@r", "redis://:inv#enté@r", "redis://:inv?enté@r:1", "redis://:p"]
)
def test_an_address_that_cannot_be_read_is_told_without_its_password(address: str) -> None:
    """Would catch: a piece of Redis's password in the words of its client, at the start of the gateway."""
    with pytest.raises(FaultsError) as caught:
        load_settings(None, environ={"ECLUSE_SHARED__REDIS_URL": address})
    told = str(caught.value)
    assert "password_file" in told
    assert "inv" not in told.replace("invalide", "")


def test_a_password_is_not_shown_with_the_settings() -> None:
    assert "inventé" not in repr(Shared(redis_url="redis://:inventé@r"))


def test_nothing_written_is_nothing_shared() -> None:
    assert not Shared().configured
    assert Shared.model_validate({"sentinels": ["a:26379"], "master": "m"}).configured
