"""The live layer: facts go out to open pages, never in.

`publish` may be called from a view, a Celery thread in the server's process, or a separate worker. A fact is
small, the same for everybody on its stream, and at most once: pages catch up over HTTP after a gap.
"""

import asyncio
import json
import logging
from collections import defaultdict
from weakref import WeakKeyDictionary

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from redis.exceptions import RedisError

from theme.registry import Registry

logger = logging.getLogger(__name__)

# Facts for one member travel on one group for all processes; each process hands them to that member's sockets.
MEMBERS_GROUP = "members"
PULSE_SECONDS = 2
LAYER_AWAY = (OSError, RedisError)
patience_registry = Registry(
    "How long may a socket of this session stay? function(member, session) -> seconds, or None for always"
)
stream_registry = Registry("Which live streams may this member follow now? function(member) -> set of names")


def publish(stream: str, kind: str, fact: dict) -> None:
    """Tell every open page that follows `stream` a fact. Call it after commit (`on_commit(…, robust=True)`)."""
    _send(stream, {"type": "fact", "stream": stream, "kind": kind, "fact": _plain(fact)})


def publish_after_commit(stream: str, kind: str, fact: dict) -> None:
    """`publish` once the current transaction is committed; a live layer that is away costs nobody an error page."""

    def announce():
        publish(stream, kind, fact)

    transaction.on_commit(announce, robust=True)


def publish_to_member(member_id: int, kind: str, fact: dict) -> None:
    """After commit, tell all open pages of one member a fact that is theirs alone."""
    publish_to_members(kind, {member_id: fact})


def publish_to_members(kind: str, facts: dict[int, dict]) -> None:
    """After commit, tell several members each their own fact, in one message to the other processes."""
    plain = {str(member_id): _plain(fact) for member_id, fact in facts.items()}

    def announce():
        _send(MEMBERS_GROUP, {"type": "personal", "kind": kind, "facts": plain})

    if plain:
        transaction.on_commit(announce, robust=True)


def refresh_member(member_id: int) -> None:
    """After commit, let the member's open pages follow what they may see now, and nothing else."""

    def announce():
        _send(MEMBERS_GROUP, {"type": "refresh", "member": member_id})

    transaction.on_commit(announce, robust=True)


def disconnect_member(member_id: int, session_key: str | None = None) -> None:
    """After commit, close the member's sockets: all of them, or those of one session."""

    def announce():
        _send(MEMBERS_GROUP, {"type": "kick", "member": member_id, "session": session_key})

    transaction.on_commit(announce, robust=True)


def _plain(fact: dict) -> dict:
    return json.loads(json.dumps(fact, cls=DjangoJSONEncoder))


def _send(group: str, message: dict) -> None:
    layer = get_channel_layer()
    loop = server_loop.running()
    if loop is None:
        async_to_sync(layer.group_send)(group, message)
        return
    # From a thread beside the server: a plain group_send would only be noticed when something else wakes the loop.
    future = asyncio.run_coroutine_threadsafe(layer.group_send(group, message), loop)
    future.add_done_callback(_log_failure)


def _log_failure(future):
    if not future.cancelled() and future.exception():
        logger.warning("a live fact was not sent: %s", future.exception())


class ServerLoop:
    """The event loop of the web server in this process, captured by the ASGI application at its first request."""

    def __init__(self):
        self._loop = None

    def capture(self) -> None:
        self._loop = asyncio.get_running_loop()

    def running(self):
        return self._loop if self._loop and self._loop.is_running() else None


server_loop = ServerLoop()


class Hub:
    """One subscription per process and stream; facts fan out from here to this process's sockets.

    Were every socket its own receiver on the channel layer, a fact for 1,000 sockets would cost 1,000 messages.
    """

    _per_loop: "WeakKeyDictionary[asyncio.AbstractEventLoop, Hub]" = WeakKeyDictionary()

    def __init__(self):
        self.layer = get_channel_layer()
        self.followers: dict[str, set] = defaultdict(set)
        self.sockets: dict[int, set] = defaultdict(set)
        self.lock = asyncio.Lock()
        self.pump: asyncio.Task | None = None
        self.watch: asyncio.Task | None = None

    @classmethod
    def here(cls) -> "Hub":
        loop = asyncio.get_running_loop()
        if loop not in cls._per_loop:
            cls._per_loop[loop] = cls()
        return cls._per_loop[loop]

    async def add(self, socket) -> None:
        """Let a page's socket take part. When the layer is away nothing is left behind and the page tries again."""
        async with self.lock:
            if self.pump is None or self.pump.done():
                await self._open()
            self.sockets[socket.member_id].add(socket)

    async def _open(self) -> None:
        self.channel = await self.layer.new_channel()
        await self.layer.group_add(MEMBERS_GROUP, self.channel)
        for stream in self.followers:
            await self.layer.group_add(stream, self.channel)
        self.pump = asyncio.create_task(self._run())
        self.watch = self.watch or asyncio.create_task(self._watch())

    async def remove(self, socket) -> None:
        try:
            await self.follow(socket, frozenset())
        finally:
            self.sockets[socket.member_id].discard(socket)
            if not self.sockets[socket.member_id]:
                del self.sockets[socket.member_id]
        async with self.lock:
            if not self.sockets and self.pump:
                self.pump.cancel()
                self.watch.cancel()
                self.pump = self.watch = None
                await self.layer.group_discard(MEMBERS_GROUP, self.channel)

    async def follow(self, socket, wanted: frozenset[str]) -> None:
        """Make `socket` follow exactly the streams `wanted`.

        What it may no longer hear ends first and without waiting for the layer, which may be away.
        """
        async with self.lock:
            unfollowed, new = socket.streams - wanted, wanted - socket.streams
            socket.streams -= unfollowed
            abandoned = [stream for stream in unfollowed if self._is_last(socket, stream)]
            for stream in new:
                if stream not in self.followers:
                    await self.layer.group_add(stream, self.channel)
                self.followers[stream].add(socket)
                socket.streams |= {stream}
            for stream in abandoned:
                await self.layer.group_discard(stream, self.channel)

    def _is_last(self, socket, stream: str) -> bool:
        self.followers[stream].discard(socket)
        if self.followers[stream]:
            return False
        del self.followers[stream]
        return True

    async def _run(self) -> None:
        """Hand facts on for ever, in their order. Nothing that goes wrong with one of them may stop the others."""
        while True:
            try:
                self._deliver(await self.layer.receive(self.channel))
            except LAYER_AWAY:
                logger.warning("the live layer is away; trying again")
                await asyncio.sleep(1)
            except Exception:
                logger.exception("a live fact was not handed on")

    async def _watch(self) -> None:
        """Notice that the layer was away, and let every page catch up when it is back: it remembers nothing."""
        was_away = False
        while True:
            await asyncio.sleep(PULSE_SECONDS)
            try:
                await self.layer.group_send("pulse", {"type": "pulse"})
            except LAYER_AWAY:
                was_away = True
                continue
            if was_away:
                for socket in [socket for sockets in self.sockets.values() for socket in sockets]:
                    socket.catch_up()
            was_away = False

    def _deliver(self, message: dict) -> None:
        if message["type"] == "fact":
            frame = json.dumps({key: message[key] for key in ("stream", "kind", "fact")})
            for socket in list(self.followers.get(message["stream"], ())):
                socket.offer(message["stream"], frame)
        elif message["type"] == "personal":
            for member, fact in message["facts"].items():
                frame = json.dumps({"stream": "me", "kind": message["kind"], "fact": fact})
                for socket in list(self.sockets.get(int(member), ())):
                    socket.offer("me", frame)
        else:
            for socket in list(self.sockets.get(message["member"], ())):
                getattr(socket, message["type"])(message)
