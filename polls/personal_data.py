"""What personal data polls hold."""

from django.utils.translation import gettext_lazy as _

from theme.personal_data import Basis, Erasure, PersonalData, register, register_traces

AS_LONG_AS_THE_DECISION = _("As long as the decision counts; at least seven years.")
A_RESULT_STAYS = _("a result from which votes disappear is no result")

register(
    PersonalData(
        "polls.Elector",
        owner="member",
        label=_("Polls in which you may vote, and your votes that are not secret"),
        purpose=_("One vote for everybody who may vote, and none for anybody else."),
        kept=_("As long as the decision; the names as long as your association chose."),
        seen_by=_("With an open vote everybody who may see the poll; with a secret vote nobody."),
        fields=("poll", "voted", "answer", "barred_at", "barred_reason"),
        acted=("represented_by", "barred_by"),
        impersonal=("sealed",),
        basis=Basis.INTEREST,
        erasure=Erasure.UNNAME,
        stays_because=A_RESULT_STAYS,
    )
)
register(
    PersonalData(
        "polls.Sheet",
        owner="elector__member",
        label=_("Your answers to surveys with names"),
        purpose=_("Knowing what members think and want."),
        kept=_("As long as the survey is kept."),
        seen_by=_("Whoever made the survey; of an anonymous survey nobody."),
        fields=("question", "answer"),
        impersonal=("sealed",),
        basis=Basis.CONSENT,
    )
)
register(
    PersonalData(
        "polls.Proxy",
        owner="giver",
        label=_("Proxies that you gave"),
        purpose=_("Letting somebody else vote for you at a meeting."),
        kept=AS_LONG_AS_THE_DECISION,
        seen_by=_("You, who votes for you, and who leads the meeting; the minutes."),
        fields=("meeting", "given_at", "accepted_at", "withdrawn_at", "instruction"),
        acted=("holder",),
        basis=Basis.INTEREST,
        erasure=Erasure.UNNAME,
        stays_because=_("the minutes of a meeting must say for whom votes were cast"),
    )
)
register(
    PersonalData(
        "polls.Attendance",
        owner="member",
        label=_("Meetings at which you were present"),
        purpose=_("Quorum, and votes by who is present."),
        kept=AS_LONG_AS_THE_DECISION,
        seen_by=_("Who leads the meeting."),
        fields=("meeting", "checked_in_at"),
        basis=Basis.INTEREST,
        erasure=Erasure.UNNAME,
        stays_because=_("a decision rests on how many were present"),
    )
)
register(
    PersonalData(
        "polls.Teller",
        owner="member",
        label=_("Secret polls that you help to count"),
        purpose=_("No single person can open the votes."),
        kept=AS_LONG_AS_THE_DECISION,
        seen_by=_("The other tellers and who runs the poll."),
        fields=("poll",),
        basis=Basis.INTEREST,
        erasure=Erasure.UNNAME,
        stays_because=_("it must stay clear who counted"),
    )
)
register(
    PersonalData(
        "polls.Suspension",
        owner="member",
        label=_("Times in which your right to vote was suspended"),
        purpose=_("A suspended member is on no list of voters."),
        kept=AS_LONG_AS_THE_DECISION,
        seen_by=_("Board and community managers."),
        fields=("starts_on", "ends_on", "reason", "decided_at"),
        acted=("decided_by",),
        basis=Basis.INTEREST,
        erasure=Erasure.UNNAME,
        stays_because=_("a decision rests on who could vote"),
    )
)
register(
    PersonalData(
        "polls.AgendaQuestion",
        owner="asked_by",
        label=_("Questions that you asked about the agenda of a meeting"),
        purpose=_("Everybody reads question and answer before the vote."),
        kept=AS_LONG_AS_THE_DECISION,
        seen_by=_("Everybody who may see the meeting."),
        fields=("text", "asked_at", "answer", "answered_at"),
        acted=("answered_by",),
        basis=Basis.INTEREST,
        erasure=Erasure.UNNAME,
        stays_because=_("the answer was part of what members decided on"),
    )
)
register_traces("polls.MeetingDocument", "added_by", "file", "name", "content_type")
register_traces("polls.Poll", "created_by", "closed_by", "question", "explanation", "stored_rules")
register_traces("polls.Draw", "drawn_by", "seed", "witnesses", "tied", "order")
register_traces("polls.Meeting", "called_by", "title", "place", "text", "rules", "minutes")
register_traces("polls.Decision", "stated_by", "verdict", "figures", "text")
register_traces("polls.Outcome", "stated_by", "text", "link")
