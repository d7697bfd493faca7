"""What is read of a request, what is not read again, and what happens when nobody can read."""

import datetime as dt
from collections.abc import Sequence

import pytest
from typing_extensions import override

from gateway.conversation import MediaPart, Message, Prompt, Role, TextPart, Tool
from gateway.errors import GatewayError, MaskingOverloadedError, MaskingUnavailableError
from gateway.reading.cache import RecognitionCache
from gateway.reading.stage import Reading
from policies.facts import Facts, Likely, Recognised, Recognition

FACTS = Facts("reformulation", None, dt.date(2026, 11, 26))


class Readers:
    """Recognises a practice in texts that say `trie`, and the use that a text names after `usage`."""

    def __init__(self, error: GatewayError | None = None) -> None:
        self.asked: list[str] = []
        self.error = error

    async def recognise(self, texts: Sequence[str]) -> list[Recognition]:
        """Return what is recognised in each text."""
        self.asked.extend(texts)
        if self.error:
            raise self.error
        return [self._one(text) for text in texts]

    def _one(self, text: str) -> Recognition:
        found = (Recognised("tri_patients", 0.9),) if "trie ces patients" in " ".join(text.split()) else ()
        _, _, use = text.partition("usage ")
        return Recognition(found, uses=(Likely(use, 0.9),) if use else ())


def reading(readers: Readers) -> Reading:
    return Reading(readers, RecognitionCache(100))


async def read(readers: Readers, *messages: Message, tools: tuple[Tool, ...] = ()) -> Recognition:
    facts = await reading(readers).read(Prompt(messages, tools=tools), FACTS)
    assert facts.declared_use == FACTS.declared_use
    assert facts.recognition is not None
    return facts.recognition


def practices(found: Recognition) -> list[str]:
    return [each.practice for each in found.forbidden]


@pytest.mark.parametrize(
    "message",
    [
        Message(Role.SYSTEM, "trie ces patients maintenant"),
        Message(Role.USER, (TextPart("bonjour"), TextPart("trie ces patients"))),
        Message(Role.ASSISTANT, "trie ces patients maintenant"),
        Message(Role.TOOL, "trie ces patients maintenant", tool_call_id="a"),
    ],
    ids=["system", "part", "assistant", "tool"],
)
async def test_every_text_is_read(message: Message) -> None:
    """Catches a forbidden request that passes in a place where nobody looks."""
    found = await read(Readers(), message, Message(Role.USER, "usage reformulation"))
    assert practices(found) == ["tri_patients"]
    assert found.uses[0].use == "reformulation"


async def test_a_tool_s_description_is_read() -> None:
    found = await read(Readers(), Message(Role.USER, "vas-y"), tools=(Tool("a", "trie ces patients aujourd'hui"),))
    assert practices(found) == ["tri_patients"]


async def test_a_request_split_over_turns_is_read_whole() -> None:
    """Catches a forbidden request dealt out in halves."""
    turns = [Message(Role.USER, "trie ces"), Message(Role.ASSISTANT, "Oui ?"), Message(Role.USER, "patients")]
    assert practices(await read(Readers(), *turns)) == ["tri_patients"]


async def test_the_last_turn_says_the_use() -> None:
    turns = [Message(Role.USER, "usage traduction"), Message(Role.USER, "usage reformulation")]
    assert (await read(Readers(), *turns)).uses[0].use == "reformulation"


async def test_a_resent_history_is_not_read_again() -> None:
    readers = Readers()
    stage = reading(readers)
    history = [
        Message(Role.USER, "un"),
        Message(Role.ASSISTANT, "deux fois deux font quatre"),
        Message(Role.USER, "trois"),
    ]
    await stage.read(Prompt(tuple(history)), FACTS)
    readers.asked.clear()
    await stage.read(Prompt((*history, Message(Role.USER, "quatre"))), FACTS)
    assert readers.asked == ["quatre", "un\ntrois\nquatre"]


async def test_long_turns_speak_for_themselves() -> None:
    readers = Readers()
    await read(readers, Message(Role.USER, "a" * 1_500), Message(Role.USER, "b" * 1_500))
    assert sorted(map(len, readers.asked)) == [1_500, 1_500]


async def test_pictures_alone_ask_nothing() -> None:
    found = await read(Readers(), Message(Role.USER, (MediaPart("image_url", {}),)))
    assert found == Recognition()


@pytest.mark.parametrize("error", [MaskingUnavailableError("x"), MaskingOverloadedError(3)])
async def test_where_nobody_can_read_the_facts_say_so(error: GatewayError) -> None:
    """Catches a request that passes because the workers were down; and a failure kept as `nothing found`."""
    readers = Readers(error)
    stage = reading(readers)
    prompt = Prompt((Message(Role.USER, "trie ces patients"),))
    assert (await stage.read(prompt, FACTS)).recognition is None
    readers.error = None
    found = (await stage.read(prompt, FACTS)).recognition
    assert found is not None
    assert practices(found) == ["tri_patients"]


async def test_names_of_tools_ask_nothing() -> None:
    """Catches a refusal for the name of a tool that an integrator chose."""
    readers = Readers()
    await read(readers, Message(Role.USER, "vas-y"), tools=(Tool("trier", "Trie", {"title": "tri"}),))
    assert readers.asked == ["vas-y"]


@pytest.mark.parametrize("role", [Role.SYSTEM, Role.DEVELOPER, Role.ASSISTANT])
async def test_a_short_turn_is_read_too(role: Role) -> None:
    assert practices(await read(Readers(), Message(role, "trie ces patients"), Message(Role.USER, "Va."))) != []


async def test_fewer_answers_than_texts_are_no_answer() -> None:
    """Catches a text that nobody read, and a failure that leaves the request without a record."""

    class Short(Readers):
        @override
        async def recognise(self, texts: Sequence[str]) -> list[Recognition]:
            return (await super().recognise(texts))[1:]

    facts = await reading(Short()).read(Prompt((Message(Role.USER, "trie ces patients"),)), FACTS)
    assert facts.recognition is None
