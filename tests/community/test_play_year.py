"""A year of the demo club's fees, played through: at its end books, audit file and every member's page agree."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from community.portal.demo import load_all
from finance.fees.models import Charge, CollectionBatch, Invoice, WriteOff

pytestmark = pytest.mark.django_db


def test_a_year_is_played_and_proved():
    load_all()
    charges = Charge.objects.count()
    told = StringIO()

    call_command("play_year", stdout=told)

    assert "Books, audit file and pages agree." in told.getvalue()
    assert Charge.objects.count() > charges + 150
    assert Invoice.objects.filter(total_cents__lt=0).exists()
    assert CollectionBatch.objects.filter(state="exported").exists()
    assert WriteOff.objects.filter(entry__isnull=False).exists()


def test_without_fees_it_says_what_to_do():
    with pytest.raises(CommandError, match="load_demo"):
        call_command("play_year")
