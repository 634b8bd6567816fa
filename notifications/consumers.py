"""The live socket: forwards facts, takes no commands, holds no rules."""

import asyncio
import json
import logging
from importlib import import_module
from typing import NamedTuple

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncWebsocketConsumer
from django.conf import settings
from django.contrib.auth import get_user_model

from notifications.live import LAYER_AWAY, Hub, patience_registry, stream_registry

logger = logging.getLogger(__name__)

SOCKETS_PER_MEMBER = 10
# Facts that wait for a page on a slow line. Beyond this it is cut off and catches up over HTTP when it comes back.
MOST_WAITING = 1000
READY = json.dumps({"stream": "", "kind": "ready", "fact": {}})
NOT_LOGGED_IN, NO_LONGER_WELCOME, TOO_MANY, TRY_LATER = 4401, 4003, 4029, 1013


class Standing(NamedTuple):
    """What a socket may do now, asked afresh."""

    streams: frozenset[str] | None  # None: the account is gone or switched off
    seconds: float | None  # how long it may still stay; None when nothing ends it


def standing_of(member_id: int, session_key: str | None) -> Standing:
    member = get_user_model()._default_manager.filter(pk=member_id, is_active=True).first()
    if member is None:
        return Standing(None, 0)
    member.remembers = True  # for this one question, as within a request
    streams = frozenset().union(*(streams(member) for streams in stream_registry))
    session = import_module(settings.SESSION_ENGINE).SessionStore(session_key)
    found = [seconds for ask in patience_registry if (seconds := ask(member, session)) is not None]
    return Standing(streams, min(found, default=None))


class LiveConsumer(AsyncWebsocketConsumer):
    """One socket per page. The server decides which streams it follows.

    The hub only puts frames in this socket's queue; a writer of its own sends them in order. So one slow page, or one
    question to the database, never keeps the pages of others waiting.
    """

    # Without a layer of its own: the hub is this process's one receiver, for all sockets together.
    channel_layer_alias = "none"
    streams: frozenset[str] = frozenset()
    member_id: int | None = None
    writer: asyncio.Task | None = None
    watch: asyncio.Task | None = None

    async def connect(self):
        await self.accept()
        member, session = self.scope.get("user"), self.scope.get("session")
        if member is None or not member.is_authenticated:
            await self.close(code=NOT_LOGGED_IN)
            return
        self.hub = Hub.here()
        if len(self.hub.sockets.get(member.pk, ())) >= SOCKETS_PER_MEMBER:
            await self.close(code=TOO_MANY)
            return
        self.member_id, self.session_key = member.pk, session.session_key if session else None
        self.waiting: asyncio.Queue = asyncio.Queue(MOST_WAITING)
        try:
            await self.hub.add(self)
            left = await self._follow_what_is_allowed()
        except LAYER_AWAY:
            # The page works without the live layer and knocks again.
            await self._leave(TRY_LATER)
            return
        if left is not None and left <= 0:
            await self._leave(NO_LONGER_WELCOME)
            return
        # Only now may the page trust that it misses nothing: it catches up over HTTP after this frame.
        await self.send(text_data=READY)
        self.writer = asyncio.create_task(self._write())
        if left is not None:
            self.watch = asyncio.create_task(self._watch(left))

    async def disconnect(self, code):
        for task in (self.writer, self.watch):
            if task:
                task.cancel()
        if self.member_id is not None:
            await self._part()

    async def receive(self, text_data=None, bytes_data=None):
        """The socket is for listening only; whoever talks is cut off."""
        await self.close(code=NO_LONGER_WELCOME)

    # What the hub calls. None of these waits for anything.

    def offer(self, stream: str, frame: str) -> None:
        self._put((self._pass_on, stream, frame))

    def refresh(self, message) -> None:
        """Memberships changed. What comes after this in the queue is sent only if it may still be heard then."""
        self._put((self._refresh,))

    def catch_up(self) -> None:
        """Facts may have been missed: the page asks over HTTP for what it does not have."""
        self._put((self._pass_on, "me", READY))

    def kick(self, message) -> None:
        if message["session"] in (None, self.session_key):
            self._only((self._leave, NO_LONGER_WELCOME))

    def _put(self, work: tuple) -> None:
        if self.waiting.full():
            self._only((self._leave, TRY_LATER))
        else:
            self.waiting.put_nowait(work)

    def _only(self, work: tuple) -> None:
        """Forget what waits and do just this."""
        while not self.waiting.empty():
            self.waiting.get_nowait()
        self.waiting.put_nowait(work)

    async def _watch(self, left: float | None):
        """Leave when the session has lain idle too long; a sign of its member in between gives it new time."""
        while left is not None and left > 0:
            await asyncio.sleep(left)
            left = (await self._standing()).seconds
        if left is not None:
            self._only((self._leave, NO_LONGER_WELCOME))

    async def _standing(self) -> Standing:
        ask = database_sync_to_async(standing_of, thread_sensitive=False)
        return await ask(self.member_id, self.session_key)

    # What the writer does, one after the other.

    async def _write(self):
        while True:
            work, *values = await self.waiting.get()
            try:
                await work(*values)
            except LAYER_AWAY:
                await self._leave(TRY_LATER)
            except Exception:
                logger.exception("a live socket is closed")
                await self._leave(TRY_LATER)

    async def _pass_on(self, stream: str, frame: str):
        # A fact may already be queued here when access ends, so leaving the stream is not enough.
        if stream == "me" or stream in self.streams:
            await self.send(text_data=frame)

    async def _refresh(self):
        left = await self._follow_what_is_allowed()
        if left is not None and left <= 0:
            await self._leave(NO_LONGER_WELCOME)

    async def _follow_what_is_allowed(self) -> float | None:
        """Returns the seconds that this socket may still stay, if anything ends it; 0 or less: it must go."""
        standing = await self._standing()
        left = standing.seconds
        is_welcome = left is None or left > 0
        await self.hub.follow(self, standing.streams if standing.streams and is_welcome else frozenset())
        return left

    async def _leave(self, code: int):
        await self._part()
        await self.close(code=code)

    async def _part(self):
        if self in self.hub.sockets.get(self.member_id, ()):
            await self.hub.remove(self)
