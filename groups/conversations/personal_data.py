"""What personal data conversations hold."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groups.conversations.models import Message
from theme.personal_data import Erasure, PersonalData, register, register_traces

TALKING = _("Talking with each other in groups.")


def remove_messages(member) -> int:
    """Empty what the member wrote; the place in the conversation stays, so that answers still stand somewhere."""
    written = Message.objects.filter(author=member, removed_at__isnull=True)
    return written.update(text="", removed_at=timezone.now(), removed_by=member)


register(
    PersonalData(
        "conversations.Message",
        owner="author",
        label=_("What you wrote in conversations"),
        purpose=TALKING,
        kept=_("As long as the group keeps its conversations."),
        seen_by=_("Members of the group in which you wrote it; moderators when it is reported."),
        fields=("conversation", "text", "created_at", "edited_at", "removed_at"),
        acted=("removed_by",),
        erasure=Erasure.UNNAME,
        remove_by_choice=remove_messages,
        stays_because=_("unless you choose to have it removed: other people answered it"),
    )
)
register(
    PersonalData(
        "conversations.Mention",
        owner="member",
        label=_("Messages in which you were mentioned"),
        purpose=TALKING,
        kept=_("As long as the message."),
        seen_by=_("Members of the group in which it was written."),
        fields=("message",),
    )
)
register(
    PersonalData(
        "conversations.ReadPosition",
        owner="member",
        label=_("How far you have read"),
        purpose=_("Bringing you back to where you were."),
        kept=_("As long as the conversation."),
        seen_by=_("Only you, and with read receipts the people in the conversation."),
        fields=("conversation", "number", "read_at", "is_following"),
    )
)
register_traces("conversations.Conversation", "started_by", "title")
