from django.utils.translation import gettext_lazy as _

from groups.conversations.models import Conversation
from groups.conversations.queries import unread_in
from groups.subgroups.modules import Tab, tab_registry


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
