import json
import logging
import sys

import pytest

from community.logs import JsonLines, request_number

pytestmark = pytest.mark.django_db


def line(message="something", error=None, **extra):
    record = logging.LogRecord("finance.bank", logging.ERROR, __file__, 1, message, (), error)
    record.__dict__.update(extra)
    return json.loads(JsonLines().format(record))


def test_every_answer_carries_the_number_of_its_request(client):
    first, second = client.get("/account/login/"), client.get("/account/login/")

    assert len(first["X-Request-ID"]) == 12
    assert first["X-Request-ID"] != second["X-Request-ID"]


def test_a_line_carries_the_number_of_the_request_it_belongs_to():
    token = request_number.set("0123456789ab")

    written = line()
    request_number.reset(token)

    assert written["request"] == "0123456789ab"
    assert "request" not in line()


def test_of_an_error_only_kind_and_place_are_written():
    try:
        raise ValueError("anneke@vereniging.example already exists")
    except ValueError:
        written = line("booking failed", sys.exc_info())

    assert written["error"] == "ValueError"
    assert written["where"][0].endswith("test_of_an_error_only_kind_and_place_are_written")
    assert "anneke" not in json.dumps(written)
