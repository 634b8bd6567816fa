"""What personal data notifications hold."""

from django.utils.translation import gettext_lazy as _

from theme.personal_data import PersonalData, register

TELLING = _("Telling you what is for you, in the way you chose.")
ONLY_YOU = _("Only you.")

register(
    PersonalData(
        "notifications.Notice",
        owner="member",
        label=_("Your notifications"),
        purpose=TELLING,
        kept=_("Ninety days after you read it."),
        seen_by=ONLY_YOU,
        fields=("kind", "created_at", "read_at", "count"),
        impersonal=("context",),
    )
)
register(
    PersonalData(
        "notifications.Delivery",
        owner="member",
        label=_("Mail and push sent to you"),
        purpose=TELLING,
        kept=_("Ninety days after it was sent."),
        seen_by=_("Only you; managers see the numbers."),
        fields=("channel", "kind", "state", "created_at", "done_at"),
        impersonal=("context", "dedupe", "error"),
        processor=_("the mail server of the association; for push the maker of your browser"),
    )
)
register(
    PersonalData(
        "notifications.ChannelChoice",
        owner="member",
        label=_("How you want to be told things"),
        purpose=TELLING,
        kept=_("As long as you have an account."),
        seen_by=ONLY_YOU,
        fields=("kind", "channel", "wanted"),
    )
)
