"""Mail to somebody who is not in yet: one when they are first asked, one about all that is open, then silence."""

from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext, override

from groups.people.letters import write_letter
from groups.subgroups.models import Invitation, InvitationMail
from theme.house import house
from theme.templatetags.theme import long_day

SECOND_AFTER = timedelta(days=4)
AT_ONCE = 200
SALT = "subgroups.invitation"
LANGUAGE = "nl"  # nobody knows yet which language they read


def write_first(invitation: Invitation, token: str) -> None:
    """Write to the address at once, unless it was written to before: then it is told with the rest, or not at all."""
    if not _claim(invitation.email, InvitationMail.FIRST):
        return
    with override(LANGUAGE):
        body = invitation.text or gettext("Look what it is about, and decide whether you want to join.")
        write_letter(
            email=invitation.email,
            subject=gettext("%(name)s invites you") % {"name": invitation.by.display_name},
            body=f"{body}\n\n{_way_out(token)}",
            path=reverse("invitation", args=[token]),
            button=gettext("Look at the invitation"),
        )


def _claim(address: str, number: int) -> bool:
    """Whether this mail may go out: each number once per address, also when two people invite at the same moment."""
    try:
        with transaction.atomic():
            InvitationMail.objects.create(address=address, number=number)
    except IntegrityError:
        return False
    return True


def write_second() -> int:
    """Four days after the first: one mail about everything that is still open. The last one; returns how many."""
    now = timezone.now()
    sent = InvitationMail.objects.filter(address=OuterRef("address"), number=InvitationMail.LAST)
    asked = open_by_mail().filter(email=OuterRef("address"))
    due = InvitationMail.objects.filter(number=InvitationMail.FIRST, sent_at__lte=now - SECOND_AFTER)
    addresses = due.filter(~Exists(sent), Exists(asked)).order_by("sent_at").values_list("address", flat=True)
    return sum(_write_to(address) for address in list(addresses[:AT_ONCE]))


@transaction.atomic
def _write_to(address: str) -> bool:
    waiting = list(open_by_mail().filter(email=address).select_related("by", "subgroup").order_by("created_at"))
    if not waiting or not _claim(address, InvitationMail.LAST):
        return False
    with override(LANGUAGE):
        subject = ngettext("An invitation is waiting for you", "%(n)d invitations are waiting for you", len(waiting))
        end = gettext("We do not write about this again.")
        write_letter(
            email=address,
            subject=subject % {"n": len(waiting)},
            body="\n\n".join([*_lines(waiting), end]),
            path=reverse("invitation", args=[signed(waiting[0])]),
            button=gettext("Look at the invitation"),
        )
    return True


def _lines(invitations: Iterable[Invitation]):
    for invitation in invitations:
        values = {
            "name": invitation.by.display_name,
            "group": invitation.subgroup.name if invitation.subgroup else house().name,
            "day": long_day(invitation.expires_at),
        }
        yield "\n".join(
            [
                gettext("%(name)s invites you to %(group)s, until %(day)s.") % values,
                gettext("Join: %(address)s") % {"address": _address("invitation", signed(invitation))},
                _way_out(signed(invitation)),
            ]
        )


def _way_out(token: str) -> str:
    return gettext("Rather not? %(address)s") % {"address": _address("answer-invitation", token, "decline")}


def open_by_mail():
    """Open invitations to an address, of groups that still exist."""
    return Invitation.objects.open().exclude(email="").filter(subgroup__archived_at__isnull=True)


def signed(invitation: Invitation) -> str:
    """A second link to the same invitation: of the first only a hash was kept."""
    return signing.dumps(invitation.pk, salt=SALT)


def invitation_signed_as(token: str) -> int | None:
    """The id of the invitation such a link is for; None when the link is not one of ours."""
    try:
        return signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None


def _address(name: str, *arguments) -> str:
    return f"{settings.BASE_URL}{reverse(name, args=arguments)}"
