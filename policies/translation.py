"""A charter in another language: the same rules, other words. What was not translated stays in French."""

from policies.decision import Language
from policies.rule import CharterText, Practice, Translation


def translated(text: CharterText, language: Language) -> CharterText:
    """Return the charter with the words of one of its translations, and without any translation."""
    words = text.translations[language]
    return text.model_copy(
        update={
            "forbidden": words.forbidden,
            "emergency": words.emergency,
            "degraded_mode": words.degraded_mode or text.degraded_mode,
            "refusals": {
                code: refusal.model_copy(update=dict(words.refusals[code])) if code in words.refusals else refusal
                for code, refusal in text.refusals.items()
            },
            "roles": {
                id_: role.model_copy(update={"title": words.roles.get(id_, role.title)})
                for id_, role in text.roles.items()
            },
            "uses": tuple(use.model_copy(update={"title": words.uses.get(use.id, use.title)}) for use in text.uses),
            "practices": tuple(_practice(practice, words) for practice in text.practices),
            "translations": {},
        }
    )


def speaks(words: Translation, code: str) -> bool:
    """Return whether a refusal of that code, which may be a forbidden practice, can be told in this language."""
    return code in words.refusals or code in words.practices


def _practice(practice: Practice, words: Translation) -> Practice:
    return practice.model_copy(update=dict(words.practices.get(practice.id, ())))
