"""Stand-ins for the world outside: mail servers and the like. Nothing of our own is faked."""

import socketserver
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from django.core.mail.backends.base import BaseEmailBackend


class BrokenMail(BaseEmailBackend):
    """A mail server that cannot be reached."""

    def send_messages(self, messages):
        raise ConnectionRefusedError("mail server is away")


class FakeSmtp:
    """An SMTP server on a port of its own that keeps what it gets, and misbehaves when told to."""

    def __init__(self):
        self.received: list[str] = []
        self.answers: dict[str, str] = {}
        self.connections = 0
        self.hang_up_after_data = self.hang_up_between = False
        self.counting = threading.Lock()

    def __enter__(self):
        fake = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self):
                fake.connections += 1
                fake.talk(self.rfile, self.wfile)

        self.server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        self.server.handle_error = lambda request, address: None  # a client that was killed is no fault of the server
        self.server.daemon_threads = True
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *exception):
        self.server.shutdown()
        self.server.server_close()

    def talk(self, lines, out):
        def say(text):
            out.write(f"{text}\r\n".encode())

        say("220 fake")
        while line := lines.readline().decode(errors="replace").strip():
            verb = line.split(":")[0].upper()
            if verb.startswith("RCPT"):
                say(self.answers.get(line.partition("<")[2].partition(">")[0], "250 ok"))
            elif verb == "DATA":
                say("354 go on")
                self._keep(lines)
                if self.hang_up_after_data:
                    return
                say("250 kept")
                if self.hang_up_between:
                    return
            elif verb == "QUIT":
                say("221 bye")
                return
            else:
                say("250 ok")

    def _keep(self, lines):
        text = []
        while (line := lines.readline()) not in (b".\r\n", b""):
            text.append(line.decode(errors="replace"))
        with self.counting:
            self.received.append("".join(text))


class FakePushService:
    """A push service on a port of its own; the browser's side decrypts with the second implementation, http_ece."""

    def __init__(self):
        self.received: list[tuple[str, dict, bytes]] = []
        self.status = 201

    def __enter__(self):
        fake = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                fake.received.append((self.path, {name.title(): value for name, value in self.headers.items()}, body))
                self.send_response(fake.status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *values):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *exception):
        self.server.shutdown()
        self.server.server_close()
