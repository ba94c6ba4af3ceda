// The official OpenAI library for JavaScript, unchanged, against the gateway: prints the name of each check that held.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';

const [folder, baseURL, apiKey] = process.argv.slice(2);
const { default: OpenAI } = createRequire(folder + '/')('openai');
const TEXT = Array.from({ length: 8 }, (_, i) => `a–${i} `).join('');
const messages = [{ role: 'user', content: 'go' }];
const drive = {
  type: 'function',
  function: { name: 'drive', parameters: { type: 'object', properties: { distance: { type: 'number' } } } },
};
const schema = {
  type: 'json_schema',
  json_schema: { name: 'step', schema: { type: 'object', properties: { distance: { type: 'number' } } } },
};
const errors = [
  ['refusing', OpenAI.BadRequestError, 400, 'rejected'],
  ['forbidden', OpenAI.PermissionDeniedError, 403, 'model_not_allowed'],
  ['unknown', OpenAI.NotFoundError, 404, 'model_not_found'],
  ['limited', OpenAI.RateLimitError, 429, 'rate_limit_exceeded'],
  ['broken', OpenAI.InternalServerError, 502, 'upstream_failed'],
  ['loading', OpenAI.InternalServerError, 503, 'upstream_unavailable'],
  ['silent', OpenAI.InternalServerError, 504, null], // upstream_timeout or deadline_exceeded, as both end together
];

const client = new OpenAI({ baseURL, apiKey, maxRetries: 0, timeout: 30_000 });
const held = name => console.log(name);
const chat = (more = {}, options = {}) => client.chat.completions.create({ model: 'large', messages, ...more }, options);
const all = async stream => {
  const chunks = [];
  for await (const chunk of await stream) chunks.push(chunk);
  return chunks;
};
const raised = async (kind, call) => {
  try {
    await call();
  } catch (error) {
    assert.ok(error instanceof kind, `${error?.constructor?.name} instead of ${kind.name}: ${error}`);
    return error;
  }
  assert.fail(`${kind.name} was not raised`);
};

const answer = await chat();
assert.equal(answer.choices[0].message.content, TEXT);
assert.equal(answer.usage.completion_tokens, 8);
held('chat');

const chunks = await all(chat({ stream: true, stream_options: { include_usage: true } }));
assert.equal(chunks.map(c => c.choices[0]?.delta?.content ?? '').join(''), TEXT);
assert.equal(chunks.at(-1).usage.completion_tokens, 8);
held('streaming');

const called = (await chat({ tools: [drive] })).choices[0].message.tool_calls[0];
assert.deepEqual([called.function.name, called.function.arguments], ['drive', '{"distance":2.0}']);
const pieces = (await all(chat({ tools: [drive], stream: true }))).flatMap(c => c.choices[0]?.delta?.tool_calls ?? []);
assert.equal(pieces[0].function.name, 'drive');
assert.equal(pieces.map(p => p.function.arguments ?? '').join(''), '{"distance":2.0}');
held('tools');

assert.equal((await chat({ response_format: schema })).choices[0].message.content, '{"distance":2.0}');
held('schema');

const vectors = await client.embeddings.create({ model: 'large', input: ['go'], encoding_format: 'float' });
assert.deepEqual(vectors.data[0].embedding, [0.25, -0.5, 1e-7]);
held('embeddings');

assert.ok((await all(client.models.list())).some(model => model.id === 'large'));
assert.equal((await client.models.retrieve('large')).id, 'large');
held('models');

for (const [model, kind, status, code] of errors) {
  const error = await raised(kind, () => chat({ model }, { headers: { 'x-deadline-ms': '1500' } }));
  assert.deepEqual([error.status, error.code], [status, code ?? error.code]);
  assert.ok(!String(error).includes('sk-live'));
  held(String(status));
}

await raised(OpenAI.AuthenticationError, () => client.withOptions({ apiKey: 'otr_rover_wrong' }).models.list());
held('401');
const large = await raised(OpenAI.APIError, () => chat({ messages: [{ role: 'user', content: 'x'.repeat(200_000) }] }));
assert.equal(large.status, 413);
held('413');
assert.match(String(await raised(OpenAI.APIError, () => all(chat({ model: 'cut', stream: true })))), /upstream/i);
held('cut stream');
