"""Stand-ins for the world outside: mail servers and the like. Nothing of our own is faked."""

from django.core.mail.backends.base import BaseEmailBackend


class BrokenMail(BaseEmailBackend):
    """A mail server that cannot be reached."""

    def send_messages(self, messages):
        raise ConnectionRefusedError("mail server is away")
