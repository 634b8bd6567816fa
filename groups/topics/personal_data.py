"""What personal data topics hold."""

from django.utils.translation import gettext_lazy as _

from theme.personal_data import Erasure, PersonalData, register, register_traces

TALKING = _("Talking with each other in groups.")
WITH_DISCUSSION = _("As long as the discussion.")
IN_GROUP = _("Members of the group.")
WHO_ANSWERS = _("Who answers questions in the group.")

register_traces("topics.Topic", "owner")
register(
    PersonalData(
        "topics.StateChange",
        owner="by",
        label=_("Decisions you took about suggestions and questions"),
        purpose=_("Showing what became of them and why."),
        kept=WITH_DISCUSSION,
        seen_by=IN_GROUP,
        fields=("topic", "state", "reason", "at"),
        erasure=Erasure.UNNAME,
        stays_because=_("others must be able to read what was decided"),
    )
)
register(
    PersonalData(
        "topics.Stance",
        owner="member",
        label=_("Where you stand on propositions"),
        purpose=_("Counting how members stand."),
        kept=WITH_DISCUSSION,
        seen_by=_("Only you; others see the numbers."),
        fields=("topic", "value", "at"),
    )
)
register(
    PersonalData(
        "topics.Argument",
        owner="by",
        label=_("Arguments you gave"),
        purpose=TALKING,
        kept=WITH_DISCUSSION,
        seen_by=IN_GROUP,
        fields=("topic", "side", "text", "at"),
        erasure=Erasure.UNNAME,
        stays_because=_("others backed it"),
    )
)
register(
    PersonalData(
        "topics.Backing",
        owner="member",
        label=_("Arguments you back"),
        purpose=_("Counting which arguments weigh most."),
        kept=WITH_DISCUSSION,
        seen_by=_("Only you; others see the numbers."),
        fields=("argument", "at"),
    )
)
register(
    PersonalData(
        "topics.Second",
        owner="member",
        label=_("Suggestions you support, and asks you can help with"),
        purpose=_("Telling you what becomes of it, and bringing helpers together."),
        kept=WITH_DISCUSSION,
        seen_by=IN_GROUP,
        fields=("topic", "at"),
    )
)
register(
    PersonalData(
        "topics.Note",
        owner="by",
        label=_("Notes you wrote about questions"),
        purpose=_("Answering questions together."),
        kept=WITH_DISCUSSION,
        seen_by=WHO_ANSWERS,
        fields=("topic", "text", "at"),
        erasure=Erasure.UNNAME,
        stays_because=_("it belongs to the answer others gave"),
    )
)
register(
    PersonalData(
        "topics.Helper",
        owner="member",
        label=_("That you want to hear of asks that fit you"),
        purpose=_("Bringing asks and helpers together."),
        kept=_("Until you take it back."),
        seen_by=_("Only you."),
        fields=("since",),
    )
)
