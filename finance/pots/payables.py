"""Payment requests as something the bank can match."""

from django.db.models import Q

from finance.bank.payables import Payable
from finance.pots import accounts
from finance.pots.models import Allocation, PaymentRequest, Pot
from finance.pots.queries import chef_of, room_cents
from finance.pots.services.paying import allocate, take_back
from finance.pots.services.pots import locked_request
from notifications.services import notify

SUGGESTIONS = 5


def _way(entry) -> str:
    """Held online money that is given its place later is still an online payment."""
    return Allocation.Way.ONLINE if entry.kind == "online_payment" else Allocation.Way.BANK


class PotRequests:
    code = "pot"

    def by_references(self, references: list[str]) -> list[Payable]:
        # The pots first, as everywhere: whoever locks them in another order would wait in a circle.
        asked = PaymentRequest.objects.filter(reference__in=references)
        list(Pot.objects.select_for_update().filter(pk__in=asked.values("pot")).order_by("pk").values_list("pk"))
        found = asked.select_for_update(of=("self",)).select_related("pot", "party").order_by("pk")
        return [self._payable(request) for request in found]

    def by_id(self, payable_id: int) -> Payable | None:
        if not PaymentRequest.objects.filter(pk=payable_id).exists():
            return None
        return self._payable(locked_request(payable_id))

    def suggestions(self, *, iban_mark: str, name: str, cents: int) -> list[Payable]:
        """Known account and exactly one open request of this amount; else the amount and a part of the name."""
        fitting = self._open().filter(amount_cents=cents, paid_cents=0)
        if iban_mark:
            payers = Allocation.objects.filter(iban_mark=iban_mark).values("request__party")
            known = list(fitting.filter(party__in=payers)[:2])
            if len(known) == 1:
                return [self._payable(known[0])]
        words = Q()
        for word in name.split():
            if len(word) > 2:
                words |= Q(party__display_name__icontains=word)
        return [self._payable(request) for request in fitting.filter(words)[:SUGGESTIONS]] if words else []

    def open_payables(self, words: str) -> list[Payable]:
        found = self._open()
        for word in words.split()[:5]:
            found = found.filter(
                Q(party__display_name__icontains=word) | Q(pot__name__icontains=word) | Q(reference__icontains=word)
            )
        return [self._payable(request) for request in found[:20]]

    def paid(self, *, payable_id: int, cents: int, entry, iban_mark: str, by) -> None:
        request = PaymentRequest.objects.select_related("pot__subgroup", "party__member").get(pk=payable_id)
        allocate(request=request, cents=cents, entry=entry, way=_way(entry), by=by, iban_mark=iban_mark)

    def unpaid(self, *, entry, by) -> None:
        for allocation in Allocation.objects.filter(entry=entry, undoes__isnull=True, undone_by__isnull=True):
            take_back(allocation=allocation, entry=entry.reversed_by, by=by)

    def held(self, *, payable_id: int, cents: int, reason: str) -> None:
        request = PaymentRequest.objects.select_related("pot").get(pk=payable_id)
        chef = chef_of(request.pot)
        if chef and chef.member_id:
            notify(
                member_ids=[chef.member_id],
                kind="payment_held",
                key=f"held:{payable_id}",
                context={"request": payable_id, "cents": cents, "reason": reason},
            )

    def _open(self):
        return PaymentRequest.objects.open().select_related("pot", "party").order_by("due_on", "pk")

    def _payable(self, request: PaymentRequest) -> Payable:
        room = room_cents(request)
        is_full = room == 0 and request.takes_cents > 0
        return Payable(
            kind=self.code,
            id=request.pk,
            reference=request.reference,
            open_cents=room,
            is_closed=request.is_ended or is_full or not request.pot.takes_money,
            ring=request.pot.ring,
            income=accounts.contributions(request.pot),
            label=f"{request.pot.name} · {request.party.display_name}",
            payer=request.party.display_name,
        )
