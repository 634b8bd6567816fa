from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from groups.conversations.models import Conversation
from groups.conversations.queries import unread_in
from groups.subgroups.access import may_manage
from groups.subgroups.modules import Tab, tab_registry
from groups.subgroups.pages import HeadLink, head_link_registry


@tab_registry
def chat_tab() -> Tab:
    return Tab(module="chat", label=_("Chat"), icon="message-circle", url_name="chat", position=10, badge=_unread_chat)


@tab_registry
def threads_tab() -> Tab:
    return Tab(
        module="threads",
        label=_("Discussions"),
        icon="messages-square",
        url_name="threads",
        position=20,
        badge=_unread_threads,
    )


def _unread_chat(member, subgroup) -> int:
    return unread_in(member, subgroup, Conversation.Kind.CHAT)


def _unread_threads(member, subgroup) -> int:
    return unread_in(member, subgroup, Conversation.Kind.THREAD)


@head_link_registry
def rules_link(request, subgroup) -> HeadLink | None:
    if not may_manage(request.user, subgroup):
        return None
    return HeadLink(_("Rules for talking"), "scale", reverse("talk-rules", args=[subgroup.slug]), position=60)


@head_link_registry
def meeting_link(request, subgroup) -> HeadLink | None:
    """Opens the room; nobody's device rings."""
    rules = getattr(subgroup, "talk_rules", None)
    if rules is None or not rules.meeting_url:
        return None
    return HeadLink(_("Open the meeting room"), "external-link", rules.meeting_url, position=20)
