"""The least a Channels consumer can do: join a group, pass on what comes. The reference for tests.load.sockets."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "community.settings")
django.setup()

from channels.generic.websocket import AsyncWebsocketConsumer

GROUP = "bare"


class Bare(AsyncWebsocketConsumer):
    async def connect(self):
        await self.channel_layer.group_add(GROUP, self.channel_name)
        await self.accept()
        await self.send(text_data="{}")

    async def disconnect(self, code):
        await self.channel_layer.group_discard(GROUP, self.channel_name)

    async def pass_on(self, event):
        await self.send(text_data=event["text"])


consumer = Bare.as_asgi()


async def application(scope, receive, send):
    if scope["type"] == "websocket":
        await consumer(scope, receive, send)
    else:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"bare"})
