"""A policy's file is refused as a whole, with every fault placed and said in a whole sentence."""

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from config.errors import FaultsError
from filters.outbound.catalogue import load_catalogue
from filters.outbound.decision import Mode
from filters.outbound.loader import DEFAULT, load_policy, read_policy
from filters.outbound.snapshot import compiled
from tests.fakes.outbound_policies import CATALOGUE

RIGHT = Path(__file__).parents[4] / "data" / "outbound" / "policy.yaml"
TODAY = dt.date(2026, 12, 3)
STEPS = "".join(RIGHT.read_text(encoding="utf-8").splitlines(keepends=True)[5:7])

BROKEN = [
    ("page:", "pgae:",
     ["3:1: La clé `pgae` n’existe pas ; vouliez-vous écrire `page` ?"]),
    ("page: https://ia.hopital.example/bloque\n", "",
     ["2:7: En mode « coach », une personne arrêtée doit voir une page : donnez son adresse sous `page`."]),
    ("https://ia", "http://ia",
     ["3:7: Une adresse de page commence par `https://`, par exemple `https://ia.hopital.example/bloque`."]),
    ("[10.20.0.15]", "[10.20.0.0/8]",
     ["4:11: Cette adresse n’est pas celle d’un réseau : écrivez `10.0.0.0/8` pour le réseau entier."]),
    ("[10.20.0.15]", "[10.0.0.0/8]",
     [("4:11: « 10.0.0.0/8 » est trop large : tous ces postes échapperaient au filtrage. Donnez les seules "
       "adresses de la passerelle.")]),
    ("[10.20.0.15]", "[passerelle]",
     [("4:11: Un réseau s’écrit par son adresse et sa longueur, par exemple `10.20.0.0/16` ; une machine seule, "
       "par son adresse.")]),
    ("mode: coach\n", "mode: block\n",
     [("2:7: La dernière étape commencée, le 20/11/2026, porte le mode « coach » : écrivez `mode: coach`, ou "
       "ajoutez l’étape qui porte « block ».")]),
    ("mode: coach\n", "mode: bloquer\n",
     ["2:7: La valeur de `mode` n’existe pas ; valeurs admises : `observe`, `simulate`, `coach` ou `block`."]),
    (STEPS, "  []\n",
     [("2:7: Aucune étape commencée ne porte le mode « coach » : ajoutez-la sous `steps`, avec sa date et qui l’a "
       "décidée, ou écrivez `mode: observe`.")]),
    ("begins: 2026-11-01", "begins: 2026-11-25",
     [("7:27: Cette étape commence le 20/11/2026, avant celle qui la précède (25/11/2026) : écrivez les étapes "
       "dans l’ordre des dates."),
      ("7:27: L’étape « coach » commence après 0 jour d’observation : il en faut 14. Repoussez-la, ou écrivez "
       "sous `in_haste` pourquoi elle ne peut pas attendre.")]),
    ("begins: 2026-11-01", "begins: 2026-11-10",
     [("7:27: L’étape « coach » commence après 10 jours d’observation : il en faut 14. Repoussez-la, ou écrivez "
       "sous `in_haste` pourquoi elle ne peut pas attendre.")]),
    ("DPO B}\n  - {mode: coach", "dsi a}\n  - {mode: coach",
     ["6:69: La même personne décide l’étape et en prend connaissance : nommez le DPO, ou qui le remplace."]),
    ("DIM: [10.4.0.0/16]", "DIM: [10.1.0.0/16]",
     ["8:46: « 10.1.0.0/16 » est déjà le réseau de « Urgences » : gardez-le à un seul endroit."]),
    ("{subnets: [10.4.0.0/16]}", "{}",
     ["10:8: Le groupe « dim » est vide : donnez-lui `subnets` ou `users_file`."]),
    ("{subnets: [10.4.0.0/16]}", "{users_file: absent.txt}",
     [("10:21: Le fichier des comptes du groupe « dim » est absent, vide ou illisible : écrivez-y un compte par "
       "ligne, en UTF-8.")]),
    ("  dim: {", "  DIM: {",
     ["10:3: Le nom `DIM` doit être un identifiant en minuscules sans accent ni espace, par exemple `compte_rendu`.",
      "15:62: Le groupe « dim » n’existe pas ; admis ici : `DIM`."]),
    ("{chat: avertir}", "{chatt: avertir}",
     ["11:14: La clé `chatt` n’existe pas ; vouliez-vous écrire `chat` ?"]),
    ("{chat: avertir}", "{chat: averti}",
     [("11:20: La valeur de `chat` n’existe pas ; valeurs admises : `a_instruire`, `observer`, `avertir`, "
       "`bloquer` ou `autoriser`.")]),
    ("  scribe: bloquer", "  scrib: bloquer",
     ["13:3: Le service « scrib » n’existe pas ; vouliez-vous écrire `scribe` ?"]),
    ("  scribe: bloquer", "  zzz: bloquer",
     [("13:3: Le service « zzz » n’existe pas ; déclarez-le sous `own_services`, ou prenez son nom court dans le "
       "catalogue.")]),
    ("  scribe: bloquer", "  scribe: refuser",
     [("13:11: La valeur de `scribe` n’existe pas ; valeurs admises : `a_instruire`, `observer`, `avertir`, "
       "`bloquer` ou `autoriser`.")]),
    ("services: [bavard], ", "",
     ["15:5: La règle « nuit » ne dit pas ce qu’elle concerne : ajoutez `services` ou `categories`."]),
    ("services: [bavard]", "services: [bavar]",
     ["15:27: Le service « bavar » n’existe pas ; vouliez-vous écrire `bavard` ?"]),
    ("services: [bavard]", "categories: [bavard]",
     [("15:29: La valeur de `categories` (élément 1) n’existe pas ; valeurs admises : `chat`, `api`, `code`, "
       "`image`, `transcription`, `traduction`, `medical` ou `embarque`.")]),
    ("groups: [dim]", "groups: [din]",
     ["15:62: Le groupe « din » n’existe pas ; vouliez-vous écrire `dim` ?"]),
    ("days: [lundi]", "days: [monday]",
     [("15:75: La valeur de `days` (élément 1) n’existe pas ; valeurs admises : `lundi`, `mardi`, `mercredi`, "
       "`jeudi`, `vendredi`, `samedi` ou `dimanche`.")]),
    ("22:00-06:00", "22h-6h",
     ["15:91: Une plage d’heures s’écrit `08:00-18:30` ; elle peut passer minuit : `20:00-07:00`."]),
    ("services: [scribe]", "services: []",
     ["17:27: La valeur de `services` doit être remplie : elle est vide."]),
    ("expires: 2026-12-31", "expires: bientôt",
     ["17:89: La valeur de `expires` doit être une date au format AAAA-MM-JJ."]),
    ("reason: essai, ", "",
     ["17:5: La clé `reason` manque ou est vide : ajoutez-la avec sa valeur."]),
    ("[mairie.example]", "['https://mairie.example']",
     [("18:15: Un nom de domaine s’écrit seul, sans `https://` ni chemin, par exemple `exemple.ai` ; il vaut "
       "aussi pour les noms qui en dépendent.")]),
    ("[local.example]", "[fr]",
     ["20:80: « fr » est une extension : cette entrée couperait tous les sites dont le nom s’y termine."]),
    ("[local.example]", "[accounts.google.com]",
     ["20:80: « accounts.google.com » ne doit jamais être bloqué : connexion par un fournisseur d’identité."]),
    ("[local.example]", "[x.mairie.example]",
     [("20:80: « x.mairie.example » est sous « mairie.example », qui ne doit jamais être bloqué : votre politique "
       "le protège (`never_block`) ; cette entrée resterait sans effet.")]),
    ("[local.example]", "[bavard.example]",
     ["20:80: « bavard.example » est déjà un nom de « bavard » : gardez-le à un seul endroit."]),
    ("{id: local", "{id: bavard",
     ["20:10: Le nom « bavard » est déjà pris : changez celui-ci."]),
    ("domains: [local.example]", "domains: [local.example], risks: [x]",
     ["20:104: Le risque « x » n’est pas sous `risks` ; admis ici : `entrainement`."]),
    ("{id: liste", "{id: local",
     ["22:10: Le nom « local » est déjà pris : changez celui-ci."]),
    ("file: liste.txt", "file: absente.txt",
     ["22:50: La liste n’est pas ici : « DOSSIER/absente.txt ». Corrigez ce chemin."]),
    ("format: domains", "format: hosts",
     ["22:50: La liste « liste » ne donne aucun nom : vérifiez le fichier et `format`."]),
    ("format: domains", "format: csv",
     ["22:69: La valeur de `format` n’existe pas ; valeurs admises : `ut1`, `hosts` ou `domains`."]),
    ("{id: essai, s", "{id: Essai, s",
     [("17:10: La valeur de `id` doit être un identifiant en minuscules sans accent ni espace, par exemple "
       "`compte_rendu`.")]),
    ("rules:\n", "timezone: Paris\nrules:\n",
     ["14:11: Ce fuseau horaire n’existe pas : écrivez par exemple `Europe/Paris`."]),
    ("rules:\n", "without_name: avertir\nrules:\n",
     ["14:15: La valeur de `without_name` n’existe pas ; valeurs admises : `autoriser`, `observer` ou `bloquer`."]),
    ("gateway: [10.20.0.15]", "gateway: [10.20.0.15]\nmode: block",
     ["5:1: La clé `mode` est écrite deux fois au même endroit : gardez-en une seule."]),
]  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "liste.txt").write_text("liste.example\n", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(("written", "instead", "faults"), BROKEN, ids=[instead for _, instead, _ in BROKEN])
def test_a_broken_policy_gets_its_sentences(folder: Path, written: str, instead: str, faults: list[str]) -> None:
    """A policy that is half understood refuses half of what it should, or the wrong half."""
    path = folder / "politique.yaml"
    text = RIGHT.read_text(encoding="utf-8")
    assert written in text
    path.write_text(text.replace(written, instead, 1), encoding="utf-8")
    with pytest.raises(FaultsError) as error:
        load_policy(path, CATALOGUE, today=TODAY)
    found = [str(fault).removeprefix(f"{path}:").replace(str(folder), "DOSSIER") for fault in error.value.faults]
    assert found == faults


def test_all_faults_come_at_once(folder: Path) -> None:
    path = folder / "politique.yaml"
    text = RIGHT.read_text(encoding="utf-8").replace("[dim]", "[din]").replace("scribe: bloquer", "scrib: bloquer")
    path.write_text(text.replace("file: liste.txt", "file: autre.txt"), encoding="utf-8")
    with pytest.raises(FaultsError) as error:
        load_policy(path, CATALOGUE, today=TODAY)
    assert [fault.line for fault in error.value.faults] == [13, 15, 22]


def test_a_right_policy_is_read() -> None:
    policy = load_policy(RIGHT, CATALOGUE, today=TODAY)
    assert (policy.mode, policy.own_services[0].domains) == (Mode.COACH, ("local.example",))
    assert policy.feeds[0].file == RIGHT.with_name("liste.txt")


def test_the_shipped_policy_watches_and_refuses_nothing() -> None:
    catalogue = load_catalogue()
    made = compiled(load_policy(DEFAULT, catalogue), catalogue)
    assert made.mode is Mode.OBSERVE
    assert {case.base.verdict for case in made.cases} == {"observe"}
    assert set(made.services) == set(catalogue.services)


@pytest.mark.parametrize("haste", ["", ", in_haste: fuite constatée le 12/11"])
def test_a_reason_excuses_a_step_that_comes_early(folder: Path, haste: str) -> None:
    path = folder / "politique.yaml"
    text = RIGHT.read_text(encoding="utf-8").replace("begins: 2026-11-20", f"begins: 2026-11-02{haste}")
    path.write_text(text, encoding="utf-8")
    assert (read_policy(path, CATALOGUE, today=TODAY).faults == []) == bool(haste)


def test_a_step_to_come_is_not_in_force_yet() -> None:
    assert read_policy(RIGHT, CATALOGUE, today=dt.date(2026, 11, 19)).faults[0].line == 2


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("departments: {U.F. 12: [10.1.0.0/16]}", "« U.F. 12 » serait compté sans nom"),
        ("departments: {'Pôle : cœur': [10.1.0.0/16]}", "serait compté sans nom"),
        ("page: https://ia.hopital.example/bloque?langue=fr", "s’écrit sans paramètre"),
    ],
)
def test_what_would_be_dropped_later_is_told_now(tmp_path: Path, line: str, told: str) -> None:
    """Would catch: a department that no report ever shows, and a page whose address names no service."""
    path = tmp_path / "politique.yaml"
    path.write_text(f"version: essai\n{line}\n", encoding="utf-8")
    (fault,) = read_policy(path, CATALOGUE, today=TODAY).faults
    assert told in fault.message


LINES = st.lists(
    st.sampled_from([
        "version: 1", "mode: block", "steps:", "  - {mode: coach, begins: 2026-01-01}", "services: {x: bloquer}",
        "rules: [{id: a, services: b}]", "rules: [{id: [a]}]", "groups: {dim: }", "groups: [dim]", "feeds: [{id: a}]",
        "own_services: [{id: a, domains: ['\\ud800']}]", "never_block: ['', '..', 1]", "departments: {a: b}", "page: 3",
        "page: 'https://['", "timezone: ../../etc/passwd", "timezone: ''", "gateway: 10.0.0.1", "exceptions: {a: b}",
        "categories: [chat]", "without_name: {}", "? [a]", "services: [a]", "hours: 3", "\t", "'",
    ])
)  # fmt: skip


@given(LINES.map("\n".join) | st.text())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_text_gets_a_policy_or_faults(tmp_path: Path, text: str) -> None:
    """Would catch: a mistake in a file that ends in a traceback, which says neither where nor what."""
    path = tmp_path / "politique.yaml"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    reading = read_policy(path, CATALOGUE, today=TODAY)
    assert reading.faults or reading.value
    assert all(fault.message.endswith((".", "?")) for fault in reading.faults)
