"""A site may only restrict its group's charter; each opening is a fault with its place and what the group allows."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from policies.charter import Charter
from policies.facts import AiSystem, Caller, Facts, Recognition, Route, Tier
from policies.inheritance import sources
from policies.loader import read_charter
from policies.rule import CharterText

MINIMAL = Path(__file__).parents[2] / "data" / "charter" / "minimal.yaml"
TODAY = dt.date(2026, 11, 23)
ROUTES = [
    Route("demo", Tier.D1, "FR", AiSystem("Essai", "1", "Éditeur")),
    Route("autre", Tier.D1, "FR", AiSystem("Autre", "1", "Éditeur")),
]
NARROW = """    trainings: [X]
    habilitation: true
    services: [cardiologie]
    valid_from: 2026-01-01
    valid_until: 2026-12-31
    article: art. 12
"""


def site(folder: Path, written: str, *, narrow: bool = False, version: str = "s1") -> Path:
    """Write a group and a site's charter over it; `narrow` limits the group's first use."""
    group = MINIMAL.read_text(encoding="utf-8")
    (folder / "groupe.yaml").write_text(
        group.replace("    article: art. 12\n", NARROW) if narrow else group, encoding="utf-8"
    )
    (folder / "site").mkdir(exist_ok=True)
    file = folder / "site" / "charte.yaml"
    file.write_text(f'extends: ../groupe.yaml\nversion: "{version}"\n{written}', encoding="utf-8")
    return file


def text(file: Path) -> CharterText:
    return read_charter(file, ["demo", "autre"]).result()


def faults(file: Path) -> list[str]:
    return [str(fault).removeprefix(f"{file}:") for fault in sorted(read_charter(file, ["demo", "autre"]).faults)]


def test_what_a_site_does_not_write_is_its_groups(tmp_path: Path) -> None:
    joined, group = text(site(tmp_path, "contact: Site\n")), text(tmp_path / "groupe.yaml")
    assert joined == group.model_copy(update={"version": "s1", "contact": "Site"})


RESTRICTIONS = """contact: Référent du site
uses:
  - {id: compte_rendu, tier: D1, enabled: false}
  - {id: traduction, roles: [ide], review: R2, services: [urgences], valid_until: 2027-01-01, referent:}
practices:
  - {id: autre, title: Autre, description: Une autre., basis: site, instead: Rien.}
  - {id: tri_patients, instead: Appelez le cadre.}
people: {required: all, months: 6}
roles: {ide: {tier: D0}}
refusals: {hors_role: {message: Pas pour vous.}}
"""


def test_a_site_restricts_adds_practices_and_changes_words(tmp_path: Path) -> None:
    joined = text(site(tmp_path, RESTRICTIONS))
    report, translation = joined.uses
    assert (report.tier, report.enabled, report.title) == (Tier.D1, False, "Compte rendu")
    assert (translation.roles, translation.services) == ({"ide"}, {"urgences"})
    assert translation.referent == "Interprétariat (interpretes@hopital.example)"
    assert [practice.id for practice in joined.practices] == ["tri_patients", "autre"]
    assert joined.practices[0].instead == "Appelez le cadre."
    assert joined.practices[0].title == "Trier"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("uses: [{id: compte_rendu, roles: [medecin, ide]}]",
         "3:34: Usage « compte_rendu » : le groupe ne l’ouvre pas à « ide », mais à « medecin »."),
        ('uses: [{id: compte_rendu, roles: ["*"]}]',
         "3:34: Usage « compte_rendu » : le groupe ne l’ouvre pas à « ide », mais à « medecin »."),
        ("uses: [{id: compte_rendu, review: R1}]",
         ("3:35: Usage « compte_rendu » : le groupe demande au moins R2 (relecture de chaque réponse par le "
          "professionnel présent).")),
        ("uses: [{id: traduction, tier: D2}]",
         ("3:31: Usage « traduction » : le groupe permet au plus D1 (données de patient masquées avant l’envoi).")),
        ("uses: [{id: traduction, routes: [demo, autre]}]",
         "3:33: Usage « traduction » : le groupe le limite aux routes « demo »."),
        ('uses: [{id: traduction, routes: ["*"]}]',
         "3:33: Usage « traduction » : le groupe le limite aux routes « demo »."),
        ("uses: [{id: compte_rendu, identity_needed: true}]",
         "3:44: Usage « compte_rendu » : le groupe demande que l’identité des patients soit toujours masquée."),
        ("uses: [{id: traduction, inferable: true}]",
         "3:36: Usage « traduction » : le groupe demande qu’il soit déclaré."),
        ("uses: [{id: traduction, ancillary: true}]",
         "3:36: Usage « traduction » : le groupe demande qu’il soit déclaré lui-même."),
        ("uses: [{id: compte_rendu, notice: {append: false}}]",
         ("3:35: Usage « compte_rendu » : le groupe demande la mention « projet », que la passerelle ajoute au "
          "texte.")),
        ("uses: [{id: compte_rendu, services: [cardiologie, urgences]}]",
         "3:37: Usage « compte_rendu » : le groupe le limite aux services « cardiologie »."),
        ("uses: [{id: compte_rendu, valid_until: 2027-01-01}]",
         "3:40: Usage « compte_rendu » : le groupe l’ouvre du 01/01/2026 au 31/12/2026."),
        ("uses: [{id: compte_rendu, valid_from: 2025-01-01}]",
         "3:39: Usage « compte_rendu » : le groupe l’ouvre du 01/01/2026 au 31/12/2026."),
        ("uses: [{id: compte_rendu, habilitation: false}]",
         "3:41: Usage « compte_rendu » : le groupe demande une habilitation."),
        ("uses: [{id: compte_rendu, trainings: []}]",
         "3:38: Usage « compte_rendu » : le groupe demande les formations « X »."),
        ("uses: [{id: nouveau, tier: D0}]",
         ("3:13: La charte du groupe n’approuve pas l’usage « nouveau » : un site ne peut pas en ajouter. Usages du "
          "groupe : compte_rendu, traduction.")),
        ("roles: {chef: {title: chef}}",
         ("3:9: La charte du groupe n’a pas le rôle « chef » : un site ne peut pas en ajouter. Le groupe a : ide, "
          "medecin.")),
        ("notices: {libre: {before: 'IA ({nom}, {version})'}}",
         ("3:11: La charte du groupe n’a pas la mention « libre » : un site ne peut pas en ajouter. Le groupe a : "
          "projet.")),
        ("people: {sign: false}", "3:16: Le groupe demande que la charte en vigueur soit signée."),
        ("people: {tools: exempt}", "3:17: Le groupe ne dispense pas les clés de programmes."),
        ("people: {months: 24}", "3:18: Le groupe limite à 12 mois la durée d’une formation."),
        ("people: {trainings: [RGPD]}", "3:21: Le groupe demande aussi les formations « IA-SOCLE », « RESP »."),
        ("uses: [{id: traduction, tier: D0}, {id: traduction, review: R2}]",
         "3:41: « traduction » est écrit deux fois sous `uses` : réunissez les deux."),
    ],
)  # fmt: skip
def test_each_opening_is_a_fault_that_says_what_the_group_allows(tmp_path: Path, written: str, said: str) -> None:
    """Would catch: a site that opens, by one line, what its group has refused."""
    assert said in faults(site(tmp_path, f"{written}\n", narrow=True))


def test_closed_by_the_group_stays_closed(tmp_path: Path) -> None:
    file = site(tmp_path, "uses: [{id: compte_rendu, enabled: true}]\n")
    group = tmp_path / "groupe.yaml"
    group.write_text(group.read_text(encoding="utf-8").replace("    tier: D2\n", "    tier: D2\n    enabled: false\n"))
    assert faults(file) == ["3:36: Usage « compte_rendu » : le groupe ne l’a pas ouvert."]


def test_a_fault_of_the_group_names_the_groups_file(tmp_path: Path) -> None:
    file = site(tmp_path, "contact: Site\n")
    group = tmp_path / "groupe.yaml"
    group.write_text(group.read_text(encoding="utf-8").replace("review: R1", "review: R9"), encoding="utf-8")
    assert faults(file) == [
        f"{group}:46:13: La valeur de `review` n’existe pas ; valeurs admises : `R0`, `R1` ou `R2`."
    ]


def test_a_fault_of_the_site_names_the_sites_file(tmp_path: Path) -> None:
    assert faults(site(tmp_path, "uses: [{id: traduction, tier: D9}]\n")) == [
        "3:31: La valeur de `tier` n’existe pas ; valeurs admises : `D0`, `D1` ou `D2`."
    ]


@pytest.mark.parametrize(("written", "place"), [("", "1:1"), ('version: "1"\n', "2:10")])
def test_a_site_has_a_version_of_its_own(tmp_path: Path, written: str, place: str) -> None:
    """Would catch: a journal that cannot tell which of two charters decided, its group's or the site's."""
    file = site(tmp_path, "")
    file.write_text(f"extends: ../groupe.yaml\n{written}", encoding="utf-8")
    said = f"{place}: Donnez à cette charte sa propre `version` : le journal l’écrit à chaque demande."
    assert faults(file) == [said]


@pytest.mark.parametrize("extends", ["absent.yaml", "charte.yaml", "[a]", "''"])
def test_a_group_that_cannot_be_found_is_a_fault_and_not_a_loop(tmp_path: Path, extends: str) -> None:
    file = tmp_path / "charte.yaml"
    file.write_text(f"extends: {extends}\nversion: '1'\n", encoding="utf-8")
    assert any(fault.startswith("1:10: ") for fault in faults(file))


def test_the_files_of_a_charter_are_all_named(tmp_path: Path) -> None:
    """Would catch: a change of the group's file that no site notices."""
    file = site(tmp_path, "")
    assert sources(file) == (file, tmp_path / "groupe.yaml")


def test_three_levels(tmp_path: Path) -> None:
    site(tmp_path, "uses: [{id: traduction, tier: D0}]\n")
    pole = tmp_path / "site" / "pole.yaml"
    pole.write_text("extends: charte.yaml\nversion: p1\nuses: [{id: traduction, tier: D1}]\n", encoding="utf-8")
    assert faults(pole) == ["3:31: Usage « traduction » : le groupe permet au plus D0 (aucune donnée de patient)."]


USES = st.fixed_dictionaries(
    {"id": st.sampled_from(["compte_rendu", "traduction"])},
    optional={
        "roles": st.sampled_from([["medecin"], ["ide"], ["*"], ["medecin", "ide"]]),
        "tier": st.sampled_from(["D0", "D1", "D2"]),
        "review": st.sampled_from(["R0", "R1", "R2"]),
        "routes": st.sampled_from([["demo"], ["autre"], ["*"], ["demo", "autre"]]),
        "services": st.sampled_from([["cardiologie"], ["urgences"], ["*"]]),
        "enabled": st.booleans(),
        "valid_until": st.sampled_from([dt.date(2026, 11, 1), dt.date(2027, 1, 1)]),
        "trainings": st.sampled_from([[], ["X"], ["Y"]]),
        "habilitation": st.booleans(),
    },
)


@given(st.lists(USES, max_size=2, unique_by=lambda use: use["id"]), st.booleans())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.filter_too_much], deadline=None)
def test_a_site_without_fault_allows_nothing_that_its_group_refuses(
    tmp_path: Path,
    uses: list[dict[str, Any]],
    narrow: bool,  # noqa: FBT001 - drawn
) -> None:
    """Would catch: any way of opening, alone or together with others, that no rule looks at."""
    file = site(tmp_path, "", narrow=narrow)
    with file.open("a", encoding="utf-8") as out:
        YAML(typ="safe", pure=True).dump({"uses": uses}, out)
    reading = read_charter(file, ["demo", "autre"])
    assume(not reading.faults)
    mine, groups = Charter(reading.result(), ROUTES), Charter(text(tmp_path / "groupe.yaml"), ROUTES)
    for role in ("medecin", "ide"):
        for service in ("cardiologie", "urgences"):
            for use in ("compte_rendu", "traduction"):
                for route in ("demo", "autre", None):
                    facts = Facts(use, route, TODAY, recognition=Recognition())
                    here, there = (one.decide(Caller("k", role, service), facts) for one in (mine, groups))
                    if here.allowed:
                        assert there.allowed
                        assert here.duties is not None
                        assert there.duties is not None
                        assert here.duties.tier.rank <= there.duties.tier.rank
                        assert here.duties.review >= there.duties.review
