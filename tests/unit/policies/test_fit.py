from config.charter import SHIPPED
from policies import fit
from policies.facts import Likely, Recognition
from policies.loader import read_charter

USES = {use.id: use for use in read_charter(SHIPPED, ["demo"]).result().uses}


def read(**chances: float) -> Recognition:
    return Recognition(uses=tuple(Likely(use, chance) for use, chance in chances.items()))


def test_the_likeliest_has_to_be_likely_enough() -> None:
    assert fit.likeliest(read(traduction=0.7, codage=0.2), 0.6) == "traduction"
    assert fit.likeliest(read(traduction=0.7), 0.8) is None
    assert fit.likeliest(Recognition(), 0.1) is None


def test_a_request_evades_only_where_the_declared_use_is_out_of_the_question() -> None:
    """Catches a false refusal of somebody whose request fits two uses."""
    declared = USES["reformulation"]
    assert fit.evades(read(courrier_medical=0.6, synthese_dossier=0.3, reformulation=0.02), declared, USES)
    assert not fit.evades(read(courrier_medical=0.6, synthese_dossier=0.2, reformulation=0.1), declared, USES)
    assert fit.evades(read(hors_catalogue=0.9), declared, USES)
    assert not fit.evades(read(courrier_medical=0.6, reformulation=0.3), declared, USES)
    assert fit.evades(read(courrier_medical=0.4, synthese_dossier=0.4), declared, USES)
    assert not fit.evades(read(courrier_medical=0.3, imprecis=0.6), declared, USES)
    assert not fit.evades(read(imprecis=0.9), declared, USES)
    assert not fit.evades(read(reformulation=0.95), USES["courrier_medical"], USES)


def test_plain_is_what_uses_that_may_be_inferred_make_up() -> None:
    assert fit.inferred(read(reformulation=0.5, redaction_admin=0.4), USES) == USES["reformulation"]
    assert fit.inferred(read(reformulation=0.5, courrier_medical=0.4), USES) is None
    assert fit.inferred(read(compte_rendu=0.99), USES) is None
    assert fit.inferred(Recognition(), USES) is None


def test_a_declaration_cannot_lower_the_duties() -> None:
    assert fit.asks_more(USES["courrier_medical"], USES["reformulation"])
    assert fit.asks_more(USES["reflexion_clinique"], USES["compte_rendu"])
    assert not fit.asks_more(USES["reformulation"], USES["courrier_medical"])
    assert not fit.asks_more(USES["courrier_medical"], USES["compte_rendu"])


def test_a_document_without_a_word_of_asking_is_of_the_use_that_was_declared() -> None:
    """Catches a false refusal of whoever chooses a use from the menu and pastes a note."""
    declared = USES["reformulation"]
    assert not fit.evades(read(courrier_medical=0.4, synthese_dossier=0.3, imprecis=0.25), declared, USES)


def test_two_things_asked_at_once_are_not_covered_by_the_allowed_one() -> None:
    """Catches a discussion of a patient that passes as what stands before it."""
    declared = USES["traduction"]
    assert not USES["reflexion_clinique"].enabled
    assert fit.evades(read(reflexion_clinique=0.57, traduction=0.4), declared, USES)
    assert fit.evades(read(hors_catalogue=0.6, traduction=0.35), declared, USES)
    assert not fit.evades(read(reflexion_clinique=0.5, traduction=0.45), declared, USES)
    assert not fit.evades(read(synthese_dossier=0.6, traduction=0.38), declared, USES)
    assert not fit.evades(read(reflexion_clinique=0.6, traduction=0.15, imprecis=0.25), declared, USES)


def test_plainly_another_use_is_refused_though_it_asks_no_more() -> None:
    """Catches data, notice and roles of a use that the request is not of."""
    assert not fit.asks_more(USES["redaction_admin"], USES["transmissions"])
    assert fit.evades(read(redaction_admin=0.97), USES["transmissions"], USES)
    assert fit.evades(read(communication=0.92), USES["code_informatique"], USES)
    assert not fit.evades(read(redaction_admin=0.85), USES["transmissions"], USES)
    assert not fit.evades(read(redaction_admin=0.95, transmissions=0.03), USES["transmissions"], USES)
    assert not fit.evades(read(recherche_clinique=0.5, communication=0.49), USES["code_informatique"], USES)


def test_looking_something_up_and_putting_a_text_right_are_a_part_of_every_use() -> None:
    """Catches a refusal of what somebody asks in passing, under a declaration that asks more."""
    assert not fit.evades(read(recherche_documentaire=0.99), USES["code_informatique"], USES)
    assert not fit.evades(read(reformulation=0.99), USES["transmissions"], USES)
    assert {use.id for use in USES.values() if use.ancillary} == {"reformulation", "recherche_documentaire"}
