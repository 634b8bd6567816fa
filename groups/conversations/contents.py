"""Talk, when its group is emptied or deleted: with the words go the files."""

from django.utils.translation import gettext_lazy as _

from groups.conversations.models import AutoAnswer, Conversation, Message, TalkRules
from groups.conversations.retention import remove_messages
from groups.subgroups.contents import Contents, register_contents

THREAD = Conversation.Kind.THREAD


def messages_of(subgroup):
    return Message.objects.filter(conversation__subgroup=subgroup)


register_contents(
    Contents(
        "messages",
        _("Messages in the chat and in discussions, with their files"),
        messages_of,
        lambda subgroup, limit: remove_messages(messages_of(subgroup), limit),
        order=10,
    )
)
register_contents(
    Contents(
        "discussions",
        _("Discussions"),
        lambda subgroup: Conversation.objects.filter(subgroup=subgroup, kind=THREAD),
        order=11,
    )
)
register_contents(
    Contents(
        "chat",
        _("The chat itself"),
        lambda subgroup: Conversation.objects.filter(subgroup=subgroup).exclude(kind=THREAD),
        is_setting=True,
        order=12,
    )
)
register_contents(
    Contents(
        "auto-answers",
        _("Automatic answers"),
        lambda subgroup: AutoAnswer.objects.filter(subgroup=subgroup),
        is_setting=True,
        order=80,
    )
)
register_contents(
    Contents(
        "talk-rules",
        _("Rules of conversations"),
        lambda subgroup: TalkRules.objects.filter(subgroup=subgroup),
        is_setting=True,
        order=81,
    )
)
