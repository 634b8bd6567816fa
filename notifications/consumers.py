"""The live socket: forwards facts, takes no commands, holds no rules."""

import asyncio
import json

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncWebsocketConsumer
from django.contrib.auth import get_user_model

from notifications.live import Hub, stream_registry

SOCKETS_PER_MEMBER = 10
NOT_LOGGED_IN, NO_LONGER_WELCOME, TOO_MANY = 4401, 4003, 4029


def streams_for(member_id: int) -> frozenset[str] | None:
    """The streams the member may follow now, asked afresh; None when the account is gone or switched off."""
    member = get_user_model().objects.filter(pk=member_id, is_active=True).first()
    if member is None:
        return None
    return frozenset().union(*(streams(member) for streams in stream_registry))


class LiveConsumer(AsyncWebsocketConsumer):
    """One socket per page. The server decides which streams it follows."""

    streams: frozenset[str] = frozenset()
    member_id: int | None = None

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
        self.member_id = member.pk
        self.session_key = session.session_key if session else None
        self.refreshing = asyncio.Lock()
        await self.hub.add(self)
        await self.refresh()
        # Only now may the page trust that it misses nothing: it catches up over HTTP after this frame.
        await self.send(text_data=json.dumps({"stream": "", "kind": "ready", "fact": {}}))

    async def disconnect(self, code):
        if self.member_id is not None:
            await self.hub.remove(self)

    async def receive(self, text_data=None, bytes_data=None):
        """The socket is for listening only; whoever talks is cut off."""
        await self.close(code=NO_LONGER_WELCOME)

    async def pass_on(self, frame: str):
        await self._send_safely(frame)

    async def personal(self, message):
        await self._send_safely(json.dumps({"stream": "me", "kind": message["kind"], "fact": message["fact"]}))

    async def refresh(self, message=None):
        """Memberships changed: follow what the member may see now. Unfollowing also drops what is queued here."""
        async with self.refreshing:
            ask = database_sync_to_async(streams_for, thread_sensitive=False)
            streams = await ask(self.member_id)
            await self.hub.follow(self, streams or frozenset())
        if streams is None:
            await self.close(code=NO_LONGER_WELCOME)

    async def kick(self, message):
        if message["session"] in (None, self.session_key):
            await self.hub.follow(self, frozenset())
            await self.close(code=NO_LONGER_WELCOME)

    async def _send_safely(self, frame: str):
        try:
            await self.send(text_data=frame)
        except Exception:  # a socket that is just closing must not stop the fan-out to the others
            await self.hub.remove(self)
