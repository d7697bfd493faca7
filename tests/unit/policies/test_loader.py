"""A charter's file is refused as a whole, with every fault placed and said in a whole sentence."""

from pathlib import Path

import pytest

from config.charter import SHIPPED
from config.errors import FaultsError
from config.routes import DEMO, Hds
from policies.facts import Tier
from policies.loader import load_charter, routes_of

MINIMAL = Path(__file__).parents[2] / "data" / "charter" / "minimal.yaml"
ROUTES = routes_of([DEMO])

BROKEN = [
    ("roles: [medecin]", "roles: [medcin]",
     ["34:12: Le rôle « medcin » de l’usage « compte_rendu » n’existe pas ; vouliez-vous écrire `medecin` ?"]),
    ("routes: [demo]", "routes: [vllm]",
     ["48:13: La route « vllm » de l’usage « traduction » n’existe pas ; admis ici : `demo`."]),
    ("kind: projet", "kind: projt",
     ["38:20: La mention « projt » de l’usage « compte_rendu » n’existe pas ; vouliez-vous écrire `projet` ?"]),
    ("id: traduction", "id: compte_rendu",
     ["41:9: Le nom « compte_rendu » est déjà pris sous `uses` : changez celui-ci."]),
    ("review: R1", "review: R3",
     ["46:13: La valeur de `review` n’existe pas ; valeurs admises : `R0`, `R1` ou `R2`."]),
    ("tier: D1", "tier: D1\n    identity_needed: true",
     [("46:22: L’usage « traduction » dit avoir besoin de l’identité du patient sans être de palier D2 : écrivez "
      "`tier: D2` après accord de la gouvernance, ou `identity_needed: false`.")]),
    ("tier: D1", "tier: D1\n    valid_from: 2026-12-01\n    valid_until: 2026-11-01",
     [("47:18: L’usage « traduction » finit le 01/11/2026, avant de commencer le 01/12/2026 : corrigez `valid_from` ou "
      "`valid_until`.")]),
    ("review: R2", "review: R2\n    inferable: true",
     [("37:16: L’usage « compte_rendu » demande de relire chaque réponse (R2) : il doit être déclaré. Écrivez "
      "`inferable: false`, ou retirez la ligne.")]),
    ("instead: Demandez une explication.", "instead: Demandez une explication., uses: [traductio]",
     [("53:132: L’usage « traductio » de la pratique « tri_patients » n’existe pas ; vouliez-vous écrire "
      "`traduction` ?")]),
    ("ide: {title", "Infirmier: {title",
     [("7:3: Le nom `Infirmier` doit être un identifiant en minuscules sans accent ni espace, "
      "par exemple `compte_rendu`.")]),
    ("  hors_cle:", "  hors_clef:",
     ["15:3: La clé `hors_clef` n’existe pas ; vouliez-vous écrire `hors_cle` ?"]),
    ("tier: D1", "tier: D1\n    valid_until: bientôt",
     ["46:18: La valeur de `valid_until` doit être une date au format AAAA-MM-JJ."]),
    ("    reviewer: un interprète\n", "    reviewer:\n",
     ["47:5: La clé `reviewer` manque ou est vide : ajoutez-la avec sa valeur."]),
    ("reviewer: un interprète", 'reviewer: "{nom}"',
     ["47:15: La valeur de `reviewer` doit être un texte sur une seule ligne, sans accolade."]),
    ('roles: ["*"]', "roles: []",
     ["44:12: La valeur de `roles` doit être remplie : elle est vide."]),
    ("par {relecteur}", "par {auteur}",
     [("9:20: Cette phrase ne peut pas contenir {auteur} ; elle admet : {nom}, {relecteur}, {version}. Corrigez ou "
      "retirez l’accolade.")]),
    ("{nom}, {version}", "{nom}",
     ["9:20: Cette phrase doit contenir {version}, que la passerelle remplit à chaque réponse."]),
    ("par {relecteur}", "par {relecteur",
     ["9:20: Une accolade est de trop ou n’est pas refermée dans cette phrase : écrivez par exemple {nom}."]),
    ("{routes}", "{prompt}",
     [("16:46: Cette phrase ne peut pas contenir {prompt} ; elle admet : {article}, {contact}, {manque}, {raison}, "
      "{role}, {roles}, {routes}, {services}, {usage}. Corrigez ou retirez l’accolade.")]),
    ("  hors_cle: {article: art. 5, message: Clé limitée.}\n", "",
     [("11:3: La charte ne dit pas comment refuser dans ces cas : hors_cle. Ajoutez sous `refusals` un article et un "
      "message pour chacun.")]),
    ("uses:\n", "people: {trainings: [rgpd]}\nuses:\n",
     [("30:22: Le code d’une formation s’écrit en capitales sans accent, chiffres, `_` et `-`, 40 caractères au plus : "
       "par exemple `IA-SOCLE`.")]),
    ("uses:\n", "people: {required: tous}\nuses:\n",
     ["30:20: La valeur de `required` n’existe pas ; valeurs admises : `off`, `listed` ou `all`."]),
    ("uses:\n", "translations: {en: {forbidden: '{pratique} {permis}', emergency: A, uses: {traductio: T}}}\nuses:\n",
     ["30:87: « traductio » n’est pas sous `uses` de cette charte ; vouliez-vous écrire `traduction` ?"]),
    ("medecin: {title: médecin}", "medecin: {titre: médecin}",
     ["6:3: La clé `title` manque ou est vide : ajoutez-la avec sa valeur.",
      "6:13: La clé `titre` n’existe pas ; vouliez-vous écrire `title` ?"]),
]  # fmt: skip


@pytest.mark.parametrize(("written", "instead", "faults"), BROKEN, ids=[instead for _, instead, _ in BROKEN])
def test_a_broken_charter_gets_its_sentences(tmp_path: Path, written: str, instead: str, faults: list[str]) -> None:
    """A charter that is half understood decides half wrongly."""
    path = tmp_path / "charte.yaml"
    path.write_text(MINIMAL.read_text(encoding="utf-8").replace(written, instead, 1), encoding="utf-8")
    with pytest.raises(FaultsError) as error:
        load_charter(path, ROUTES)
    assert [str(fault).removeprefix(f"{path}:") for fault in error.value.faults] == faults


def test_all_faults_come_at_once(tmp_path: Path) -> None:
    path = tmp_path / "charte.yaml"
    text = MINIMAL.read_text(encoding="utf-8").replace("review: R1", "review: R3").replace("[medecin]", "[medcin]")
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FaultsError) as error:
        load_charter(path, ROUTES)
    assert [fault.line for fault in error.value.faults] == [34, 46]


def test_the_shipped_charter_carries_the_catalogue() -> None:
    charter = load_charter(SHIPPED, ROUTES)
    assert len(charter.uses) == 18
    assert len(charter.practices) == 15
    assert [use.id for use in charter.uses.values() if not use.enabled] == ["reflexion_clinique"]
    assert [use.id for use in charter.uses.values() if use.identity_needed] == []


def test_routes_keep_what_the_charter_needs() -> None:
    hds = Hds.model_validate({"certificate": "HDS-1", "expires": "2028-12-31"})
    certified = DEMO.model_copy(update={"tier": "D2", "hds": hds})
    route = routes_of([certified])[0]
    assert (route.id, route.tier, route.country) == ("demo", Tier.D2, "FR")
    assert (route.hds_certificate, str(route.hds_expires)) == ("HDS-1", "2028-12-31")
    assert route.system.name == "Écluse démo"
