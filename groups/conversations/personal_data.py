"""What personal data conversations hold."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groups.conversations.models import Attachment, Message
from theme.personal_data import Erasure, PersonalData, register, register_traces

TALKING = _("Talking with each other in groups.")
ACCOUNT = _("As long as you have an account.")
ONLY_YOU = _("Only you.")


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
register_traces("conversations.Conversation", "started_by", "hidden_from", "title", "circle")


def remove_files(member) -> int:
    """Throw away what the member added, the files too."""
    added = list(Attachment.objects.filter(added_by=member))
    for attachment in added:
        for file in (attachment.file, attachment.small):
            if file:
                file.delete(save=False)
        attachment.delete()
    return len(added)


register(
    PersonalData(
        "conversations.Attachment",
        owner="added_by",
        label=_("Photos, recordings and files you added"),
        purpose=TALKING,
        kept=_("As long as the message."),
        seen_by=_("Members of the group in which it was written."),
        fields=("name", "description", "file", "created_at"),
        impersonal=("small", "content_type"),
        erase=remove_files,
    )
)
register(
    PersonalData(
        "conversations.Participant",
        owner="member",
        label=_("Private conversations you take part in"),
        purpose=_("Writing with one or a few people."),
        kept=_("As long as the conversation."),
        seen_by=_("The people in the conversation."),
        fields=("conversation", "joined_at", "left_at"),
        erasure=Erasure.UNNAME,
        stays_because=_("the others keep their own side of the conversation"),
    )
)
register(
    PersonalData(
        "conversations.TalkChoices",
        owner="member",
        label=_("Who may write to you, and what others see of your reading"),
        purpose=_("Doing as you chose."),
        kept=ACCOUNT,
        seen_by=ONLY_YOU,
        fields=("who_may_write", "shares_reading_since", "shares_last_seen"),
    )
)
register(
    PersonalData(
        "conversations.Presence",
        owner="member",
        label=_("When you were last here"),
        purpose=_("Showing it to people you write with, if you want that."),
        kept=ACCOUNT,
        seen_by=_("The people you write with, if you share it."),
        fields=("seen_at",),
    )
)
register(
    PersonalData(
        "conversations.Barrier",
        owner="member",
        label=_("People you have blocked or muted"),
        purpose=_("Leaving you in peace."),
        kept=_("Until you take it back."),
        seen_by=ONLY_YOU,
        fields=("against", "kind", "since"),
    )
)
register(
    PersonalData(
        "conversations.Reaction",
        owner="member",
        label=_("Your reactions to messages"),
        purpose=TALKING,
        kept=_("As long as the message."),
        seen_by=_("Members of the group in which it was written."),
        fields=("message", "kind", "created_at"),
    )
)
register(
    PersonalData(
        "conversations.StatusText",
        owner="member",
        label=_("What others read beside your name for a while"),
        purpose=_("Letting others know how you can be reached."),
        kept=_("Until the end you chose."),
        seen_by=_("Members who can see your name."),
        fields=("text", "ends_at"),
    )
)
register(
    PersonalData(
        "conversations.Given",
        owner="member",
        label=_("Automatic answers you got"),
        purpose=_("Answering at once, and not twice a day."),
        kept=_("As long as the message."),
        seen_by=ONLY_YOU,
        fields=("answer", "message", "day", "at", "answered_from"),
    )
)
