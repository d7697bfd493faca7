// The official Node client works by changing its address and its key: ECLUSE_URL, ECLUSE_KEY.
import assert from "node:assert/strict";
import { test } from "node:test";
import OpenAI from "openai";

const client = new OpenAI({ baseURL: process.env.ECLUSE_URL, apiKey: process.env.ECLUSE_KEY, maxRetries: 0 });
const model = "reformulation";
const note = process.env.ECLUSE_NOTE;
const messages = [{ role: "user", content: note }];

test("a whole answer, restored", async () => {
  const answer = await client.chat.completions.create({ model, messages });
  assert.equal(answer.choices[0].message.content, note);
  assert.equal(answer.choices[0].finish_reason, "stop");
  assert.equal(answer.ecluse.ai_generated, true);
});

test("a streamed answer, restored, with its tokens", async () => {
  const stream = await client.chat.completions.create({
    model,
    messages,
    stream: true,
    stream_options: { include_usage: true },
  });
  let text = "";
  let last;
  for await (const chunk of stream) {
    text += chunk.choices[0]?.delta?.content ?? "";
    last = chunk;
  }
  assert.equal(text, note);
  assert.deepEqual(last.choices, []);
  assert.ok(last.usage.total_tokens > 0);
  assert.equal(last.ecluse.state, "draft");
});

test("the client's own accumulation of a stream", async () => {
  const completion = await client.beta.chat.completions.stream({ model, messages, n: 2 }).finalChatCompletion();
  assert.deepEqual(completion.choices.map((choice) => choice.message.content), [note, note]);
});

test("tools and their results", async () => {
  const tools = [{ type: "function", function: { name: "chercher", parameters: { type: "object", properties: {} } } }];
  const call = { id: "c1", type: "function", function: { name: "chercher", arguments: '{"examen": "NFS"}' } };
  const answer = await client.chat.completions.create({
    model,
    tools,
    messages: [
      ...messages,
      { role: "assistant", content: null, tool_calls: [call] },
      { role: "tool", tool_call_id: "c1", content: "normale" },
    ],
  });
  assert.equal(answer.choices[0].message.content, note);
});

test("the menu", async () => {
  const ids = [];
  for await (const entry of client.models.list()) ids.push(entry.id);
  assert.ok(ids.includes("reformulation@modele"));
});

test("errors are the client's own, in French", async () => {
  await assert.rejects(client.chat.completions.create({ model: "modele", messages }), (error) => {
    assert.ok(error instanceof OpenAI.PermissionDeniedError);
    assert.equal(error.code, "usage_requis");
    assert.match(error.message, /Rien n['’]a été envoyé au modèle/);
    return true;
  });
  await assert.rejects(
    client.chat.completions.create({ model, messages, api_base: "http://ailleurs.example" }),
    (error) => error instanceof OpenAI.BadRequestError && error.code === "champ_inconnu" && error.param === "api_base",
  );
  const stranger = new OpenAI({ baseURL: process.env.ECLUSE_URL, apiKey: "ecl_inconnue", maxRetries: 0 });
  await assert.rejects(stranger.chat.completions.create({ model, messages }), OpenAI.AuthenticationError);
});
