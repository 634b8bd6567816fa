"""What personal data the counter holds."""

from django.utils.translation import gettext_lazy as _

from theme.personal_data import Basis, PersonalData, register, register_traces

register(
    PersonalData(
        "counter.ServiceRequest",
        owner="member",
        label=_("What you asked at the counter"),
        purpose=_("Answering your request."),
        kept=_("Two years after it was asked."),
        seen_by=_("You, and who answers requests."),
        fields=("service", "text", "asked_at", "due_on", "state"),
        acted=("owner",),
        basis=Basis.AGREEMENT,
    )
)
register(
    PersonalData(
        "counter.RequestStep",
        owner="request__member",
        label=_("What was answered to your requests"),
        purpose=_("Answering your request."),
        kept=_("Two years after it was asked."),
        seen_by=_("You, and who answers requests."),
        fields=("state", "note", "at"),
        acted=("by",),
        basis=Basis.AGREEMENT,
    )
)
register_traces("counter.Service", "keeper", "title", "description", "question")
