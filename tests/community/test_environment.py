import socket
import time

import pytest
from celery import Celery
from django.core.exceptions import ImproperlyConfigured
from kombu.exceptions import OperationalError

from community.environment import Environment
from community.live import broker_options

env = Environment()


@pytest.mark.parametrize(
    ("read", "value"),
    [
        (lambda name: env.yes_or_no(name, default=False), "ja"),
        (lambda name: env.whole_number(name, default=0), "-1"),
        (lambda name: env.database(name, default="sqlite:///x"), "nonsense"),
        (lambda name: env.database(name, default="sqlite:///x"), "mysql://root@127.0.0.1/paraplu"),
        (lambda name: env.redis(name), "127.0.0.1:6379"),
        (lambda name: env.mail(name), "mail.example"),
        (lambda name: env.folder(name, default=None), "/dev/null/data"),
    ],
)
def test_an_impossible_value_is_refused_by_name(monkeypatch, read, value):
    monkeypatch.setenv("COMMUNITY_THING", value)

    with pytest.raises(ImproperlyConfigured, match=r"^COMMUNITY_THING"):
        read("COMMUNITY_THING")


@pytest.mark.parametrize(("value", "meaning"), [("true", True), ("On", True), ("0", False), ("", False)])
def test_yes_and_no_may_be_said_in_several_ways(monkeypatch, value, meaning):
    monkeypatch.setenv("COMMUNITY_THING", value)

    answer = env.yes_or_no("COMMUNITY_THING", default=not meaning)

    assert answer is meaning


def test_a_mail_server_gives_djangos_settings(monkeypatch):
    monkeypatch.setenv("COMMUNITY_THING", "smtp+tls://club:secret@mail.example:587")

    settings = env.mail("COMMUNITY_THING")

    assert (settings["EMAIL_HOST"], settings["EMAIL_PORT"], settings["EMAIL_USE_TLS"]) == ("mail.example", 587, True)


def test_a_folder_is_made_when_it_is_not_there(monkeypatch, tmp_path):
    monkeypatch.setenv("COMMUNITY_THING", str(tmp_path / "new" / "data"))

    folder = env.folder("COMMUNITY_THING", default=tmp_path)

    assert folder.is_dir()


def test_a_page_does_not_wait_for_a_broker_that_is_away():
    with socket.socket() as taken:  # bound and not listening: whoever knocks is refused
        taken.bind(("127.0.0.1", 0))
        address = f"redis://127.0.0.1:{taken.getsockname()[1]}/0"
        app = Celery(broker=address, broker_transport_options=broker_options(address), task_publish_retry=False)
        app.conf.broker_connection_timeout = 1
        began = time.monotonic()

        with pytest.raises(OperationalError):
            app.send_task("tell", retry=False)

    assert time.monotonic() - began < 0.5
