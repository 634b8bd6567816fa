"""Pots themselves: opening one, and who looks after it."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from finance.pots.access import looks_after
from finance.pots.errors import ChefNotInGroup, DeadlinePassed, NotAllowed, PlanTooLong
from finance.pots.models import Party, PaymentRequest, Pot, PotRole, all_week
from finance.pots.queries import pot_total
from groups.people.history.kept import settings_change
from groups.subgroups.access import is_member, may
from notifications.live import publish_after_commit

DEFAULT_REMINDERS = [-7, 0, 7]
MAX_REMINDERS = 3


@transaction.atomic
def open_pot(
    *, subgroup, by, name: str, purpose: str, deadline=None, goal_cents: int | None = None, chef=None, **fields
) -> Pot:
    """Open a pot with its Geldchef, who is `by` unless another member of the group is named.

    Raises NotAllowed, ChefNotInGroup, DeadlinePassed.
    """
    chef = chef or by
    if not may(by, "open_pot", subgroup):
        raise NotAllowed
    if not is_member(chef, subgroup):
        raise ChefNotInGroup
    if deadline and deadline < timezone.localdate():
        raise DeadlinePassed
    fields.setdefault("remind_days", DEFAULT_REMINDERS)
    pot = Pot.objects.create(
        subgroup=subgroup,
        name=name,
        purpose=purpose,
        deadline=deadline,
        goal_cents=goal_cents,
        opened_by_label=str(by)[:160],
        **fields,
    )
    give_role(pot=pot, member=chef, role=PotRole.Role.CHEF, by=by)
    return pot


def give_role(*, pot: Pot, member, role: str, by) -> PotRole:
    return PotRole.objects.create(
        pot=pot, member=member, label=str(member)[:160], role=role, granted_by_label=str(by)[:160]
    )


def party_of(member) -> Party:
    """The member as a payer in the books."""
    return parties_of([member])[0]


def parties_of(members) -> list[Party]:
    """The payers for these members, made where they are not there yet, in the same order."""
    members = list(members)
    known = {party.member_id: party for party in Party.objects.filter(member__in=members)}
    missing = [member for member in members if member.pk not in known]
    Party.objects.bulk_create(
        [Party(member=member, display_name=member.display_name[:160]) for member in missing], ignore_conflicts=True
    )
    if missing:
        known = {party.member_id: party for party in Party.objects.filter(member__in=members)}
    return [known[member.pk] for member in members]


def pot_changed(pot: Pot) -> None:
    """Raise the pot's version and tell the group's open pages the new total, a fact they may all see."""
    Pot.objects.filter(pk=pot.pk).update(version=F("version") + 1)
    pot.refresh_from_db(fields=["version"])
    if pot.surprised_id is None:
        publish_after_commit(pot.subgroup.stream, "pot.total", pot_total(pot).fact())


@transaction.atomic
def plan_reminders(
    *, pot: Pot, by, days: list[int], hour: int, tones: dict[int, str] | None = None, weekdays: list[int] | None = None
) -> Pot:
    """Choose on which days around the deadline the pot reminds, at most three, at what hour, in what tone per step,
    and on which days of the week. Raises NotAllowed, PlanTooLong.
    """
    if not looks_after(by, pot):
        raise NotAllowed
    days = sorted(set(days))
    if len(days) > MAX_REMINDERS:
        raise PlanTooLong
    with settings_change("pot-reminders", pot, by=by, act="pot.reminders"):
        _save_plan(pot, days, hour, tones, weekdays)
    return pot


def _save_plan(pot: Pot, days: list[int], hour: int, tones, weekdays) -> None:
    pot.remind_days, pot.remind_hour = days, hour
    if tones is not None:
        pot.remind_tones = {str(day): tone for day, tone in tones.items() if day in days}
    if weekdays is not None:
        pot.remind_weekdays = sorted(set(weekdays)) or all_week()
    pot.save(update_fields=["remind_days", "remind_hour", "remind_tones", "remind_weekdays"])


@transaction.atomic
def change_settings(
    *, pot: Pot, by, visibility: str, max_parts: int, takes_pledges: bool, tells_chat: bool, hard_cap: bool = False
) -> Pot:
    """Who sees who paid, paying in parts, pledges, lines in the chat, stopping at the goal. Raises NotAllowed."""
    if not looks_after(by, pot):
        raise NotAllowed
    pot.visibility, pot.max_parts = visibility, max_parts
    pot.takes_pledges, pot.tells_chat, pot.hard_cap = takes_pledges, tells_chat, hard_cap
    with settings_change("pot", pot, by=by, act="pot.settings"):
        pot.save(update_fields=["visibility", "max_parts", "takes_pledges", "tells_chat", "hard_cap"])
    return pot


def locked_request(pk: int) -> PaymentRequest:
    """The request, locked after its pot. Everybody takes them in this order, so that nobody waits in a circle."""
    pot = Pot.objects.select_for_update(of=("self",)).select_related("subgroup").get(requests=pk)
    request = PaymentRequest.objects.select_for_update(of=("self",)).select_related("party__member").get(pk=pk)
    request.pot = pot
    return request
