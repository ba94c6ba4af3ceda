"""The official OpenAI library for Python, unchanged, against the gateway: prints the name of each check that held."""

import sys

import openai

ADDRESS, TOKEN = sys.argv[1:]
TEXT = "".join(f"a–{i} " for i in range(8))
GO = [{"role": "user", "content": "go"}]
DRIVE = {
    "type": "function",
    "function": {
        "name": "drive",
        "parameters": {"type": "object", "properties": {"distance": {"type": "number"}}},
    },
}
SCHEMA = {
    "type": "json_schema",
    "json_schema": {"name": "step", "schema": {"type": "object", "properties": {"distance": {"type": "number"}}}},
}
ERRORS = {
    "refusing": (openai.BadRequestError, 400, "rejected"),
    "forbidden": (openai.PermissionDeniedError, 403, "model_not_allowed"),
    "unknown": (openai.NotFoundError, 404, "model_not_found"),
    "limited": (openai.RateLimitError, 429, "rate_limit_exceeded"),
    "broken": (openai.InternalServerError, 502, "upstream_failed"),
    "loading": (openai.InternalServerError, 503, "upstream_unavailable"),
    "silent": (openai.InternalServerError, 504, None),  # upstream_timeout or deadline_exceeded, as both end together
}

client = openai.OpenAI(base_url=ADDRESS, api_key=TOKEN, max_retries=0, timeout=30)


def held(name):
    print(name, flush=True)


def raised(kind, call):
    try:
        call()
    except kind as error:
        return error
    raise AssertionError(f"{kind.__name__} was not raised")


def chat(model="large", **more):
    return client.chat.completions.create(model=model, messages=GO, **more)


answer = chat()
assert answer.choices[0].message.content == TEXT, answer
assert answer.usage.completion_tokens == 8, answer
held("chat")

chunks = list(chat(stream=True, stream_options={"include_usage": True}))
assert "".join(c.choices[0].delta.content or "" for c in chunks if c.choices) == TEXT, chunks
assert chunks[-1].usage.completion_tokens == 8, chunks
held("streaming")

call = chat(tools=[DRIVE]).choices[0].message.tool_calls[0]
assert (call.function.name, call.function.arguments) == ("drive", '{"distance":2.0}'), call
pieces = [c.choices[0].delta.tool_calls[0] for c in chat(tools=[DRIVE], stream=True) if c.choices[0].delta.tool_calls]
assert pieces[0].function.name == "drive", pieces
assert "".join(p.function.arguments or "" for p in pieces) == '{"distance":2.0}', pieces
held("tools")

assert chat(response_format=SCHEMA).choices[0].message.content == '{"distance":2.0}'
held("schema")

vectors = client.embeddings.create(model="large", input=["go"], encoding_format="float")
assert vectors.data[0].embedding == [0.25, -0.5, 1e-7], vectors
held("embeddings")

assert "large" in [model.id for model in client.models.list()]
assert client.models.retrieve("large").id == "large"
held("models")

for model, (kind, status, code) in ERRORS.items():
    error = raised(kind, lambda: chat(model, extra_headers={"x-deadline-ms": "1500"}))
    assert (error.status_code, code or error.code) == (status, error.code), error
    assert "sk-live" not in str(error), error
    held(str(status))

assert raised(openai.AuthenticationError, lambda: client.with_options(api_key="otr_rover_wrong").models.list())
held("401")
error = raised(openai.APIStatusError, lambda: client.chat.completions.create(model="large", messages=[{"role": "user", "content": "x" * 200_000}]))
assert error.status_code == 413, error
held("413")
assert "upstream" in str(raised(openai.APIError, lambda: list(chat("cut", stream=True))))
held("cut stream")
