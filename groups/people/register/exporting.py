"""The register as a file that opens in a spreadsheet and does nothing there."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from groups.people.models import Enrolment, Member
from theme.registry import Registry
from theme.spreadsheets import csv_lines

groups_registry = Registry(
    "In which groups are these members (None: everybody)? function(ids, reader=None) -> {member id: [names]}"
)


def export_lines(members, *, reader: Member) -> Iterator[str]:
    """The register as CSV lines, a few hundred members at a time, without groups that are a surprise for `reader`."""
    return csv_lines(_rows(members, reader))


def _rows(members, reader: Member) -> Iterator[list[str]]:
    yield [
        _("member number"),
        _("first name"),
        _("prefix"),
        _("last name"),
        _("e-mail"),
        _("kind"),
        _("since"),
        _("groups"),
    ]
    for portion in _portions(members.order_by("pk")):
        enrolments = {
            row.member_id: row for row in Enrolment.objects.on().filter(member__in=portion).select_related("kind")
        }
        groups: dict[int, list[str]] = {}
        for ask in groups_registry:
            groups.update(ask([member.pk for member in portion], reader))
        for member in portion:
            yield _cells(member, enrolments.get(member.pk), groups)


def _portions(members, size: int = 500) -> Iterator[list[Member]]:
    last = 0
    while portion := list(members.filter(pk__gt=last)[:size]):
        last = portion[-1].pk
        yield portion


def _cells(member: Member, enrolment: Enrolment | None, groups: dict) -> list[str]:
    return [
        member.number or "",
        member.first_name,
        member.name_prefix,
        member.last_name,
        member.email or "",
        enrolment.kind.name if enrolment else "",
        enrolment.starts_on.isoformat() if enrolment else "",
        in_one_cell(groups.get(member.pk, [])),
    ]


def in_one_cell(names: list[str]) -> str:
    """Names as the import reads them back: with commas, or with strokes when a name has a comma in it."""
    if any("," in name for name in names):
        return "".join(f"{name}|" for name in names)
    return ", ".join(names)
