"""The bell with its live count, the settings of notices, and the health page for who looks after the house."""

from django.utils.translation import gettext_lazy as _

from notifications.access import may_operate, unread_notices
from theme.kept import Asked
from theme.navigation import Entry, register_entry

register_entry(
    Entry(
        key="notices",
        label=_("Notices"),
        url_name="notices",
        icon="bell",
        places=("tools", "sidebar", "more"),
        order=20,
        badge=lambda request: Asked(unread_notices, request.user),
        shown=lambda request: request.user.is_authenticated,
        live="me badge",
    )
)
register_entry(
    Entry(
        key="notice-settings",
        label=_("Notice settings"),
        url_name="notice-settings",
        icon="settings",
        places=("more",),
        order=85,
        shown=lambda request: request.user.is_authenticated,
    )
)
register_entry(
    Entry(
        key="health",
        label=_("Health"),
        url_name="health-page",
        icon="monitor",
        places=("desk", "more"),
        order=95,
        shown=lambda request: may_operate(request.user),
    )
)
