"""Telling people about money: who pays, and who looks after the pot."""

from finance.pots.models import PaymentRequest, Pot
from finance.pots.queries import chef_of
from notifications.services import notify


def tell_reopened(request: PaymentRequest) -> None:
    """The payer's bank took a payment back: the payer and the Geldchef hear that it is open again."""
    request.refresh_from_db()
    context = {"request": request.pk, "cents": request.open_cents}
    key = f"reopened:{request.pk}:{request.allocations.count()}"
    if request.party.member_id and request.open_cents:
        notify(member_ids=[request.party.member_id], kind="payment_reopened", key=key, context=context)
    tell_chef_of(request.pot, kind="payment_charged_back", key=f"chef:{key}", context=context)


def tell_chef_of(pot: Pot, *, kind: str, key: str, context: dict) -> None:
    chef = chef_of(pot)
    if chef and chef.member_id:
        notify(member_ids=[chef.member_id], kind=kind, key=key, context=context)
