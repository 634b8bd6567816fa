"""What personal data the agenda holds."""

from django.utils.translation import gettext_lazy as _

from theme.personal_data import Basis, Erasure, PersonalData, register, register_traces

register(
    PersonalData(
        "events.Answer",
        owner="member",
        label=_("Your answers to events, remarks and attendance"),
        purpose=_("So that the organiser knows who comes."),
        kept=_("As long as the event stands in the agenda."),
        seen_by=_("As the event says: everybody who sees it, or only its organisers."),
        fields=("event", "choice", "remark", "answered_at", "waiting_since", "attended_at"),
        basis=Basis.AGREEMENT,
        erasure=Erasure.REMOVE,
    )
)
register(
    PersonalData(
        "events.CalendarFeed",
        owner="member",
        label=_("Your private calendar address"),
        purpose=_("Showing the agenda in your own calendar program."),
        kept=_("Until you end it."),
        seen_by=_("Nobody; only a fingerprint of the address is kept."),
        fields=("created_at",),
        impersonal=("fingerprint",),
        basis=Basis.CONSENT,
        erasure=Erasure.REMOVE,
    )
)
register(
    PersonalData(
        "events.Reply",
        owner="answer__member",
        label=_("What you filled in when you signed up for an event"),
        purpose=_("So that the organiser can prepare."),
        kept=_("With your answer; sensitive questions until a month after the event."),
        seen_by=_("The organisers of the event."),
        fields=("question", "answer", "text"),
        basis=Basis.CONSENT,
        erasure=Erasure.REMOVE,
    )
)
register(
    PersonalData(
        "events.ShiftPlace",
        owner="member",
        label=_("Shifts you do at events"),
        purpose=_("Dividing the work."),
        kept=_("As long as the event stands in the agenda."),
        seen_by=_("Everybody who sees the event."),
        fields=("shift", "number", "since"),
        basis=Basis.AGREEMENT,
        erasure=Erasure.REMOVE,
    )
)
register(
    PersonalData(
        "events.ShiftSwap",
        owner="asked",
        label=_("Questions to take over a shift"),
        purpose=_("Swapping a shift only when both want it."),
        kept=_("As long as the event stands in the agenda."),
        seen_by=_("You and who asked."),
        fields=("place", "in_exchange", "asked_at", "answered_at", "is_accepted"),
        basis=Basis.AGREEMENT,
        erasure=Erasure.REMOVE,
    )
)
register_traces("events.Question", "text")
register_traces("events.Shift", "title")
register_traces(
    "events.Event", "created_by", "hidden_from", "cancelled_by", "title", "description", "place", "access_facts"
)
