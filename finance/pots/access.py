"""Who may know of a pot, look after it, and see who paid."""

from django.db.models import Exists, F, OuterRef, Q, Value

from finance.bank.models import Refund
from finance.pots.models import Expense, Handover, PaymentRequest, Pot, PotRole, PurposeAnswer, PurposeChange
from finance.pots.queries import chef_of
from groups.people.access import may_for_association, standing_registry
from groups.people.models import kept_from, kept_from_somebody
from groups.people.safety import CHARGE
from groups.subgroups.access import GELDCHEF, is_member, may, readable_ids


def visible_pots(member):
    """Pots of the groups the member is in now; all of them for who sees the books. A surprise stays one."""
    pots = Pot.objects.exclude(kept_from(member)).exclude(kept_from(member, "subgroup__"))
    if may_for_association(member, "see_books"):
        return pots
    return pots.filter(subgroup__in=readable_ids(member))


def shown_pots(subgroup):
    """What a branch shows of its pots to everybody: those that run. Never a surprise or a gift."""
    pots = Pot.objects.filter(subgroup=subgroup, status__in=(Pot.Status.OPEN, Pot.Status.PAUSED))
    return pots.exclude(kept_from_somebody()).exclude(visibility=Pot.Visibility.NOTHING)


def shared_pots():
    """Pots whose card an outsider with the link may see: title and picture of the group, nothing else."""
    return Pot.objects.select_related("subgroup").filter(closed_at__isnull=True)


def _requests_known_to(member):
    requests = PaymentRequest.objects.select_related("pot__subgroup", "party")
    return requests.exclude(kept_from(member, "pot__")).exclude(kept_from(member, "pot__subgroup__"))


def visible_requests(member):
    """The member's own requests, wherever; those of pots they look after in groups they are in; all with the books."""
    requests = _requests_known_to(member)
    if may_for_association(member, "see_books"):
        return requests
    looked_after = active_roles(member).filter(pot=OuterRef("pot"), pot__subgroup__in=readable_ids(member))
    return requests.filter(Q(party__member_id=member.pk) | Exists(looked_after))


def my_requests(member):
    return _requests_known_to(member).filter(party__member_id=member.pk)


def requests_to_pay(member):
    """The member's own open requests of pots that are not closed."""
    return my_requests(member).open().filter(pot__status__in=["open", "paused"])


def active_roles(member):
    return PotRole.objects.filter(member_id=member.pk, ended_at__isnull=True)


def looks_after(member, pot) -> bool:
    """The Geldchef and the deputy, as long as they are in the group."""
    return is_member(member, pot.subgroup) and active_roles(member).filter(pot=pot).exists()


def looked_after_pots(member):
    """Open pots of which the member may change the settings, as Geldchef or deputy who is in the group."""
    mine = active_roles(member).filter(pot=OuterRef("pk"))
    pots = visible_pots(member).filter(Exists(mine), subgroup__in=readable_ids(member), closed_at__isnull=True)
    return pots.order_by("pk")


def looks_after_with(member, pot, roles) -> bool:
    """`looks_after` for who has read the current roles of the pot already."""
    return is_member(member, pot.subgroup) and any(role.member_id == member.pk for role in roles)


def pots_to_ask_for(member, subgroup):
    """Open pots of this group that the member looks after."""
    mine = active_roles(member).filter(pot=OuterRef("pk"))
    return visible_pots(member).filter(Exists(mine), subgroup=subgroup, status__in=("open", "paused"))


def may_open_pot(member, subgroup) -> bool:
    return may(member, "open_pot", subgroup)


def may_see_names(member, pot) -> bool:
    """Names of payers go to who looks after the pot and who sees the books; never the names of who has not paid."""
    return looks_after(member, pot) or may_for_association(member, "see_books")


def sees_treasury(member) -> bool:
    return may_for_association(member, "see_books")


def may_keep_books(member) -> bool:
    return may_for_association(member, "book")


def is_chef(member, pot) -> bool:
    """The Geldchef; for a pot whose Geldchef left the group, the treasurer, so that it is never stuck."""
    chef = chef_of(pot)
    if chef and chef.member_id == member.pk:
        return is_member(member, pot.subgroup)
    return stands_in(member, pot, chef)


def stands_in(member, pot, chef) -> bool:
    """The treasurer, for a Geldchef who is not in the group any more."""
    if not may_for_association(member, "book"):
        return False
    return chef is None or chef.member is None or not is_member(chef.member, pot.subgroup)


def asked_to_close(pot):
    """Who wants the money of a pot that is being closed to go elsewhere; None when they are not known any more."""
    chef = chef_of(pot)
    return pot.closing_asked_by or (chef.member if chef else None)


def may_agree(member, pot) -> bool:
    """The second pair of eyes on a closing: the treasurer; and the board when a treasurer asked for it."""
    asker = asked_to_close(pot) if pot.status == Pot.Status.CLOSING else None
    if asker is None or asker.pk == member.pk:
        return False
    is_treasurers = may_for_association(asker, "book")
    return may_for_association(member, "book") or (is_treasurers and may_for_association(member, "approve_fees"))


def active_roles_of(pot):
    return PotRole.objects.filter(pot=pot, ended_at__isnull=True)


def may_approve(member, pot) -> bool:
    """Geldchef, deputy and treasurer approve expenses; never their own."""
    return looks_after(member, pot) or may_for_association(member, "book")


def visible_expenses(member):
    """Expenses of the pots a member may see; the receipts go to who looks after the pot, sees the books, or claimed."""
    return Expense.objects.filter(pot__in=visible_pots(member)).select_related("pot__subgroup")


def visible_handovers(member):
    return Handover.objects.filter(to_id=member.pk).select_related("pot__subgroup")


def visible_statements(member, pot):
    """The closing statements of hand-overs, for everybody who ever looked after the pot and who sees the books."""
    handovers = Handover.objects.filter(pot=pot, accepted_at__isnull=False).order_by("accepted_at", "pk")
    if may_for_association(member, "see_books"):
        return handovers
    return handovers.filter(Exists(PotRole.objects.filter(pot=pot, member_id=member.pk)))


def visible_purposes(member):
    """Changes of purpose in pots the member may see; the services say who decides."""
    return PurposeChange.objects.filter(pot__in=visible_pots(member)).select_related("pot__subgroup")


def my_purpose_answers(member):
    """What the member is asked about their own money."""
    return PurposeAnswer.objects.filter(party__member_id=member.pk, change__decided_at__isnull=True).select_related(
        "change"
    )


def visible_paybacks(member, pot):
    """What a pot owes back and has not paid yet, for who looks after it and who keeps the books."""
    if not (looks_after(member, pot) or may_for_association(member, "see_books")):
        return Refund.objects.none()
    return Refund.objects.filter(ring=pot.ring, paid_cents__lt=F("cents"))


@standing_registry
def deputies_as_standing(member):
    """Who looks after a pot that is not closed is a Geldchef or a deputy, whatever role they have in the group."""
    held = active_roles(member).exclude(pot__status=Pot.Status.CLOSED)
    return held.order_by().values_list(Value(CHARGE), Value(0), Value(GELDCHEF))
