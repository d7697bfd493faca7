"""What a request asks for, read by the workers: every text of it, and the last turns of a person together."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import Protocol

from filters.identifiers.text import Text
from gateway.conversation import Message, Prompt, Role, TextPart
from gateway.reading.cache import RecognitionCache
from policies.facts import Facts, Recognition
from policies.practices.whole import whole

_BATCH_CHARACTERS = 32_000
"""Texts sent to a worker together."""

_FEWEST_WORDS = 4
"""Fewer words, in a text that is no turn of the conversation, are a name or a value."""

_TURNS = 3
_JOINED_CHARACTERS = 2_000
"""A request split over turns is read joined; longer turns speak for themselves."""


class Recognisers(Protocol):
    """What this stage asks of a `WorkerPool`."""

    async def recognise(self, texts: Sequence[str]) -> list[Recognition]:
        """Return what is recognised in each text."""
        ...


class Reading:
    """Reads the texts of a request for what the charter forbids and for the use that they fit.

    Fails closed: where they cannot be read, the facts say so, and the charter allows nothing.
    """

    def __init__(self, recognisers: Recognisers, cache: RecognitionCache) -> None:
        self._recognisers, self._cache = recognisers, cache

    async def read(self, prompt: Prompt, facts: Facts) -> Facts:
        """Return `facts` with what was recognised; without it where the workers do not answer. Never raises."""
        try:
            return replace(facts, recognition=await self._recognised(prompt))
        except Exception:  # noqa: BLE001 (whatever fails, nothing is allowed, and no message may hold a text)
            return replace(facts, recognition=None)

    async def _recognised(self, prompt: Prompt) -> Recognition:
        said = _said(prompt.messages, {Role.USER})
        joined = ["\n".join(said[-_TURNS:])] if len(said) > 1 else []
        texts = [*_said(prompt.messages, set(Role) - {Role.TOOL}), *_spoken(prompt.texts)]
        texts += [text for text in joined if len(text) <= _JOINED_CHARACTERS]
        found = await self._each(list(dict.fromkeys(text for text in texts if text.strip())))
        asked = [found[text] for text in said[-1:] if text in found]
        return whole(list(found.values()), asked)

    async def _each(self, texts: Sequence[str]) -> dict[str, Recognition]:
        known = {text: found for text in texts if (found := self._cache.get(text)) is not None}
        for batch in _batches([text for text in texts if text not in known]):
            recognised = await self._recognisers.recognise(batch)
            for text, found in zip(batch, recognised, strict=True):
                known[text] = found
                self._cache.put(text, found)
        return known


def _spoken(texts: Sequence[Text]) -> Iterator[str]:
    """Yield the texts that can ask for something: the name of a tool or a cell of a table cannot."""
    for text in texts:
        if not text.bare and len(text.value.split(maxsplit=_FEWEST_WORDS)) >= _FEWEST_WORDS:
            yield text.value


def _said(messages: Sequence[Message], roles: Collection[Role]) -> list[str]:
    return [text for message in messages if message.role in roles for text in _texts(message) if text.strip()]


def _texts(message: Message) -> Iterator[str]:
    if isinstance(message.content, str):
        yield message.content
    else:
        yield from (part.text for part in message.content or () if isinstance(part, TextPart))


def _batches(texts: Sequence[str]) -> Iterator[list[str]]:
    batch: list[str] = []
    characters = 0
    for text in texts:
        if batch and characters + len(text) > _BATCH_CHARACTERS:
            yield batch
            batch, characters = [], 0
        batch.append(text)
        characters += len(text)
    if batch:
        yield batch
