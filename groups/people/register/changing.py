"""What an import changes about members who are there already; a row keeps what there was, so that it can go back."""

from allauth.account.models import EmailAddress

from groups.people.models import Enrolment, Member, MembershipKind, RegisterRow
from groups.people.register.reading import day_in
from groups.people.services import change_kind, end_enrolment

NAMES = ("number", "email", "first_name", "name_prefix", "last_name")


def change_members(rows: list[RegisterRow], kinds: dict[str, MembershipKind], by) -> None:
    """Write the names, numbers and addresses of all rows at once, and kinds and last days one by one."""
    for row in rows:
        for name in NAMES:
            if row.values[name]:
                setattr(row.member, name, row.values[name])
    write_members({row.member: row.before["email"] for row in rows})
    for row in rows:
        if row.values["kind"] and row.values["kind"] != row.before["kind"]:
            _change_kind(row, kinds[row.values["kind"]], by)
        if row.values["ends_on"] and row.values["ends_on"] != row.before["ends_on"]:
            _end(row, by)


def write_members(members: dict[Member, str]) -> None:
    """Store {member: the address there was}. The address to log in with follows; the old one no longer works."""
    # Numbers and addresses may change places between members, so all are given up before any is taken.
    Member.objects.filter(pk__in=[member.pk for member in members]).update(number=None, email=None)
    Member.objects.bulk_update(list(members), list(NAMES), batch_size=250)
    moved = [member for member, old in members.items() if (member.email or "") != old]
    EmailAddress.objects.filter(user__in=moved).delete()
    EmailAddress.objects.bulk_create(
        [EmailAddress(user=member, email=member.email, verified=True, primary=True) for member in moved if member.email]
    )


def _change_kind(row: RegisterRow, kind: MembershipKind, by) -> None:
    current = row.member.enrolments.filter(ends_on__isnull=True).first()
    opened = change_kind(member=row.member, kind=kind, by=by)
    if current is None or opened.pk != current.pk:
        row.before["opened"] = opened.pk
        row.before["closed"] = current.pk if current else None


def _end(row: RegisterRow, by) -> None:
    current = row.member.enrolments.filter(ends_on__isnull=True).first()
    last_day = day_in(row.values["ends_on"])
    if current and current.starts_on <= last_day:
        end_enrolment(member=row.member, by=by, ends_on=last_day)
        row.before.setdefault("closed", current.pk)


def change_back(rows: list[RegisterRow]) -> None:
    """Put back what `change_members` did, of rows with their members loaded."""
    members = {}
    for row in rows:
        members[row.member] = row.member.email or ""
        for name in NAMES:
            setattr(row.member, name, row.before[name] or (None if name in ("number", "email") else ""))
    write_members(members)
    for row in rows:
        Enrolment.objects.filter(pk=row.before.get("opened")).delete()
        Enrolment.objects.filter(pk=row.before.get("closed")).update(ends_on=None)
        if row.before["kind"] and "opened" not in row.before:
            kind = MembershipKind.objects.filter(name=row.before["kind"])
            row.member.enrolments.filter(ends_on__isnull=True).update(kind=kind.values("pk")[:1])
