"""Where fees stand in the frame."""

from django.utils.translation import gettext_lazy as _

from finance.fees.access import sees_fees
from theme.navigation import Entry, register_entry

register_entry(Entry("fees", _("My membership fee"), "my-fees", "receipt", ("more",), order=61))
register_entry(
    Entry(
        "fees-office",
        _("Membership fees"),
        "fees-office",
        "hand-coins",
        ("desk", "more"),
        order=31,
        shown=lambda request: sees_fees(request.user),
    )
)
