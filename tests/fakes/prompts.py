"""Masked prompts for tests of what comes after masking: nothing in their texts is replaced."""

from dataclasses import dataclass
from typing import Any

from gateway.conversation import MaskedPrompt, Message, Prompt, Role


@dataclass(frozen=True)
class Unchanged:
    """Replacements that replace nothing."""

    texts: tuple[str, ...]
    system_line: str | None = None


def masked(*messages: Message | str, system_line: str | None = None, **fields: Any) -> MaskedPrompt:
    """Return a prompt that may leave; a plain text is a user's message, other fields are those of `Prompt`."""
    turns = tuple(Message(Role.USER, message) if isinstance(message, str) else message for message in messages)
    prompt = Prompt(messages=turns, **fields)
    return prompt.masked_with(Unchanged(tuple(text.value for text in prompt.texts), system_line))
