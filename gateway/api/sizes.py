"""How large a request may be, once understood."""

from collections.abc import Sequence

from config.limits import Limits
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
    try:
        texts = prompt.texts
    except RecursionError:
        raise InvalidPromptError("une structure JSON est trop profondément imbriquée.") from None
    check_texts([text.value for text in texts], limits)


def check_texts(texts: Sequence[str], limits: Limits) -> None:
    """Raise `PromptTooLargeError` where there are too many texts, or too long ones."""
    if len(texts) > limits.texts:
        raise PromptTooLargeError(f"plus de {limits.texts} textes, structures JSON comprises")
    if sum(len(text) for text in texts) > limits.text_characters:
        raise PromptTooLargeError(f"plus de {limits.text_characters} caractères de texte")
