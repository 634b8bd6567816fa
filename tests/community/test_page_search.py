"""Announcements, news and pages are found by who may read them, and by nobody else."""

import pytest
from django.urls import reverse
from django.utils import timezone

from community.pages.audience import Scope
from community.pages.models import LandingPage
from groups.subgroups.services import end_membership
from tests.factories import MemberFactory, SubgroupFactory, member_of
from tests.factories_pages import content_page, draft, news_item, published

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def moving_clock(time_machine):
    time_machine.move_to(timezone.now())


def found(client, q, **narrowed):
    answer = client.get(reverse("search"), {"q": q, **narrowed})
    assert answer.status_code == 200
    return {a.source.code: [hit.title for hit in a.hits] for a in answer.context["found"] or []}


def shown(page):
    page.save_revision().publish()
    return page


@pytest.fixture(autouse=True)
def open_house():
    LandingPage.objects.get().save_revision().publish()


def test_each_kind_is_found_by_words_in_title_and_text(client, time_machine):
    published(time_machine, title="Botenhuis dicht", text="De vloer wordt geschuurd.")
    shown(content_page(title="Huisregels", body=[("message", "Na de vloer ook de wand")], slug="regels"))
    shown(news_item(title="Nieuwe steiger", intro="Met een stevige vloer"))
    client.force_login(MemberFactory())

    assert found(client, "vloer") == {
        "announcements": ["Botenhuis dicht"],
        "pages": ["Nieuwe steiger", "Huisregels"],
    }
    assert found(client, "botenh")["announcements"] == ["Botenhuis dicht"]


def test_accents_and_capitals_do_not_matter(client, time_machine):
    published(time_machine, title="Café Één", text="Gezellig")
    client.force_login(MemberFactory())

    assert found(client, "cafe een") == {"announcements": ["Café Één"]}


def test_what_is_for_another_group_a_draft_or_left_behind_is_not_found(client, time_machine):
    subgroup = SubgroupFactory()
    member = member_of(subgroup)
    published(time_machine, scope=Scope.GROUPS, subgroups=[subgroup], title="Geheimplan")
    draft(title="Geheimplan twee")
    shown(content_page(title="Geheimplan drie", scope=Scope.GROUPS, subgroups=[subgroup]))
    client.force_login(member)
    before = found(client, "geheimplan")

    client.force_login(MemberFactory())
    outside = found(client, "geheimplan")
    end_membership(subgroup=subgroup, member=member)
    client.force_login(member)

    assert before == {"announcements": ["Geheimplan"], "pages": ["Geheimplan drie"]}
    assert outside == {}
    assert found(client, "geheimplan") == {}


def test_a_correction_is_found_and_its_draft_is_not(client):
    page = shown(content_page(title="Huisregels"))
    page.body = [("message", "Nieuwe zinsnede")]
    page.save_revision()
    client.force_login(MemberFactory())
    as_draft = found(client, "zinsnede")

    page.get_latest_revision().publish()

    assert as_draft == {}
    assert found(client, "zinsnede") == {"pages": ["Huisregels"]}


def test_it_narrows_by_group_sender_and_day(client, time_machine):
    subgroup = SubgroupFactory()
    member = member_of(subgroup)
    published(time_machine, title="Vlag een", sender="Het bestuur")
    published(time_machine, title="Vlag twee", scope=Scope.GROUPS, subgroups=[subgroup], sender="De barcommissie")
    client.force_login(member)

    assert found(client, "vlag", group=subgroup.pk) == {"announcements": ["Vlag twee"]}
    assert found(client, "vlag", person="bestuur") == {"announcements": ["Vlag een"]}
    assert found(client, "vlag", since="2999-01-01") == {}
