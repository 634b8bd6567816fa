"""What members are told about conversations, in words, and only while it is theirs to know."""

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from groups.conversations.access import may_post, visible_messages
from groups.conversations.mail_in.addresses import reply_address
from groups.conversations.models import ReadPosition
from groups.conversations.text import excerpt
from notifications.kinds import GONE, NoticeKind, Words, register_kind


def _message(member, context):
    found = visible_messages(member).present().filter(pk=context["message"])
    return found.select_related("author", "conversation__subgroup").first()


def _still_unread(member, context) -> bool:
    """Sent only when the member may still read it, and has not read it yet."""
    message = _message(member, context)
    return (
        message is not None
        and not ReadPosition.objects.filter(
            Q(conversation=message.conversation, member=member, number__gte=message.number)
        ).exists()
    )


def answer_address(member, context) -> str:
    """Where a mail answers the conversation of the message, as long as the member may still write there."""
    message = _message(member, context)
    if message is None or not may_post(member, message.conversation):
        return ""
    return reply_address(member, message.conversation)


def reply_words(member, context, count) -> Words:
    message = _message(member, context)
    if message is None:
        return GONE.words(member, context, count)
    title = ngettext("%(count)d new message in “%(where)s”", "%(count)d new messages in “%(where)s”", count) % {
        "count": count,
        "where": message.conversation,
    }
    return Words(title, _line(message), message.get_absolute_url(), _("Read"))


def mention_words(member, context, count) -> Words:
    message = _message(member, context)
    if message is None:
        return GONE.words(member, context, count)
    title = _("%(who)s mentioned you in “%(where)s”") % {"who": message.author or "", "where": message.conversation}
    return Words(title, _line(message), message.get_absolute_url(), _("Read"))


def direct_words(member, context, count) -> Words:
    message = _message(member, context)
    if message is None:
        return GONE.words(member, context, count)
    title = ngettext("%(who)s sent you a message", "%(who)s sent you %(count)d messages", count) % {
        "who": message.author or "",
        "count": count,
    }
    return Words(title, excerpt(message.text), message.get_absolute_url(), _("Read"))


def moved_words(member, context, count) -> Words:
    message = _message(member, context)
    if message is None:
        return GONE.words(member, context, count)
    title = _("A moderator moved what you wrote to “%(where)s”") % {"where": message.conversation}
    return Words(title, excerpt(message.text), message.get_absolute_url(), _("Read"))


def _line(message) -> str:
    return f"{message.author.first_name if message.author else ''}: {excerpt(message.text)}"


register_kind(
    NoticeKind(
        "mention",
        gettext_lazy("Somebody mentions you"),
        "message-circle",
        mention_words,
        _still_unread,
        personal=True,
        reply_to=answer_address,
    )
)
register_kind(
    NoticeKind(
        "reply",
        gettext_lazy("Replies in discussions you follow"),
        "reply",
        reply_words,
        _still_unread,
        digested=True,
        reply_to=answer_address,
    )
)
register_kind(
    NoticeKind(
        "direct",
        gettext_lazy("Direct messages"),
        "message-circle",
        direct_words,
        _still_unread,
        reply_to=answer_address,
    )
)
register_kind(
    NoticeKind(
        "moved",
        gettext_lazy("Your message was moved to another discussion"),
        "reply",
        moved_words,
        channels=frozenset(),
    )
)
