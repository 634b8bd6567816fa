"""What personal data notifications hold."""

from django.utils.translation import gettext_lazy as _

from theme.personal_data import Basis, PersonalData, register

TELLING = _("Telling you what is for you, in the way you chose.")
ONLY_YOU = _("Only you.")
ACCOUNT = _("As long as you have an account.")

register(
    PersonalData(
        "notifications.Notice",
        owner="member",
        label=_("Your notifications"),
        purpose=TELLING,
        kept=_("Ninety days after you read it."),
        seen_by=ONLY_YOU,
        fields=("kind", "created_at", "read_at", "count"),
        impersonal=("context", "place", "fact"),
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
        impersonal=("context", "dedupe", "error", "place"),
        processor=_("the mail server of the association; for push the maker of your browser"),
    )
)
register(
    PersonalData(
        "notifications.Reminder",
        owner="member",
        label=_("Reminders you got"),
        purpose=TELLING,
        kept=ACCOUNT,
        seen_by=ONLY_YOU,
        fields=("kind", "given_at"),
        impersonal=("fact",),
    )
)
register(
    PersonalData(
        "notifications.ChannelChoice",
        owner="member",
        label=_("How you want to be told things"),
        purpose=TELLING,
        kept=ACCOUNT,
        seen_by=ONLY_YOU,
        fields=("kind", "channel", "place", "timing"),
    )
)
register(
    PersonalData(
        "notifications.NoticeSettings",
        owner="member",
        label=_("Your quiet hours and summary"),
        purpose=TELLING,
        kept=ACCOUNT,
        seen_by=ONLY_YOU,
        fields=(
            "quiet_from",
            "quiet_until",
            "quiet_weekend",
            "zone",
            "digest",
            "digest_hour",
            "digest_weekday",
            "push_level",
            "weekly_budget",
            "one_a_day",
        ),
    )
)
register(
    PersonalData(
        "notifications.Mute",
        owner="member",
        label=_("Groups you silenced"),
        purpose=TELLING,
        kept=ACCOUNT,
        seen_by=ONLY_YOU,
        fields=("place", "until", "keeps_mentions"),
    )
)
register(
    PersonalData(
        "notifications.PushSubscription",
        owner="member",
        label=_("Your devices with push"),
        purpose=TELLING,
        kept=_("Until you turn push off, or the device is gone."),
        seen_by=ONLY_YOU,
        fields=("device", "created_at"),
        impersonal=("endpoint", "public_key", "secret"),
        basis=Basis.CONSENT,
        processor=_("the maker of your browser, who cannot read the message"),
    )
)
register(
    PersonalData(
        "notifications.Bounce",
        owner="member",
        label=_("Mail to you that came back"),
        purpose=_("Not writing to an address that does not work."),
        kept=ACCOUNT,
        seen_by=_("Only you; managers see the numbers."),
        fields=("address", "reported_at", "reason"),
        impersonal=("reference",),
        basis=Basis.INTEREST,
    )
)
