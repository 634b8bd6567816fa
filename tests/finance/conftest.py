"""What the money tests share."""

import pytest
from django.test import Client

from tests.fakes.mollie import FakeMollie


@pytest.fixture
def mollie(settings, monkeypatch):
    """The association has a key at Mollie, and its notices reach our address; a worker handles them at once."""
    from finance.providers import tasks

    monkeypatch.setattr("finance.providers.views.handle_soon", lambda notice: tasks.handle(notice.pk))
    with FakeMollie() as fake:
        settings.MOLLIE_KEY, settings.MOLLIE_URL = fake.key, fake.address
        settings.MOLLIE_WEBHOOKS = "http://testserver"
        fake.post = lambda url, identity: Client().post(url, {"id": identity}).status_code
        yield fake
