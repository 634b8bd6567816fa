"""What personal data polls hold."""

from django.utils.translation import gettext_lazy as _

from theme.personal_data import Basis, Erasure, PersonalData, register, register_traces

register(
    PersonalData(
        "polls.Elector",
        owner="member",
        label=_("Polls in which you may vote, and your votes that are not secret"),
        purpose=_("One vote for everybody who may vote, and none for anybody else."),
        kept=_("As long as the decision counts; at least seven years."),
        seen_by=_("With an open vote everybody who may see the poll; with a secret vote nobody."),
        fields=("poll", "voted", "answer"),
        acted=("represented_by",),
        impersonal=("sealed",),
        basis=Basis.INTEREST,
        erasure=Erasure.UNNAME,
        stays_because=_("a result from which votes disappear is no result"),
    )
)
register_traces("polls.Poll", "created_by", "closed_by", "question", "explanation", "stored_rules")
MEETING = _("Taking decisions in a meeting that hold afterwards.")
WITH_DECISION = _("As long as the decision counts; at least seven years.")
WHO_SEES_POLL = _("Everybody who may see the poll or the meeting.")
NO_RESULT = _("a result from which votes disappear is no result")

register(
    PersonalData(
        "polls.Attendance",
        owner="member",
        label=_("Meetings in which you took part"),
        purpose=MEETING,
        kept=WITH_DECISION,
        seen_by=WHO_SEES_POLL,
        fields=("meeting", "checked_in_at"),
        basis=Basis.INTEREST,
        erasure=Erasure.UNNAME,
        stays_because=NO_RESULT,
    )
)
register(
    PersonalData(
        "polls.Proxy",
        owner="giver",
        label=_("Your vote that you gave to somebody else"),
        purpose=MEETING,
        kept=WITH_DECISION,
        seen_by=WHO_SEES_POLL,
        fields=("meeting", "holder", "given_at", "accepted_at", "withdrawn_at"),
        basis=Basis.INTEREST,
        erasure=Erasure.UNNAME,
        stays_because=NO_RESULT,
    )
)
register(
    PersonalData(
        "polls.Teller",
        owner="member",
        label=_("Polls in which you were a teller"),
        purpose=_("Counting secret votes with several people."),
        kept=WITH_DECISION,
        seen_by=WHO_SEES_POLL,
        fields=("poll",),
        impersonal=("public", "locked", "share"),
        basis=Basis.INTEREST,
        erasure=Erasure.UNNAME,
        stays_because=NO_RESULT,
    )
)
register_traces("polls.Decision", "stated_by", "verdict", "figures", "text")
register_traces("polls.Draw", "drawn_by", "tied", "order", "seed", "witnesses")
register_traces("polls.Meeting", "called_by", "title", "place", "text", "rules", "minutes")
register_traces("polls.Outcome", "stated_by", "text")
