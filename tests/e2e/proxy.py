"""The smallest web server in front: a connection that begins with /live/ goes to the sockets, others to the pages."""

import asyncio
import contextlib
import threading


class Proxy:
    """Runs in a thread of its own while the `with` block lasts."""

    def __init__(self, port: int, *, pages: int, sockets: int):
        self.port, self.pages, self.sockets = port, pages, sockets
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)

    def __enter__(self):
        self.thread.start()
        starting = asyncio.start_server(self._serve, "localhost", self.port)
        self.server = asyncio.run_coroutine_threadsafe(starting, self.loop).result(timeout=5)
        return self

    def __exit__(self, *error):
        asyncio.run_coroutine_threadsafe(self._close(), self.loop).result(timeout=5)
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(timeout=5)

    async def _close(self):
        self.server.close()
        open_connections = asyncio.all_tasks() - {asyncio.current_task()}
        for connection in open_connections:
            connection.cancel()
        await asyncio.gather(*open_connections, return_exceptions=True)

    async def _serve(self, reader, writer):
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            first_line = await reader.readuntil(b"\n")
            port = self.sockets if first_line.split(b" ")[1].startswith(b"/live/") else self.pages
            behind_reader, behind_writer = await asyncio.open_connection("127.0.0.1", port)
            behind_writer.write(first_line)
            await asyncio.gather(_copy(reader, behind_writer), _copy(behind_reader, writer))


async def _copy(reader, writer):
    with contextlib.suppress(OSError):
        while block := await reader.read(65536):
            writer.write(block)
            await writer.drain()
    with contextlib.suppress(OSError):
        writer.close()
