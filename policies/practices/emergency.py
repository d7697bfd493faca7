"""Whether somebody's life seems to be at stake now. Only adds a reminder; a wrong guess costs a sentence."""

from collections.abc import Sequence

from policies.practices.signals.pattern import Matcher

_SIGNALS = Matcher(
    {
        "danger": """
            arret cardiaque|cardio|cardiorespiratoire / acr / ne respire plus|pas / respire plus / inconscient*
            ne repond plus / choc anaphylactique|hemorragique|septique / anaphyla* / hemorragi* / cyanos* / etouff*
            saigne beaucoup|abondamment|encore / convuls* / desature* / sature _1 a / fait un malaise
            perd connaissance / detresse respiratoire|vitale / douleur thoracique / deficit brutal / overdose / pendu*
            cardiac arrest / not breathing / unresponsive / bleeding out
        """,
        "now": """
            maintenant / en ce moment / a l ' instant / tout de suite / vite / urgent* / urgence / vient de
            est en train de / je fais quoi / on fait quoi / que faire / quoi faire / que dois je / aide moi
            help / right now / what do i do
        """,
    }
)

_NEAR = 25
"""Words between a danger and its being now."""


def vital(tokens: Sequence[str]) -> bool:
    """Return whether a danger to life and its being now stand close to each other."""
    seen = list(_SIGNALS.find(tokens))
    dangers = [each.start for each in seen if each.name == "danger"]
    return any(abs(each.start - at) <= _NEAR for each in seen if each.name == "now" for at in dangers)
