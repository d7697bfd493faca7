"""What is written for the names of a patient."""

from filters.identifiers.entity import Label
from filters.identifiers.known.name_forms import name_forms
from filters.identifiers.known.patient import KnownName


def test_words_alone_and_run_together() -> None:
    forms = name_forms([KnownName("Le Goffec", ("Jean-Pierre",))])
    assert {"goffec", "legoffec", "jean", "pierre", "jeanpierre", "goffecs"} <= set(forms.words)
    assert {"jeangoffec", "goffecjp", "jlegoffec"} <= set(forms.words)
    assert "le" not in forms.words
    assert (forms.words["goffec"], forms.words["jean"]) == (Label.NOM, Label.PRENOM)
    assert forms.particles == {("le", "goffec")}
    assert forms.given_initials == {"j", "p", "jp"}
    assert {"jg", "gj", "jpg", "gjp"} <= forms.monograms


def test_a_name_of_small_words_only_is_a_name_all_the_same() -> None:
    """Catches a surname such as Le or Van of which nothing would be sought."""
    forms = name_forms([KnownName("Van", ("Le",))])
    assert {"van", "le"} <= set(forms.words)
    assert "le" in forms.doubtful


def test_words_that_mean_something_else_are_doubtful() -> None:
    assert name_forms([KnownName("Petit", ("Rose", "An", "Vincent"))]).doubtful >= {"petit", "petits", "rose", "an"}
    assert "vincent" not in name_forms([KnownName("", ("Vincent",))]).doubtful


def test_a_whole_text_is_told_apart_by_its_capitals() -> None:
    forms = name_forms([KnownName(text="Mme Ysé Anne KERBRAT-MORVAN")])
    assert {word for word, label in forms.words.items() if label is Label.PRENOM} >= {"yse", "anne"}
    assert {word for word, label in forms.words.items() if label is Label.NOM} >= {"kerbrat", "morvan"}
    assert name_forms([KnownName(text="Ysé Kerbrat")]).words["kerbrat"] is Label.NOM
    assert name_forms([KnownName("Kerbrat", ("Ysé",), "Ysé Kerbrat née Morvan")]).words["morvan"] is Label.NOM


def test_long_names_are_known_cut() -> None:
    assert {"kerbr", "kerbra"} == set(name_forms([KnownName("Kerbrat")]).cut)
    assert not name_forms([KnownName("Roux")]).cut


def test_forms_stay_few() -> None:
    """Catches an identity made of hundreds of words that would stop the gateway for everybody."""
    forms = name_forms([KnownName("a bc " * 40, ("d ef " * 40,) * 10)] * 10)
    assert len(forms.words) < 5_000
