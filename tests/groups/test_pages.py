import pytest
from django.test import RequestFactory

from groups.subgroups.access import entered_subgroups, with_module
from groups.subgroups.models import SubgroupRole
from groups.subgroups.pages import SideCard, side_card_registry, subgroup_context
from tests.factories import MemberFactory, SubgroupFactory, member_of

pytestmark = pytest.mark.django_db


def frame_of(subgroup, member, module="members"):
    request = RequestFactory().get("/")
    request.user = member
    return subgroup_context(request, subgroup, module)


def test_a_module_that_is_switched_off_leaves_the_subgroup_out():
    with_polls = SubgroupFactory(modules=["polls"])
    without = SubgroupFactory(modules=["chat"])
    member = member_of(with_polls)
    member_of(without)

    assert list(with_module(entered_subgroups(member), "polls")) == [with_polls]
    assert not with_module(entered_subgroups(member), "chat").exists()


def test_the_frame_knows_the_tab_the_rights_and_the_faces():
    subgroup = SubgroupFactory(modules=["chat"])
    manager = member_of(subgroup, SubgroupRole.MANAGER)
    for _ in range(5):
        member = member_of(subgroup)

    context = frame_of(subgroup.__class__.objects.get(pk=subgroup.pk), member)

    assert [tab.is_current for tab in context["frame"].tabs if tab.module == "members"] == [True]
    assert "post_chat" in context["rights"]
    assert "manage_settings" not in context["rights"]
    assert context["frame"].faces[0] == manager
    assert context["frame"].more_faces == 2


def test_who_is_not_in_the_group_sees_no_tabs():
    assert frame_of(SubgroupFactory(), MemberFactory())["frame"].tabs == []


def test_a_higher_app_adds_a_card_to_the_side_column():
    subgroup = SubgroupFactory()

    def card(request, subgroup):
        return SideCard("pots/card.html", 10, {"name": subgroup.name})

    side_card_registry(card)
    try:
        cards = frame_of(subgroup, member_of(subgroup))["frame"].side_cards
    finally:
        side_card_registry._functions.remove(card)

    assert [item.values for item in cards if item.template == "pots/card.html"] == [{"name": subgroup.name}]
