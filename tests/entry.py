"""Logging in for tests as somebody does who has typed a password a moment ago."""

import time


def log_in_freshly(client, member) -> None:
    """`client` is logged in and has proved just now who it is, as allauth notes it in the session."""
    client.force_login(member)
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time(), "reauthenticated": True}]
    session["account_authentication_methods_user"] = str(member.pk)
    session.save()
