from django.utils.translation import gettext_lazy as _

from groups.people.access import association_rights
from theme.navigation import Entry, register_entry


def sees_registers(request) -> bool:
    return "see_registers" in association_rights(request.user)


def register() -> None:
    register_entry(Entry("privacy", _("My data and privacy"), "privacy", "lock", ("more",), order=120))
    register_entry(
        Entry(
            "privacy-desk", _("Privacy desk"), "privacy-requests", "shield", ("desk", "more"), 60, shown=sees_registers
        )
    )
