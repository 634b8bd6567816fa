"""All groups as a file that opens in a spreadsheet, and that can be brought in again."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from groups.subgroups.models import Subgroup
from groups.subgroups.services import managers
from theme.spreadsheets import csv_lines


def group_lines(subgroups) -> Iterator[str]:
    return csv_lines(_rows(subgroups))


def _rows(subgroups) -> Iterator[list]:
    yield [
        _("name"),
        _("address"),
        _("description"),
        _("kind"),
        _("joining"),
        _("hidden"),
        _("places"),
        _("house rules"),
        _("manager"),
        _("members"),
    ]
    for subgroup in subgroups.order_by("name"):
        yield _cells(subgroup)


def _cells(subgroup: Subgroup) -> list:
    first = managers(subgroup).order_by("pk").first()
    return [
        subgroup.name,
        subgroup.slug,
        subgroup.description,
        str(subgroup.get_kind_display()),
        str(subgroup.get_join_policy_display()),
        _("yes") if subgroup.is_hidden else _("no"),
        subgroup.places,
        subgroup.rules,
        (first.number or first.email or "") if first else "",
        subgroup.member_count,
    ]
