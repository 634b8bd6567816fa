"""Where pots and payments stand in the frame and in a group's tabs."""

from django.utils.translation import gettext_lazy as _

from finance.pots.access import requests_to_pay, sees_treasury
from groups.subgroups.modules import Tab, tab_registry
from theme.kept import Asked
from theme.navigation import Entry, register_entry


def open_requests(request):
    return Asked(requests_to_pay, request.user)


register_entry(
    Entry(
        "pots",
        _("Pots"),
        "pots",
        "piggy-bank",
        ("bar", "sidebar"),
        order=30,
        wide_label=_("Pots and paying"),
        badge=open_requests,
        is_money=True,
    )
)
register_entry(Entry("payments", _("My payments"), "payments", "receipt", ("more",), order=60))
register_entry(
    Entry(
        "treasury",
        _("Money office"),
        "treasury",
        "landmark",
        ("desk", "more"),
        order=30,
        shown=lambda request: sees_treasury(request.user),
    )
)


@tab_registry
def pot_tab() -> Tab:
    return Tab(module="pot", label=_("Pot"), icon="piggy-bank", url_name="subgroup-pots", position=40)
