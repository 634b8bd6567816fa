from django.utils.translation import gettext_lazy as _

from groups.moderation.access import may_judge, open_reports
from theme.kept import Asked
from theme.navigation import Entry, register_entry

register_entry(
    Entry(
        "reports",
        _("Reports"),
        "reports",
        "flag",
        ("desk", "more"),
        order=30,
        shown=lambda request: may_judge(request.user),
        badge=lambda request: Asked(open_reports, request.user),
    )
)
register_entry(Entry("guidelines", _("Guidelines"), "guidelines", "book-open", ("more",), order=120))
