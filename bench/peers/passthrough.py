"""The least that a gateway in Python can be: what comes in goes out, what comes back goes back."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
from fastapi import FastAPI, Request, Response
from fastapi.responses import StreamingResponse


@asynccontextmanager
async def opened(app: FastAPI) -> AsyncIterator[None]:
    """Keep one session open."""
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as app.state.session:
        yield


app = FastAPI(lifespan=opened)


@app.post("/v1/chat/completions")
async def chat(request: Request) -> Response:
    """Ask the upstream."""
    url, headers = os.environ["UPSTREAM"] + "/chat/completions", {"content-type": "application/json"}
    answer = await request.app.state.session.post(url, data=await request.body(), headers=headers)
    kind = answer.headers["content-type"]
    if kind.startswith("text/event-stream"):
        return StreamingResponse(answer.content.iter_any(), answer.status, media_type=kind)
    return Response(await answer.read(), answer.status, media_type=kind)
