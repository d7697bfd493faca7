"""What is the general road's own; what it shares with the fast one is in `test_provider.py`."""

import json

from gateway.conversation import Choice, Message, Role
from gateway.upstream.litellm_client import LitellmModel
from gateway.upstream.target import Target
from tests.fakes.openai_server import Raw, recording_upstream
from tests.fakes.prompts import masked


async def test_a_provider_of_another_format() -> None:
    """Catches a general road that reads only what the fast one does."""
    answer = {
        "content": [{"type": "text", "text": "Oui."}],
        "stop_reason": "end_turn",
        "usage": {"input_tokens": 3, "output_tokens": 1},
        "role": "assistant",
        "type": "message",
        "model": "m",
        "id": "i",
    }
    async with recording_upstream() as server:
        model = LitellmModel(Target("local", "anthropic/claude-sonnet-4", server.url, "cle"))
        server.reply_with(Raw(json.dumps(answer).encode()))
        reply = await model.complete(masked("Bonjour", Message(Role.ASSISTANT, "Oui ?"), "Non"))
        await model.close()
    assert (reply.choices, reply.usage.total_tokens) == ((Choice(0, "Oui."),), 4)
