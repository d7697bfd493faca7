"""An author's cases say what is wrong in words, and cannot pass by accident."""

from pathlib import Path

from config.charter import SHIPPED
from policies.cases import Cases, beside, failures, read_cases
from policies.facts import Recognised, Recognition
from policies.loader import read_charter

TEXT = read_charter(SHIPPED, ["demo"]).result()
ROUTE = """today: 2026-11-23
routes:
  - {id: demo, model: demo/extractif, tier: D1, country: FR, system: {name: Essai, version: "1", supplier: Éditeur}}
cases:
"""
ONE = """  - case: {title}
    caller: {{role: {role}}}
    request: {request}
    expect: {{decision: allow, code: permis, article: "guide 7.3 et 8.2", use: compte_rendu, route: demo, tier: D1,
      review: R2}}
"""


def cases(folder: Path, *written: str) -> Cases:
    file = folder / "charte_cases.yaml"
    file.write_text(ROUTE + "".join(written), encoding="utf-8")
    return read_cases(file).result()


def one(role: str = "medecin", request: str = "{use: compte_rendu}", title: str = "un cas") -> str:
    return ONE.format(role=role, request=request, title=title)


def test_cases_stand_beside_their_charter() -> None:
    assert beside(Path("a/groupe.yaml")) == Path("a/groupe_cases.yaml")


def test_what_is_answered_instead_is_told(tmp_path: Path) -> None:
    found = cases(tmp_path, one(), one(role="ide", title="un autre"))
    assert failures(found.cases[0], found, TEXT) == ()
    assert failures(found.cases[1], found, TEXT) == (
        "decision : attendu « allow », obtenu « refuse »",
        "code : attendu « permis », obtenu « hors_role »",
        "article : attendu « guide 7.3 et 8.2 », obtenu « guide 5.1 et 5.3 »",
        "route : attendu « demo », obtenu rien",
        "tier : attendu « D1 », obtenu rien",
        "review : attendu « R2 », obtenu rien",
    )


def test_a_prompt_is_read_and_fails_closed_where_nothing_reads(tmp_path: Path) -> None:
    """Would catch: a case with a text that passes because nobody read it."""
    found = cases(tmp_path, one(request="{use: compte_rendu, prompt: Trie ces patients.}"))
    tri = Recognition(forbidden=(Recognised("tri_patients", 1.0),))
    assert "code : attendu « permis », obtenu « lecture_indisponible »" in failures(found.cases[0], found, TEXT)
    assert "code : attendu « permis », obtenu « tri_patients »" in failures(found.cases[0], found, TEXT, lambda _: tri)
    assert failures(found.cases[0], found, TEXT, lambda _: Recognition()) == ()


def test_a_route_that_is_nowhere_and_a_title_written_twice_are_faults(tmp_path: Path) -> None:
    file = tmp_path / "c.yaml"
    file.write_text(ROUTE + one() + one() + "    routes: [dmo]\n", encoding="utf-8")
    assert [fault.message for fault in read_cases(file).faults] == [
        "La route « dmo » n’est pas sous `routes` ; vouliez-vous écrire `demo` ?",
        "Deux cas portent ce titre : changez celui-ci.",
    ]


def test_an_amendment_that_makes_no_charter_is_told(tmp_path: Path) -> None:
    found = cases(tmp_path, one() + "    amend: {compte_rendu: {tier: D9}}\n")
    assert failures(found.cases[0], found, TEXT) == (
        "`amend` ou `people` ne donne pas une charte valide : corrigez ce cas.",
    )
