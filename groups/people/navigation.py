"""Where people, the own profile and the settings stand in the navigation."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groups.people.access import association_rights, may_for_association
from groups.people.models import Enrolment
from theme.navigation import Entry, provides_since, register_entry


def decides(request) -> bool:
    return may_for_association(request.user, "decide_applications")


def manages_roles(request) -> bool:
    return may_for_association(request.user, "manage_roles")


def own_enrolments(request):
    return Enrolment.objects.filter(member=request.user, starts_on__lte=timezone.localdate()).order_by("starts_on")


def manages_members(request) -> bool:
    return may_for_association(request.user, "manage_members")


def looks_along(request) -> bool:
    return may_for_association(request.user, "look_along")


def has_settings(request) -> bool:
    """Who holds an office of the house; the manager of a group finds the history on the settings of the group."""
    keeps = {"edit_pages", "manage_subgroups", "announce", "import_bank", "manage_fees", "see_registers"}
    return not keeps.isdisjoint(association_rights(request.user))


provides_since(own_enrolments, "starts_on")
register_entry(Entry("directory", _("Members"), "directory", "contact-round", ("sidebar", "more"), 60))
register_entry(Entry("profile", _("Profile"), "own-profile", "user", ("more",), 110))
register_entry(Entry("settings", _("Settings"), "settings", "settings", ("foot", "more"), 120))
register_entry(
    Entry("applications", _("Applications"), "applications", "user-plus", ("desk", "more"), 40, shown=decides)
)
register_entry(Entry("roles", _("Roles"), "roles", "badge-check", ("desk", "more"), 50, shown=manages_roles))
register_entry(
    Entry("safety", _("Rules of safety"), "safety-rules", "shield-check", ("desk", "more"), 51, shown=manages_roles)
)
register_entry(
    Entry("register", _("Member register"), "register", "file-text", ("desk", "more"), 60, shown=manages_members)
)
HISTORY = _("History of the settings")
register_entry(Entry("history", HISTORY, "setting-histories", "history", ("desk", "more"), 95, shown=has_settings))
register_entry(
    Entry("support-desk", _("Looking along"), "support-desk", "eye", ("desk", "more"), 92, shown=looks_along)
)
