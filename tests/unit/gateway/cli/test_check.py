"""`ecluse check` finds everything at once, and what it finds keeps the gateway from serving."""

import datetime as dt
from collections.abc import Callable, Collection
from pathlib import Path

import pytest

from config.loader import load_settings
from filters.identifiers.entity import ALL_LABELS
from filters.identifiers.errors import DetectorUnavailableError
from gateway.cli import check
from gateway.secrets import hmac_key
from policies.rule import IDENTIFIERS

TODAY = dt.date(2026, 11, 23)
BROKEN = (
    "La détection des identifiants ne fonctionne pas : un modèle manque ou la note d’essai n’est pas masquée. "
    "Réinstallez Écluse et ses modèles ; rien ne peut être envoyé d’ici là."
)


class Detectors:
    """Detectors that find the labels they are given, and whose canary sings or not."""

    def __init__(self, extra: Path | None = None, *, labels: Collection[str] = ALL_LABELS, sings: bool = True) -> None:
        self.extra, self._labels, self._sings = extra, labels, sings

    def labels(self) -> Collection[str]:
        """Return the labels given."""
        return self._labels

    def canary(self) -> None:
        """Raise if it does not sing."""
        if not self._sings:
            raise DetectorUnavailableError


def missing_model(_: Path | None) -> Detectors:
    raise DetectorUnavailableError


def faults(path: Path | None, load: Callable[[Path | None], Detectors] = Detectors) -> list[str]:
    return [str(fault) for fault in check.faults(path, load=load, environ={}, today=TODAY)]


def test_the_shipped_configuration_and_charter_have_no_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert faults(None) == []


def test_faults_of_configuration_charter_and_detectors_come_together(tmp_path: Path) -> None:
    """Would catch: a second evening lost to the fault that hid behind the first."""
    minimal = Path(__file__).parents[3] / "data" / "charter" / "minimal.yaml"
    charter = tmp_path / "charte.yaml"
    charter.write_text(minimal.read_text(encoding="utf-8").replace("[medecin]", "[medcin]"), encoding="utf-8")
    config = tmp_path / "ecluse.yaml"
    config.write_text("charter: {file: charte.yaml}\nserver: {prot: 1}\n", encoding="utf-8")
    medcin = "Le rôle « medcin » de l’usage « compte_rendu » n’existe pas ; vouliez-vous écrire `medecin` ?"
    assert faults(config, missing_model) == [
        f"{charter}:34:12: {medcin}",
        f"{config}:2:10: La clé `prot` n’existe pas ; vouliez-vous écrire `port` ?",
        f"masquage:1:1: {BROKEN}",
    ]


@pytest.mark.parametrize("load", [missing_model, lambda _: Detectors(sings=False)], ids=["model", "canary"])
def test_detectors_that_do_not_work_are_a_fault(load: Callable[[Path | None], Detectors]) -> None:
    """Would catch: a gateway that opens while nothing is masked."""
    settings = load_settings(None, environ={})
    assert [str(fault) for fault in check.verify(settings, load=load)] == [f"masquage:1:1: {BROKEN}"]


def test_a_label_that_no_detector_finds_is_a_fault() -> None:
    """Would catch: a charter that promises to mask what nothing looks for."""
    assert faults(None, lambda _: Detectors(labels=IDENTIFIERS - {"NOM", "IPP"})) == [
        "masquage:1:1: La charte demande de masquer IPP, NOM, qu’aucun détecteur ne trouve. Réinstallez Écluse."
    ]


def test_a_key_that_others_can_read_is_a_fault(tmp_path: Path) -> None:
    """Would catch: a journal whose hashes anyone on the machine can undo."""
    config = tmp_path / "ecluse.yaml"
    config.write_text("data_dir: donnees\n", encoding="utf-8")
    key = tmp_path / "donnees" / "journal.key"
    hmac_key(key)
    assert faults(config) == []
    key.chmod(0o644)
    assert faults(config) == [
        (
            f"{key}:1:1: Cette clé est inutilisable : seul le compte de la passerelle doit pouvoir la lire "
            "(chmod 600), et son contenu doit être celui que la passerelle a créé. "
            "Restaurez-la depuis votre sauvegarde."
        )
    ]


def test_checking_makes_no_key(tmp_path: Path) -> None:
    """Would catch: a check run by the wrong account that leaves files which the gateway cannot read."""
    config = tmp_path / "ecluse.yaml"
    config.write_text("data_dir: donnees\n", encoding="utf-8")
    assert faults(config) == []
    assert not (tmp_path / "donnees").exists()


def test_an_unreadable_file_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = tmp_path / "absent.yaml"
    assert not check.report(config, load=Detectors)
    assert capsys.readouterr().err == (
        f"{config}:1:1: Ce fichier ne peut pas être lu : vérifiez son chemin et ses droits.\n1 défaut à corriger.\n"
    )


def test_what_will_serve_is_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert check.report(None, load=Detectors)
    said = capsys.readouterr().out
    assert "Écluse démo 0.1.0" in said
    assert "18 usages, 15 pratiques interdites." in said
    assert "Usages fermés : reflexion_clinique." in said


CERTIFIED = """\
data_dir: donnees
routes:
  - id: locale
    model: ollama_chat/mistral
    tier: {tier}
    country: FR
    system: {{name: Modèle local, version: "1", supplier: Éditeur}}
    hds: {{certificate: HDS-1, expires: {expires}}}
"""


@pytest.mark.parametrize(
    ("tier", "expires", "told"),
    [
        ("D2", "2027-01-23", None),
        ("D2", "2027-01-22", "« locale » expire le 22/01/2027, dans 60 jours : demandez le nouveau à l’hébergeur."),
        ("D1", "2026-11-24", "« locale » expire le 24/11/2026, dans 1 jour : demandez le nouveau à l’hébergeur.\n"),
        ("D2", "2026-11-23", "« locale » expire le 23/11/2026, dans 0 jour : demandez le nouveau à l’hébergeur. Passé"),
        ("D1", "2026-11-22", "« locale » a expiré le 22/11/2026 ; au palier D1 Écluse n’en demande pas."),
    ],
)
def test_a_hosting_certificate_that_ends_is_told_in_time(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], tier: str, expires: str, told: str | None
) -> None:
    """Would catch: a route that masks from one night on, or a gateway that does not open again, and nobody was told."""
    config = tmp_path / "ecluse.yaml"
    config.write_text(CERTIFIED.format(tier=tier, expires=expires), encoding="utf-8")
    assert check.report(config, load=Detectors, today=TODAY)
    said = capsys.readouterr().out
    assert ("attention : le certificat HDS" in said) is bool(told)
    assert (told or "") in said


def test_a_hosting_certificate_that_has_ended_is_a_fault_where_it_is_needed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = tmp_path / "ecluse.yaml"
    config.write_text(CERTIFIED.format(tier="D2", expires="2026-11-22"), encoding="utf-8")
    assert not check.report(config, load=Detectors, today=TODAY)
    assert "Le certificat HDS de la route « locale » a expiré le 22/11/2026" in capsys.readouterr().err


def test_recognisers_that_cannot_be_read_are_a_fault_of_their_file(tmp_path: Path) -> None:
    """Would catch: « réinstallez Écluse », said of a file that the hospital wrote."""
    own = tmp_path / "reconnaisseurs.yaml"
    own.write_text("recognizers: none", encoding="utf-8")
    config = tmp_path / "ecluse.yaml"
    config.write_text("masking: {recognizers: reconnaisseurs.yaml}\n", encoding="utf-8")
    sentence = (
        "La détection ne démarre pas avec ces reconnaisseurs : vérifiez que le fichier est au format YAML de Presidio, "
        "que chaque `supported_entity` est une étiquette d’Écluse et chaque langue `fr`."
    )
    assert faults(config, missing_model) == [f"{own}:1:1: {sentence}"]


def test_a_folder_that_cannot_be_written_is_a_fault(tmp_path: Path) -> None:
    """Catches a check that says ready, and a gateway that then cannot open its journal."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    config = tmp_path / "ecluse.yaml"
    config.write_text("data_dir: file/data\n", encoding="utf-8")
    said = (
        "Le journal et les clés ne peuvent pas être écrits dans ce dossier : donnez-en un que le compte de la "
        "passerelle peut créer, ou dans lequel il peut écrire."
    )
    assert faults(config) == [f"{config}:1:11: {said}"]
    assert not (tmp_path / "data").exists()


def test_the_recognisers_are_read_beside_a_fault_elsewhere(tmp_path: Path) -> None:
    """Catches a file of recognisers that is looked at only once everything else is right."""
    config = tmp_path / "ecluse.yaml"
    config.write_text("server: {prot: 1}\nmasking: {recognizers: local.yaml}\n", encoding="utf-8")
    seen: list[Path | None] = []
    check.faults(config, load=lambda extra: seen.append(extra) or Detectors(extra), environ={}, today=TODAY)
    assert seen == [tmp_path / "local.yaml"]
