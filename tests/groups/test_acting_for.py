"""Acting for a child ends when the right to it ends, also in a browser that is in the middle of it."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from groups.people.models import Guardianship, Member
from groups.people.services import end_guardianship
from notifications.consumers import standing_of
from tests.entry import log_in_freshly
from tests.factories import MemberFactory

pytestmark = pytest.mark.django_db


def end_it(guardianship):
    end_guardianship(guardianship=guardianship, by=None)


def new_password(guardianship):
    guardianship.guardian.set_password("een-ander-lang-wachtwoord")
    guardianship.guardian.save()


def switched_off(guardianship):
    Member.objects.filter(pk=guardianship.guardian_id).update(is_active=False)


@pytest.fixture
def guardianship():
    child = MemberFactory(first_name="Tijn", idle_minutes=0)
    return Guardianship.objects.create(guardian=MemberFactory(), child=child, starts_on=timezone.localdate())


@pytest.fixture
def acting(guardianship):
    """A browser in which the guardian acts for the child."""
    browser = Client()
    log_in_freshly(browser, guardianship.guardian)
    browser.post(reverse("act-for", args=[guardianship.child_id]))
    assert browser.get(reverse("home")).context["theme"].member == guardianship.child
    return browser


@pytest.mark.parametrize("ends", [end_it, new_password, switched_off])
def test_the_browser_is_the_child_no_longer_and_the_guardian_neither(acting, guardianship, ends):
    ends(guardianship)

    back = acting.post(reverse("act-as-myself"))
    page = acting.get(reverse("agenda"))

    assert back["Location"] == reverse("account_login")
    assert page["Location"].startswith(reverse("account_login"))
    assert "_auth_user_id" not in acting.session


def test_a_part_of_a_page_leads_to_the_door(acting, guardianship):
    end_it(guardianship)

    answer = acting.get(reverse("agenda"), headers={"HX-Request": "true"})

    assert (answer.status_code, answer["HX-Redirect"]) == (403, reverse("account_login"))


def test_its_open_pages_hear_nothing_more_and_those_of_the_child_do(acting, guardianship):
    own = Client()
    log_in_freshly(own, guardianship.child)
    end_it(guardianship)

    assert standing_of(guardianship.child_id, acting.session.session_key).seconds == 0
    assert standing_of(guardianship.child_id, own.session.session_key).seconds is None
