"""The ASGI application: pages, and the one live socket at /live/."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "community.settings")

from django.core.asgi import get_asgi_application

pages = get_asgi_application()

from channels.auth import AuthMiddlewareStack
from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import AllowedHostsOriginValidator
from django.urls import path

from community.memory import settle
from notifications.consumers import LiveConsumer
from notifications.live import server_loop

sockets = AllowedHostsOriginValidator(AuthMiddlewareStack(URLRouter([path("live/", LiveConsumer.as_asgi())])))
protocols = ProtocolTypeRouter({"http": pages, "websocket": sockets})
settle()


async def application(scope, receive, send):
    # Daphne has no lifespan protocol, so the loop is captured from whatever comes first.
    server_loop.capture()
    await protocols(scope, receive, send)
