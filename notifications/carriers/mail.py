"""Mail: one connection per batch, and a clear answer to whether a message left."""

import smtplib
import socket

from django.core.mail import get_connection

from notifications.bounces import STOPPED, is_stopped, note_refusal
from notifications.carriers.faults import NotSent, Refused, Uncertain
from notifications.mail import compose

PERMANENT = 500


class MailCarrier:
    def __init__(self):
        self.connection = get_connection()
        self.is_away = False

    def send(self, member, deliveries) -> None:
        if not member.email:
            raise Refused("no mail address", is_expected=True)
        if is_stopped(member):
            raise Refused(STOPPED, is_expected=True)
        message = compose(member, deliveries)
        if message is None:
            raise Refused("nothing left to tell", is_expected=True)
        self._open()
        try:
            self._hand_over(message)
        except Refused as fault:
            note_refusal(member, deliveries[0], str(fault))
            raise

    def close(self) -> None:
        self.connection.close()

    def _open(self) -> None:
        """Be connected; a server that is away is asked once per batch, not once per mail."""
        if self.is_away:
            raise NotSent("mail server is away")
        try:
            self._drop_dead_line()
            self.connection.open()
        except OSError as fault:
            self.is_away = True
            raise NotSent(f"mail server is away: {type(fault).__name__}") from fault

    def _drop_dead_line(self) -> None:
        """A server may hang up between two mails; noticed now it is harmless, noticed while sending it is not."""
        line = getattr(self.connection, "connection", None)
        if not isinstance(line, smtplib.SMTP):
            return
        try:
            is_alive = line.noop()[0] == 250
        except smtplib.SMTPServerDisconnected:
            is_alive = False
        if not is_alive:
            self.connection.close()

    def _hand_over(self, message) -> None:
        try:
            self.connection.send_messages([message])
        except smtplib.SMTPRecipientsRefused as fault:
            code, reason = next(iter(fault.recipients.values()))
            raise self._answer(code, reason) from fault
        except smtplib.SMTPResponseException as fault:
            raise self._answer(fault.smtp_code, fault.smtp_error) from fault
        except (ConnectionRefusedError, socket.gaierror) as fault:
            self.is_away = True
            raise NotSent(f"mail server is away: {type(fault).__name__}") from fault
        except OSError as fault:
            self.connection.close()
            raise Uncertain(f"the line broke: {type(fault).__name__}") from fault

    @staticmethod
    def _answer(code: int, reason) -> Exception:
        text = reason.decode(errors="replace") if isinstance(reason, bytes) else str(reason)
        return Refused(f"{code} {text}") if code >= PERMANENT else NotSent(f"{code} {text}")
