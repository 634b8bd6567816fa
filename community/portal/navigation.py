"""The portal's own entries in the navigation; every other room registers its own."""

from django.utils.translation import gettext_lazy as _

from groups.people.access import association_rights
from groups.subgroups.access import rights_by_subgroup
from theme.navigation import Entry, register_entry


def has_desk(request) -> bool:
    """Whether this member has anything to manage, for the association or in a subgroup."""
    member = request.user
    return bool(association_rights(member)) or any(
        "manage_members" in rights or "moderate" in rights for rights in rights_by_subgroup(member).values()
    )


def may_edit_pages(request) -> bool:
    return "edit_pages" in association_rights(request.user)


def keeps_list(request) -> bool:
    return "manage_subgroups" in association_rights(request.user)


def is_member_here(request) -> bool:
    return request.user.is_authenticated


def register() -> None:
    register_entry(Entry("home", _("Home"), "home", "home", ("bar", "sidebar"), order=10))
    register_entry(Entry("search", _("Search"), "search", "search", ("tools", "head", "more"), order=15))
    register_entry(Entry("more", _("More"), "more", "menu", ("bar",), order=90))
    register_entry(Entry("desk", _("Desk"), "desk", "layout-list", ("desk", "more"), order=10, shown=has_desk))
    register_entry(
        Entry("cms", _("Pages and settings"), "wagtailadmin_home", "pencil", ("desk", "more"), 90, shown=may_edit_pages)
    )
    register_entry(
        Entry("this-week", _("List for this week"), "this-week", "list-todo", ("desk", "more"), 12, shown=keeps_list)
    )
    register_entry(
        Entry("practice", _("Practice corner"), "practice", "graduation-cap", ("more",), 150, shown=is_member_here)
    )
    register_entry(Entry("logout", _("Log out"), "account_logout", "log-out", ("more",), order=200))
