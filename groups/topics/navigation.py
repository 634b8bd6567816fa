from django.utils.translation import gettext_lazy as _

from groups.subgroups.access import rights_by_subgroup
from groups.topics.access import handles_everywhere
from groups.topics.inbox import questions_to_answer
from theme.kept import Asked
from theme.navigation import Entry, register_entry


def handles_something(request) -> bool:
    rights = rights_by_subgroup(request.user).values()
    return handles_everywhere(request.user) or any("moderate" in held for held in rights)


register_entry(
    Entry(
        "questions",
        _("Questions"),
        "questions",
        "circle-help",
        ("desk", "more"),
        order=32,
        shown=handles_something,
        badge=lambda request: Asked(questions_to_answer, request.user),
    )
)
register_entry(Entry("asks", _("Asks and offers"), "asks", "handshake", ("more",), order=60))
