"""Open pages without a browser: real websockets over TCP, many of them in one process, each as cheap as it can be."""

import asyncio
import base64
import contextlib
import json
import os
import time
import urllib.request

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore


def session_of(member) -> str:
    """The cookie of somebody who is logged in."""
    session = SessionStore()
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(member.pk), member.get_session_auth_hash()
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


class Line:
    """One websocket that only listens. `read()` gives the next text frame; a closed line raises ConnectionError."""

    def __init__(self, port: int, cookie: str = "", path: str = "/live/"):
        self.port, self.cookie, self.path = port, cookie, path

    async def open(self) -> None:
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        key = base64.b64encode(os.urandom(16)).decode()
        self.writer.write(
            f"GET {self.path} HTTP/1.1\r\nHost: localhost:{self.port}\r\nOrigin: http://localhost:{self.port}\r\n"
            f"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n"
            f"Cookie: {self.cookie}\r\n\r\n".encode()
        )
        answer = await self.reader.readuntil(b"\r\n\r\n")
        if b" 101 " not in answer.partition(b"\r\n")[0]:
            raise ConnectionError(answer[:60])

    async def read(self) -> str:
        while True:
            opcode, content = await self._frame()
            if opcode == 1:
                return content.decode()
            if opcode == 8:
                raise ConnectionResetError("closed by the server")
            if opcode == 9:
                self.writer.write(bytes([0x8A, 0x80 | len(content)]) + b"\0\0\0\0" + content)

    async def _frame(self) -> tuple[int, bytes]:
        try:
            first, second = await self.reader.readexactly(2)
            length = second & 0x7F
            if length == 126:
                length = int.from_bytes(await self.reader.readexactly(2), "big")
            elif length == 127:
                length = int.from_bytes(await self.reader.readexactly(8), "big")
            return first & 0x0F, await self.reader.readexactly(length)
        except asyncio.IncompleteReadError as fault:
            raise ConnectionResetError("the line broke") from fault

    async def fact(self) -> dict:
        return json.loads(await self.read())

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self.writer.close()


def fetch(port: int, path: str, cookie: str) -> tuple[int, str]:
    """Status and text of a page."""
    request = urllib.request.Request(
        f"http://localhost:{port}{path}", headers={"Cookie": cookie, "HX-Request": "true", "HX-Target": "messages"}
    )
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as fault:
        return fault.code, ""


def wait_until_open(port: int, seconds: int = 60) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"http://localhost:{port}/account/login/", timeout=5).close()
            return
        time.sleep(0.2)
    raise TimeoutError(f"nothing answers on port {port}")
