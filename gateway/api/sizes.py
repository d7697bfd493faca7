"""How large a request may be, once understood."""

from collections.abc import Sequence

from config.limits import Limits
from filters.identifiers.text import Text
from gateway.conversation import Prompt
from gateway.errors import InvalidPromptError, PromptTooLargeError


def check(prompt: Prompt, limits: Limits) -> None:
    """Raise `PromptTooLargeError` where a limit is exceeded; the message names the limit, not the excess."""
    if len(prompt.messages) > limits.messages:
        raise PromptTooLargeError(f"plus de {limits.messages} messages")
    if len(prompt.tools) > limits.tools:
        raise PromptTooLargeError(f"plus de {limits.tools} outils")
    if prompt.parameters.n > limits.choices:
        raise PromptTooLargeError(f"plus de {limits.choices} réponses demandées (`n`)")
    measure = _Measure(limits)
    try:
        prompt.rewritten(measure.add)
    except RecursionError:
        raise InvalidPromptError("une structure JSON est trop profondément imbriquée.") from None


def check_texts(texts: Sequence[str], limits: Limits) -> None:
    """Raise `PromptTooLargeError` where there are too many texts, or too long ones."""
    measure = _Measure(limits)
    for text in texts:
        measure.add(Text(text))


class _Measure:
    """Counts texts, and ends at the first beyond a limit: a structure may hold a million, and others wait meanwhile."""

    def __init__(self, limits: Limits) -> None:
        self._limits, self._texts, self._characters = limits, 0, 0

    def add(self, text: Text) -> str:
        """Count one, and return it as it is."""
        self._texts += 1
        self._characters += len(text.value)
        if self._texts > self._limits.texts:
            raise PromptTooLargeError(f"plus de {self._limits.texts} textes, structures JSON comprises")
        if self._characters > self._limits.text_characters:
            raise PromptTooLargeError(f"plus de {self._limits.text_characters} caractères de texte")
        return text.value
