"""A lost device, and a data breach in the register with its 72 hours."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from community.privacy.drafts import drafts
from community.privacy.errors import BreachClosed, ReportOrReason
from community.privacy.models import Breach, DeviceLoss
from community.privacy.reach import people_in, reach_of
from groups.people.access import members_with_right
from groups.people.audit import record
from groups.subgroups.models import Subgroup
from notifications.services import notify
from theme.devices import device_name

REPORT_WITHIN = timedelta(hours=72)  # GDPR, article 33(1)


@transaction.atomic
def lose_device(*, member, session) -> DeviceLoss:
    """Sign the device out at once, with its open pages and every push, and note what it could open.

    `session` is one of the member's own log-ins. The privacy officer hears of it.
    """
    reach = reach_of(member, session.created_at)
    loss = DeviceLoss.objects.create(
        member=member,
        device=device_name(session.user_agent)[:80],
        logged_in_at=session.created_at,
        reach=reach.as_counts(),
    )
    record(by=member, act="device.lost", about=member, details={"loss": loss.pk})
    session.end()  # its sockets close with the row: groups/people/receivers.py
    # Which subscription is of which device is not known for sure; the other devices can turn pushes on again.
    member.push_subscriptions.all().delete()
    officers = list(members_with_right("see_registers").values_list("pk", flat=True))
    notify(member_ids=officers, kind="privacy.device_lost", key=f"device-lost:{loss.pk}", context={"loss": loss.pk})
    return loss


@transaction.atomic
def enter_breach(
    *, by, title: str, story: str, discovered_at, subgroups, kinds, loss: DeviceLoss | None = None
) -> Breach:
    """Enter a breach: who was reached is counted now, and first texts are written in both languages.

    Without groups those are taken that the lost device could open; with the member register on it that is everybody.
    """
    groups = list(subgroups) or (_groups_of(loss) if loss else [])
    people, by_group = people_in(groups)
    breach = Breach.objects.create(
        title=title,
        story=story,
        discovered_at=discovered_at,
        due_at=discovered_at + REPORT_WITHIN,
        loss=loss,
        kinds=list(kinds),
        people=people,
        by_group=by_group,
        entered_by=by,
    )
    breach.subgroups.set(groups)
    for name, text in drafts(breach).items():
        setattr(breach, name, text)
    breach.save()
    record(by=by, act="privacy.breach_entered", about=breach, details={"people": people, "groups": len(groups)})
    return breach


def _groups_of(loss: DeviceLoss) -> list[Subgroup]:
    opened = Subgroup.objects.active()
    return list(opened if loss.reach.get("register") else opened.filter(pk__in=loss.reach.get("groups", [])))


@transaction.atomic
def save_breach(*, by, breach: Breach, closes: bool = False, **texts) -> Breach:
    """Keep the texts and what was done; `closes` when all is done. Raises BreachClosed, ReportOrReason."""
    breach = Breach.objects.select_for_update(of=("self",)).get(pk=breach.pk)
    if breach.closed_at:
        raise BreachClosed
    for name, value in texts.items():
        setattr(breach, name, value)
    if closes:
        if breach.reported_at is None and not breach.not_reported_because.strip():
            raise ReportOrReason
        breach.closed_at, breach.closed_by = timezone.now(), by
    breach.save()
    record(by=by, act="privacy.breach_closed" if closes else "privacy.breach_saved", about=breach)
    return breach
