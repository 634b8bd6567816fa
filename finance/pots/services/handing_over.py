"""The pot changes hands: offered with its figures, and accepted by the successor."""

from django.db import transaction
from django.utils import timezone

from finance.pots.access import is_chef
from finance.pots.errors import ChefNotInGroup, HandoverPending, NoHandover, NotAllowed
from finance.pots.models import Handover, Pot, PotRole
from finance.pots.queries import chef_of, payers, pot_balance
from finance.pots.services.pots import give_role
from groups.people.audit import record
from groups.subgroups.access import is_member
from notifications.services import notify


@transaction.atomic
def offer_handover(*, pot: Pot, by, to) -> Handover:
    """The Geldchef (or the treasurer, when there is none to act) offers the pot to a member of the group.

    Raises NotAllowed, ChefNotInGroup, HandoverPending.
    """
    pot = Pot.objects.select_for_update().select_related("subgroup").get(pk=pot.pk)
    if not is_chef(by, pot):
        raise NotAllowed
    if not is_member(to, pot.subgroup) or to.pk == by.pk:
        raise ChefNotInGroup
    if pot.handovers.filter(accepted_at__isnull=True, declined_at__isnull=True).exists():
        raise HandoverPending
    balance = pot_balance(pot)
    handover = Handover.objects.create(
        pot=pot,
        from_label=str(by)[:160],
        to=to,
        to_label=str(to)[:160],
        bank_cents=balance.bank_cents,
        cash_cents=balance.cash_cents,
        open_cents=payers(pot).open_cents,
    )
    notify(member_ids=[to.pk], kind="pot_offered", key=f"handover:{handover.pk}", context={"handover": handover.pk})
    return handover


@transaction.atomic
def accept_handover(*, handover: Handover, by) -> Pot:
    """The successor takes over as the figures are now: they are written into the hand-over. Raises NoHandover."""
    pot, handover = _pending(handover, by)
    balance = pot_balance(pot)
    handover.bank_cents, handover.cash_cents = balance.bank_cents, balance.cash_cents
    handover.open_cents, handover.accepted_at = payers(pot).open_cents, timezone.now()
    handover.save()
    pot.roles.filter(role=PotRole.Role.CHEF, ended_at__isnull=True).update(ended_at=timezone.now())
    pot.roles.filter(member=by, ended_at__isnull=True).update(ended_at=timezone.now())
    give_role(pot=pot, member=by, role=PotRole.Role.CHEF, by=handover.from_label)
    figures = {"from": handover.from_label, "bank": balance.bank_cents, "cash": balance.cash_cents}
    record(by=by, act="pot.handed_over", about=pot, details=figures)
    return pot


@transaction.atomic
def decline_handover(*, handover: Handover, by) -> None:
    """Raises NoHandover."""
    _pot, handover = _pending(handover, by)
    handover.declined_at = timezone.now()
    handover.save(update_fields=["declined_at"])


def _pending(handover: Handover, by) -> tuple[Pot, Handover]:
    pot = Pot.objects.select_for_update().select_related("subgroup").get(pk=handover.pot_id)
    handover = Handover.objects.select_for_update().get(pk=handover.pk)
    if handover.to_id != by.pk or handover.accepted_at or handover.declined_at or not is_member(by, pot.subgroup):
        raise NoHandover
    return pot, handover


@transaction.atomic
def name_deputy(*, pot: Pot, by, member) -> PotRole:
    """Raises NotAllowed, ChefNotInGroup."""
    pot = Pot.objects.select_for_update().select_related("subgroup").get(pk=pot.pk)
    if not is_chef(by, pot):
        raise NotAllowed
    chef = chef_of(pot)
    if not is_member(member, pot.subgroup) or (chef and chef.member_id == member.pk):
        raise ChefNotInGroup
    held = pot.roles.filter(member=member, ended_at__isnull=True).first()
    return held or give_role(pot=pot, member=member, role=PotRole.Role.CO_CHEF, by=by)
