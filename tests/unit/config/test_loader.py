"""One broken file per rule of the configuration, and the whole sentence that each gets."""

import datetime as dt
import itertools
from pathlib import Path

import pytest

from config.errors import FaultsError
from config.loader import DEFAULT, load_settings
from config.settings import Settings

BROKEN = Path(__file__).parents[2] / "data" / "config"
TODAY = dt.date(2026, 11, 23)

RETENTION = (
    "la durée doit être comprise entre 6 mois (règlement IA, article 26.6) et 12 mois (CNIL, recommandation sur la "
    "journalisation). Écrivez par exemple `retention_months: 12`."
)
NOT_YAML = (
    "Ce fichier n’est pas du YAML valide à cet endroit : vérifiez l’indentation (des espaces, jamais de tabulation), "
    "l’espace après chaque deux-points et la fermeture des guillemets."
)

FAULTS = {
    "bad_address": [
        "7:15: La valeur de `base_url` doit être une adresse qui commence par `http://` ou `https://`.",
    ],
    "d2_hds_expired": [
        (
            "7:40: Le certificat HDS de la route « locale » a expiré le 22/11/2026 : renseignez le nouveau "
            "certificat, ou écrivez `tier: D1`."
        ),
    ],
    "d2_outside_eea": [
        (
            "5:14: La route « locale » est de palier D2 mais héberge les données hors de l’Espace économique "
            "européen (US) : choisissez un hébergement dans l’EEE, ou écrivez `tier: D1`."
        ),
    ],
    "d2_without_hds": [
        (
            "4:11: La route « locale » ne peut pas être de palier D2 sans certificat HDS : ajoutez `hds` avec "
            "`certificate` et `expires`, ou écrivez `tier: D1`."
        ),
    ],
    "database_driver": [
        (
            "2:17: Écluse enregistre dans SQLite ou dans PostgreSQL : l’adresse doit commencer par "
            "`sqlite+aiosqlite://` ou `postgresql+psycopg://` (ou être omise)."
        ),
    ],
    "fallback_of_another_tier": [
        (
            "7:17: La route de secours « publique » est de palier D0 alors que la route « locale » est de palier "
            "D1 : un secours doit être du même palier."
        ),
    ],
    "fallback_to_itself": [
        "7:17: La route « locale » ne peut pas être son propre secours : retirez-la de la liste.",
    ],
    "fallback_unknown": [
        (
            "7:17: La route de secours « secours » de la route « locale » n’existe pas : déclarez-la sous "
            "`routes`, ou retirez-la de la liste."
        ),
    ],
    "hds_not_a_date": [
        "7:40: La valeur de `expires` doit être une date au format AAAA-MM-JJ.",
    ],
    "key_env_unset": [
        (
            "7:14: La route « locale » prend sa clé dans la variable d’environnement `ECLUSE_CLE_ABSENTE`, qui "
            "est absente ou vide : définissez-la avant de démarrer la passerelle."
        ),
    ],
    "key_file_missing": [
        (
            "7:15: La route « locale » prend sa clé dans un fichier qui est absent, vide ou illisible : créez-le "
            "avec la clé seule, lisible par la passerelle uniquement."
        ),
    ],
    "no_address": [
        (
            "2:5: La route « locale » n’a pas d’adresse : le modèle `hosted_vllm/mistral` demande `base_url`, par"
            " exemple `base_url: http://llm.interne.example:8000/v1`."
        ),
    ],
    "no_route": [
        "1:9: Aucune route n’est déclarée : ajoutez-en une, par exemple la route `demo`.",
    ],
    "notice_not_an_address": [
        "2:15: La valeur de `notice_url` doit être une adresse qui commence par `http://` ou `https://`.",
    ],
    "not_a_block": [
        "1:9: La valeur de `server` doit être un bloc de clés.",
    ],
    "not_a_choice": [
        "2:10: La valeur de `level` n’existe pas ; valeurs admises : `debug`, `info`, `warning` ou `error`.",
    ],
    "not_a_mapping": [
        "1:1: Ce fichier doit contenir des clés, par exemple `server:`.",
    ],
    "not_a_number": [
        "2:9: La valeur de `port` doit être un nombre entier.",
    ],
    "not_utf8": [
        "1:1: Ce fichier n’est pas en UTF-8 : enregistrez-le dans cet encodage.",
    ],
    "not_yaml": [
        f"4:1: {NOT_YAML}",
    ],
    "out_of_bounds": [
        "2:9: La valeur de `port` doit être un nombre inférieur ou égal à 65535.",
        "4:20: La valeur de `timeout_seconds` doit être un nombre supérieur à 0.",
    ],
    "pass_hours_too_long": [
        "2:15: La valeur de `pass_hours` doit être un nombre inférieur ou égal à 72.",
    ],
    "pass_hours_too_short": [
        "2:15: La valeur de `pass_hours` doit être un nombre supérieur ou égal à 1.",
    ],
    "password_in_file": [
        (
            "2:17: Un mot de passe ne s’écrit jamais dans ce fichier : donnez cette adresse par la variable "
            "d’environnement `ECLUSE_JOURNAL__DATABASE_URL`."
        ),
    ],
    "retention_too_long": [
        f"2:21: Le journal ne peut pas être conservé 36 mois : {RETENTION}",
    ],
    "retention_too_short": [
        f"2:21: Le journal ne peut pas être conservé 3 mois : {RETENTION}",
    ],
    "route_expired": [
        (
            "7:14: La route « locale » n’est plus utilisable depuis le 31/10/2026 : retirez-la ou repoussez sa "
            "date de fin après une nouvelle validation."
        ),
    ],
    "route_id": [
        (
            "2:9: La valeur de `id` doit être un identifiant en minuscules sans accent ni espace, par exemple "
            "`compte_rendu`."
        ),
    ],
    "route_incomplete": [
        "2:5: La clé `country` manque ou est vide : ajoutez-la avec sa valeur.",
        "3:5: La clé `model` manque ou est vide : ajoutez-la avec sa valeur.",
        "5:43: La valeur de `version` doit être un texte (au besoin entre guillemets).",
    ],
    "route_tier": [
        "4:11: La valeur de `tier` n’existe pas ; valeurs admises : `D0`, `D1` ou `D2`.",
        "5:14: La valeur de `country` doit être le code d’un pays en deux lettres majuscules, par exemple `FR`.",
    ],
    "route_twice": [
        "7:9: Deux routes s’appellent « locale » : renommez celle-ci.",
    ],
    "secret_in_file": [
        (
            "7:5: La clé `api_key` n’existe pas : un secret ne s’écrit jamais dans ce fichier. Mettez-le dans une"
            " variable d’environnement nommée par `key_env`, ou dans un fichier nommé par `key_file`."
        ),
    ],
    "several_faults": [
        "2:3: La clé `prot` n’existe pas ; vouliez-vous écrire `port` ?",
        (
            "9:17: La route de secours « secours » de la route « locale » n’existe pas : déclarez-la sous "
            "`routes`, ou retirez-la de la liste."
        ),
        "12:11: La valeur de `tier` n’existe pas ; valeurs admises : `D0`, `D1` ou `D2`.",
        f"16:21: Le journal ne peut pas être conservé 3 mois : {RETENTION}",
    ],
    "tabulation": [
        f"2:1: {NOT_YAML}",
    ],
    "two_keys": [
        "2:5: La route « locale » a deux sources de clé : gardez `key_env` ou `key_file`, et supprimez l’autre.",
    ],
    "unknown_key": [
        "2:3: La clé `prot` n’existe pas ; vouliez-vous écrire `port` ?",
    ],
    "unknown_key_without_likeness": [
        (
            "2:3: La clé `zzz` n’existe pas ; admis ici : `requests_per_minute`, `tokens_per_minute`, "
            "`concurrent_requests`, `services`, `uses`."
        ),
    ],
    "unknown_section": [
        "1:1: La clé `sever` n’existe pas ; vouliez-vous écrire `server` ?",
    ],
    "written_twice": [
        "3:3: La clé `port` est écrite deux fois au même endroit : gardez-en une seule.",
    ],
}


def refused(path: Path, environ: dict[str, str] | None = None) -> list[str]:
    with pytest.raises(FaultsError) as error:
        load_settings(path, environ=environ or {}, today=TODAY)
    return [str(fault) for fault in error.value.faults]


@pytest.mark.parametrize("rule", FAULTS)
def test_a_broken_file_gets_its_sentence(rule: str) -> None:
    """A fault that is missed, misplaced or unclear costs a hospital's engineer an evening."""
    path = BROKEN / f"{rule}.yaml"
    assert refused(path, {"ECLUSE_CLE": "valeur"}) == [f"{path}:{fault}" for fault in FAULTS[rule]]


def test_every_broken_file_is_tested() -> None:
    assert {path.stem for path in BROKEN.glob("*.yaml")} == set(FAULTS)


def test_no_fault_repeats_a_secret() -> None:
    """A key or a password written in the wrong place must not reach the terminal, hence the logs, as well."""
    said = "".join(refused(BROKEN / "secret_in_file.yaml") + refused(BROKEN / "password_in_file.yaml"))
    assert "sk-secret" not in said
    assert "motdepasse" not in said


def test_a_missing_file_is_a_fault(tmp_path: Path) -> None:
    path = tmp_path / "absent.yaml"
    assert refused(path) == [f"{path}:1:1: Ce fichier ne peut pas être lu : vérifiez son chemin et ses droits."]


def test_the_default_file_says_what_the_defaults_are(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Otherwise the documentation of a key lies about its default."""
    monkeypatch.chdir(tmp_path)
    assert load_settings(None, environ={}) == Settings.model_validate({}, context={"folder": tmp_path})


def test_every_key_of_the_default_file_stands_below_a_comment() -> None:
    lines = [line for line in DEFAULT.read_text(encoding="utf-8").splitlines() if line.strip()]
    section = ""
    for before, line in itertools.pairwise(lines):
        section = line.partition(":")[0] if line[0].isalpha() else section
        if line.startswith("  ") and line.strip()[0].isalpha() and section != "routes":
            assert before.strip().startswith("#"), line


def test_every_key_of_the_models_is_in_the_default_file() -> None:
    text = DEFAULT.read_text(encoding="utf-8")
    for name, field in Settings.model_fields.items():
        keys = getattr(field.annotation, "model_fields", {})
        assert [key for key in (name, *keys) if f"{key}:" not in text] == []


def test_an_example_works_once_uncommented(tmp_path: Path) -> None:
    """The four providers' examples are what people copy first."""
    text = DEFAULT.read_text(encoding="utf-8")
    head, routes = text.split("\nroutes:\n")
    examples = routes.partition("\nmasking:")[0].replace("  # ", "  ").splitlines()
    kept = [line for line in examples if line.lstrip().startswith("-") or line.startswith("    ")]
    path = tmp_path / "ecluse.yaml"
    path.write_text("\n".join([head, "routes:", *kept]), encoding="utf-8")
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets" / "vllm.key").write_text("cle-inventee\n", encoding="utf-8")
    settings = load_settings(
        path, environ={"ECLUSE_CLE_MISTRAL": "un", "ECLUSE_CLE_AZURE": "deux"}, today=dt.date(2026, 11, 23)
    )
    assert [route.id for route in settings.routes] == ["demo", "ollama", "vllm", "mistral", "azure"]
    assert settings.routes[2].hds is not None


def test_relative_paths_start_at_the_folder_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "ecluse.yaml"
    path.write_text("data_dir: donnees\njournal:\n  key_file: cles/journal.key\n", encoding="utf-8")
    settings = load_settings(path, environ={})
    assert settings.data_dir == tmp_path / "donnees"
    assert settings.journal_key_file == tmp_path / "cles" / "journal.key"
    assert settings.provenance_key_file == tmp_path / "donnees" / "provenance.pem"


def test_an_empty_file_and_an_empty_section_keep_the_defaults(tmp_path: Path) -> None:
    path = tmp_path / "ecluse.yaml"
    path.write_text("server:\njournal:\n  database_url:\n", encoding="utf-8")
    assert load_settings(path, environ={}).server.port == 8080
    path.write_text("# rien\n", encoding="utf-8")
    assert [route.id for route in load_settings(path, environ={}).routes] == ["demo"]
