"""What the secretary changes about a person: name, number and address, and the kind of membership."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext, override

from groups.people.audit import record
from groups.people.errors import AddressTaken
from groups.people.letters import write_letter
from groups.people.models import Enrolment, KnownDifferent, Member, MembershipKind
from groups.people.services.belonging import enrol


@transaction.atomic
def change_record(*, member: Member, by: Member, **values) -> Member:
    """Correct the name, number or address on record. Raises AddressTaken when somebody else has the number or address.

    The address to log in with follows, and the old one is told: nobody should lose an account unseen.
    """
    member = Member.objects.select_for_update().get(pk=member.pk)
    changed = sorted(name for name, value in values.items() if getattr(member, name) != value)
    old = member.email
    for name in changed:
        setattr(member, name, values[name])
    try:
        with transaction.atomic():
            member.save(update_fields=changed)
    except IntegrityError as error:
        raise AddressTaken from error
    if "email" in changed:
        _follow(member, old)
    if changed:
        record(by=by, act="member.changed", about=member, details={"fields": changed})
    return member


def _follow(member: Member, old: str | None) -> None:
    EmailAddress.objects.filter(user=member).delete()
    if member.email:
        EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)
    if old:
        with override(member.language or "nl"):
            write_letter(
                email=old,
                subject=gettext("Your address has been changed"),
                body=gettext(
                    "The member register has another e-mail address for you now. From now on you log in with that "
                    "one. Is this not right? Tell the association."
                ),
                language=member.language,
            )


def keep_apart(*, first: Member, second: Member, by: Member) -> None:
    """Somebody looked: these two are different people. They are not shown as one person again."""
    lower, higher = sorted((first, second), key=lambda member: member.pk)
    KnownDifferent.objects.get_or_create(first=lower, second=higher, defaults={"by": by})


@transaction.atomic
def change_kind(*, member: Member, kind: MembershipKind, by: Member | None) -> Enrolment:
    """From today the member belongs by this kind: the old period ends yesterday and stays as history.

    A period that began today is changed itself; who does not belong begins a new period.
    """
    Member.objects.select_for_update().get(pk=member.pk)
    current = member.enrolments.filter(ends_on__isnull=True).select_related("kind").first()
    if current is None or current.kind_id == kind.pk:
        return current or enrol(member=member, kind=kind, by=by)
    yesterday = timezone.localdate() - timedelta(days=1)
    record(by=by, act="enrolment.kind", about=member, details={"from": current.kind.name, "to": kind.name})
    if current.starts_on > yesterday:
        current.kind = kind
        current.save(update_fields=["kind"])
        return current
    Enrolment.objects.filter(pk=current.pk).update(ends_on=yesterday)
    return enrol(member=member, kind=kind, by=by)
