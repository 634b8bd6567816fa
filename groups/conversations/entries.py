"""Where direct messages are found: in the navigation, and beside the name of a person."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from groups.conversations.models import Conversation
from groups.conversations.queries import unread_by_subgroup, unread_once
from groups.conversations.writing_to import may_write_to
from groups.people.profile_parts import Action, action_registry
from groups.subgroups.modules import unread_registry
from theme.navigation import Entry, register_entry

unread_registry(unread_by_subgroup)


def unread_messages(request) -> int:
    return unread_once(request.user).get((None, Conversation.Kind.DIRECT), 0)


register_entry(
    Entry(
        "direct",
        _("Messages"),
        "direct-inbox",
        "mail",
        ("sidebar", "more"),
        order=35,
        badge=unread_messages,
    )
)


register_entry(Entry("catch-up", _("Catch up"), "catch-up", "history", ("more",), order=36))


@action_registry
def write_to_person(request, person) -> Action | None:
    if person.pk == request.user.pk or not may_write_to(request.user, person):
        return None
    return Action(_("Message"), "mail", f"{reverse('direct-new')}?to={person.pk}", position=10)
