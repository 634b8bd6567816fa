from django.utils.translation import gettext_lazy as _

from groups.agreements.access import may_keep_texts
from theme.navigation import Entry, register_entry

register_entry(Entry("agreements", _("What we agreed"), "agreements", "file-text", ("more",), order=121))
register_entry(
    Entry(
        "agreement-desk",
        _("Terms and statement"),
        "agreement-desk",
        "file-text",
        ("desk", "more"),
        order=61,
        shown=lambda request: may_keep_texts(request.user),
    )
)
