"""Logging in for tests as somebody does who has typed a password a moment ago."""

import time


def log_in_freshly(client, member, minutes_ago=0) -> None:
    """`client` is logged in and has proved just now, or so long ago, who it is, as allauth notes it in the session."""
    proved = {"method": "password", "at": time.time() - minutes_ago * 60, "reauthenticated": True}
    client.force_login(member)
    session = client.session
    session["account_authentication_methods"] = [proved]
    session["account_authentication_methods_user"] = str(member.pk)
    session.save()
