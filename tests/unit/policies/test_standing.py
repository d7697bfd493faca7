"""What a person lacks for a use, and how it is told."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.charter import SHIPPED
from policies.charter import Charter
from policies.facts import AiSystem, Caller, Facts, Recognition, Route, Standing, Tier
from policies.loader import read_charter
from policies.people import GENERAL, PeopleRule, Required, Tools
from policies.rule import Code
from policies.standing import NOTHING, Needs, State, foreseen, needs, state

TODAY = dt.date(2026, 11, 23)
YESTERDAY, LATER = TODAY - dt.timedelta(days=1), TODAY + dt.timedelta(days=90)
TEXT = read_charter(SHIPPED, ["demo"]).result()
ROUTE = Route("demo", Tier.D1, "FR", AiSystem("Modèle", "1", "Éditeur"))
USE = next(use for use in TEXT.uses if use.id == "compte_rendu")

days = st.dates(TODAY - dt.timedelta(days=400), TODAY + dt.timedelta(days=400))
codes = st.sampled_from([*GENERAL, "AUTRE"])
standings = st.none() | st.builds(
    Standing,
    trainings=st.dictionaries(codes, days),
    signed=st.dictionaries(st.sampled_from([TEXT.version, "1"]), days),
    habilitations=st.dictionaries(st.sampled_from(["compte_rendu", "Modèle", "autre"]), days),
)


def charter(**rule: object) -> Charter:
    """Return the shipped charter, with a habilitation asked for reports."""
    uses = tuple(use.model_copy(update={"habilitation": use.id == USE.id}) for use in TEXT.uses)
    return Charter(TEXT.model_copy(update={"people": PeopleRule.model_validate(rule), "uses": uses}), [ROUTE])


def decided(standing: Standing | None, use: str = "compte_rendu", **rule: object) -> tuple[str, str]:
    caller = Caller("cle-1", "medecin", "x", person="a123", standing=standing)
    decision = charter(**rule).decide(caller, Facts(use, None, TODAY, recognition=Recognition()))
    return decision.code, decision.message


def test_the_shipped_charter_asks_nothing() -> None:
    assert TEXT.people == PeopleRule()
    assert not charter().people.asks
    assert decided(None)[0] == Code.ALLOWED


@pytest.mark.parametrize(
    ("until", "expected"),
    [
        (None, State.MISSING),
        (YESTERDAY, State.EXPIRED),
        (TODAY, State.ENDING),
        (TODAY + dt.timedelta(days=30), State.ENDING),
        (TODAY + dt.timedelta(days=31), State.VALID),
        (dt.date.max, State.VALID),
    ],
)
def test_a_last_day_counts_and_is_announced_a_month_ahead(until: dt.date | None, expected: State) -> None:
    assert state(until, TODAY) is expected


def test_where_the_rule_applies() -> None:
    listed, plain = USE.model_copy(update={"trainings": ("NOTICE", "RGPD")}), USE
    whole = Needs((*GENERAL, "NOTICE"), signature=True)
    assert needs(PeopleRule(), listed) == NOTHING
    assert needs(PeopleRule(required=Required.LISTED), plain) == NOTHING
    assert needs(PeopleRule(required=Required.LISTED), listed) == whole
    assert needs(PeopleRule(required=Required.LISTED), USE.model_copy(update={"trainings": ()})) == Needs(GENERAL, True)  # noqa: FBT003
    assert needs(PeopleRule(required=Required.ALL), plain) == Needs(GENERAL, signature=True)
    assert foreseen(PeopleRule(), listed) == whole


@given(standing=standings, required=st.sampled_from(Required), tools=st.sampled_from(Tools), sign=st.booleans())
def test_whoever_passes_has_all_that_is_asked(
    *, standing: Standing | None, required: Required, tools: Tools, sign: bool
) -> None:
    """Would catch: an expired training, an old charter or an absent register that lets somebody through."""
    code, _ = decided(standing, required=required, tools=tools, sign=sign)
    if code != Code.ALLOWED or required is Required.OFF:
        return
    assert standing is not None
    assert all(standing.trainings.get(training, YESTERDAY) >= TODAY for training in GENERAL)
    assert not sign or TEXT.version in standing.signed
    assert any(standing.habilitations.get(name, YESTERDAY) >= TODAY for name in ("compte_rendu", "Modèle"))


def test_a_refusal_says_what_is_missing_and_how_to_get_it() -> None:
    """Would catch: somebody refused who cannot know which training to renew."""
    learnt = {"IA-SOCLE": LATER, "RGPD": YESTERDAY}
    code, message = decided(Standing(learnt), required="all")
    assert code == "formation_requise"
    assert "Il vous manque : formation RGPD (expirée le 22/11/2026), formation RESP." in message
    assert "référent de formation" in message
    learnt = dict.fromkeys(GENERAL, LATER)
    code, message = decided(Standing(learnt, {"1": YESTERDAY}), required="all")
    assert code == "charte_non_signee"
    assert "signature de la charte, version 2026-11-23 (signée : version 1, le 22/11/2026)." in message
    code, message = decided(Standing(learnt), required="all")
    assert "signature de la charte, version 2026-11-23." in message
    signed = {TEXT.version: YESTERDAY}
    code, message = decided(Standing(learnt, signed, {"compte_rendu": YESTERDAY}), required="all")
    assert code == "habilitation_requise"
    assert "habilitation pour « Aide au compte rendu » (expirée le 22/11/2026)." in message
    code, message = decided(None, required="all")
    assert code == "personne_inconnue"
    assert "Demandez une clé à votre nom" in message


def test_the_menu_offers_nothing_that_would_be_refused() -> None:
    asked = charter(required="all")
    trained = Standing(dict.fromkeys(GENERAL, LATER), {TEXT.version: TODAY})
    for standing in (None, Standing(), trained):
        caller = Caller("cle-1", "medecin", "x", person="a123", standing=standing)
        opened = {use.id for use in asked.open_to(caller, TODAY)}
        allowed = {
            use
            for use in asked.uses
            if asked.decide(caller, Facts(use, None, TODAY, recognition=Recognition())).allowed
        }
        assert opened == allowed
        assert bool(opened) is (standing is trained)
        assert "compte_rendu" not in opened


def test_a_person_stays_out_of_the_decision() -> None:
    """Would catch: an internal id in what the journal and the metrics read."""
    caller = Caller("cle-1", "medecin", "x", person="matricule-77", standing=Standing())
    decision = charter(required="all").decide(caller, Facts("traduction", None, TODAY, recognition=Recognition()))
    assert not decision.allowed
    assert "matricule-77" not in repr(decision)
