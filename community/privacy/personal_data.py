"""What personal data this room holds itself, and what the packages hold that have no register of their own."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils.translation import gettext_lazy as _

from theme.personal_data import Basis, Erasure, PersonalData, register, register_traces

ENTRY = _("Letting you in, and nobody else.")
ONLY_YOU = _("Only you.")
PRIVACY_OFFICER = _("The privacy officer.")


def close_sessions(member) -> int:
    """End every session of the member, on every device."""
    sessions = UserSession.objects.filter(user=member)
    Session.objects.filter(session_key__in=sessions.values("session_key")).delete()
    return sessions.delete()[0]


register(
    PersonalData(
        "account.EmailAddress",
        rows=lambda member: EmailAddress.objects.filter(user=member),
        label=_("Your e-mail addresses"),
        purpose=ENTRY,
        kept=_("As long as you have an account."),
        seen_by=_("Only you and the managers."),
        fields=("email", "verified", "primary"),
    )
)
register(
    PersonalData(
        "mfa.Authenticator",
        rows=lambda member: Authenticator.objects.filter(user=member),
        label=_("Your passkeys and code app"),
        purpose=ENTRY,
        kept=_("Until you remove it."),
        seen_by=_("Nobody; you see that it is there."),
        fields=("type", "created_at", "last_used_at"),
    )
)
register(
    PersonalData(
        "usersessions.UserSession",
        rows=lambda member: UserSession.objects.filter(user=member),
        label=_("Devices on which you are logged in"),
        purpose=_("Letting you see and end your sessions."),
        kept=_("Until you log out; at most fourteen days after you were last here."),
        seen_by=ONLY_YOU,
        fields=("created_at", "last_seen_at", "ip", "user_agent"),
        basis=Basis.INTEREST,
        erase=close_sessions,
    )
)
register(
    PersonalData(
        "privacy.DataExport",
        owner="member",
        label=_("Exports of your own data"),
        purpose=_("Giving you what is yours."),
        kept=_("Twenty-four hours."),
        seen_by=ONLY_YOU,
        fields=("asked_at", "ready_at", "expires_at", "size"),
        impersonal=("file",),
        basis=Basis.LEGAL_DUTY,
    )
)
register(
    PersonalData(
        "privacy.Erasure",
        owner="member",
        label=_("That you asked to be erased"),
        purpose=_("Doing what you asked, and being able to show it."),
        kept=_("Seven years, without your name."),
        seen_by=PRIVACY_OFFICER,
        fields=("asked_at", "due_at", "posts", "withdrawn_at", "done_at"),
        impersonal=("counts",),
        basis=Basis.LEGAL_DUTY,
        erasure=Erasure.UNNAME,
        stays_because=_("we must be able to show that it was done"),
    )
)
register(
    PersonalData(
        "privacy.ConsentAnswer",
        owner="member",
        label=_("Permission you gave or took back"),
        purpose=_("Showing what you agreed to, and when."),
        kept=_("As long as you have an account."),
        seen_by=_("Only you; editors see whether the answer is yes."),
        fields=("purpose", "is_given", "version", "words", "answered_at"),
        basis=Basis.CONSENT,
    )
)
register(
    PersonalData(
        "privacy.PrivacyRequest",
        owner="member",
        label=_("What you asked us about your data"),
        purpose=_("Answering you within thirty days."),
        kept=_("Two years after the answer."),
        seen_by=PRIVACY_OFFICER,
        fields=("kind", "asked_by", "question", "received_on", "due_on", "answer", "closed_at"),
        acted=("closed_by",),
        basis=Basis.LEGAL_DUTY,
        erasure=Erasure.EMPTY,
        emptied=(("asked_by", ""), ("question", ""), ("answer", "–")),
    )
)
register_traces("privacy.RetentionTerm", "set_by", "rule")
register_traces("privacy.LegalHold", "asked_by", "confirmed_by", "lifted_by", "reason")
register(
    PersonalData(
        "privacy.DeviceLoss",
        owner="member",
        label=_("Devices that you lost"),
        purpose=_("Knowing what a lost device could open, and acting in time."),
        kept=_("Two years."),
        seen_by=PRIVACY_OFFICER,
        fields=("device", "logged_in_at", "told_at", "reach"),
        basis=Basis.LEGAL_DUTY,
    )
)
register_traces(
    "privacy.Breach",
    *("entered_by", "closed_by", "title", "story", "kinds", "by_group", "not_reported_because"),
    *("notice_nl", "notice_en", "report_nl", "report_en"),
)
