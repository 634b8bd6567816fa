"""Parents and guardians act for children; the child keeps an account, a name and a history of its own."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from groups.people.audit import record
from groups.people.models import Guardianship, Member, MembershipKind
from groups.people.services.belonging import enrol
from notifications.live import disconnect_member


@transaction.atomic
def add_child(
    *, guardian: Member, first_name: str, last_name: str, kind: MembershipKind, by: Member, name_prefix=""
) -> Member:
    """Make an account without an address for a child, and let `guardian` act for it."""
    child = Member(first_name=first_name, name_prefix=name_prefix, last_name=last_name, consent=Member.Consent.MANAGERS)
    child.set_unusable_password()
    child.save()
    enrol(member=child, kind=kind, by=by)
    appoint_guardian(guardian=guardian, child=child, by=by)
    return child


@transaction.atomic
def appoint_guardian(*, guardian: Member, child: Member, by: Member, ends_on=None) -> Guardianship:
    """Let `guardian` act for `child`; who does so already goes on doing so."""
    Member.objects.select_for_update().get(pk=child.pk)
    present = Guardianship.objects.filter(guardian=guardian, child=child, ends_on__isnull=True).first()
    if present:
        return present
    row = Guardianship.objects.create(guardian=guardian, child=child, given_by=by, ends_on=ends_on)
    record(by=by, act="guardian.appointed", about=child, details={"guardian": guardian.pk})
    return row


@transaction.atomic
def end_guardianship(*, guardianship: Guardianship, by: Member) -> None:
    """From now on the guardian no longer acts for the child."""
    yesterday = timezone.localdate() - timedelta(days=1)
    if guardianship.starts_on > yesterday:
        guardianship.delete()
    else:
        Guardianship.objects.filter(pk=guardianship.pk).update(ends_on=yesterday)
    disconnect_member(guardianship.child_id)
    record(by=by, act="guardian.ended", about=guardianship.child, details={"guardian": guardianship.guardian_id})
