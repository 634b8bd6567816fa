"""Three pots of De Waterhoen, paid the way members pay: by bank file, with some that need the treasurer's eye."""

from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from community.portal.demo import fees
from community.portal.demo.bank import Statements, own_account
from community.portal.demo.cast import Club
from finance.bank.models import BankAccount
from finance.bank.services import import_statement, put_to_own_money
from finance.pots.models import PaymentRequest, Pot, RequestEvent
from finance.pots.services import ask, open_pot, pledge, record_cash
from finance.providers.services import apply_status, practice_bank_is_open, start_attempt
from groups.subgroups.models import SubgroupRole
from groups.subgroups.services import grant_subgroup_role

SAMPLE = "sample-bank-file.xml"
OPENING = 8_412_37


def load(club: Club) -> None:
    books = _Books(club, own_account())
    for days_ago, lines in fees.payments(club).items():
        books.book(days_ago, lines)
    fees.quiet()
    trip = books.pot("zomertocht-friesland", "marloes", "Zomertocht", TRIP, goal=2635_00, each=42_50, due=6, asked=20)
    kit = books.pot("wedstrijdroeien", "hanna", "Clubkleding", KIT, goal=900_00, each=35_00, due=-9, asked=30)
    lamps = books.pot("ploeg-dinsdagavond", "joost", "Boordlampen", LAMPS, goal=180_00, each=7_50, due=24, asked=3)
    jetty = books.pot("afdeling-zuidplas", "hanna", "Steiger Zuidplas", JETTY, goal=800_00, each=15_00, due=20, asked=9)
    books.pay(kit, count=28, day=18)
    books.pay(trip, count=46, day=12, spare="anneke")
    books.pay(jetty, count=31, day=8)
    books.pay(lamps, count=5, day=2)
    _own_money(club, books)
    _cash(club, kit)
    _pledges(club)
    Pot.objects.filter(pk=lamps.pk).update(visibility=Pot.Visibility.NAMES)
    Pot.objects.filter(pk__in=[trip.pk, kit.pk]).update(max_parts=3)
    _write_sample(books, trip)


TRIP = "Drie nachten kamperen, het volgschip en de pont. Wat overblijft gaat naar de borrel op zondag."
KIT = "Nieuwe wedstrijdhemden met het clubwapen, besteld bij de drukker in Leiden."
JETTY = "Hout en twee dagen werk voor de steiger aan de Zuidplas."
LAMPS = "Boordlampen voor de vier, want op dinsdag is het donker."


class _Books:
    """Asks, and pays by importing bank files as the treasurer does."""

    def __init__(self, club: Club, account: BankAccount):
        self.club, self.account = club, account
        self.files = Statements(account.iban, OPENING)
        self.treasurer = club.people["penningmeester"]

    def pot(self, slug, chef, name, purpose, *, goal, each, due, asked) -> Pot:
        subgroup, chef = self.club.subgroups[slug], self.club.people[chef]
        grant_subgroup_role(subgroup=subgroup, member=chef, role=SubgroupRole.GELDCHEF, by=None)
        today = timezone.localdate(self.club.now)
        pot = open_pot(subgroup=subgroup, by=chef, name=name, purpose=purpose, goal_cents=goal)
        members = self.club.in_group(slug)
        ask(pot=pot, by=chef, members=members, due_on=max(today, today + timedelta(days=due)), each_cents=each)
        moment = self.club.now - timedelta(days=asked)
        Pot.objects.filter(pk=pot.pk).update(opened_at=moment, deadline=today + timedelta(days=due))
        pot.requests.update(asked_at=moment, due_on=today + timedelta(days=due))
        RequestEvent.objects.filter(request__pot=pot).update(at=moment)
        pot.refresh_from_db()
        return pot

    def pay(self, pot: Pot, *, count: int, day: int, spare: str = "") -> None:
        """`count` payers transfer what they owe, over some days up to `day` days ago."""
        requests = pot.requests.order_by("pk").select_related("party")
        if spare:
            requests = requests.exclude(party__member=self.club.people[spare])
        paying = list(requests[:count])
        for days_ago, start in ((day, 0), (day - 1, count // 2)):
            part = paying[start : count // 2] if start == 0 else paying[start:]
            self.book(days_ago, [_transfer(request) for request in part])

    def book(self, days_ago: int, lines: list[tuple]) -> None:
        content = self.statement(days_ago, lines)
        import_statement(content=content, filename=f"camt053-{self.day(days_ago):%Y%m%d}.xml", by=self.treasurer)

    def day(self, days_ago: int):
        return timezone.localdate(self.club.now) - timedelta(days=days_ago)

    def statement(self, days_ago: int, lines: list[tuple]) -> bytes:
        """A camt.053 file as the bank makes it, following on the balance of the one before."""
        return self.files.statement(self.day(days_ago), lines, ident=f"-{days_ago}")


def _transfer(request: PaymentRequest) -> tuple:
    return (request.amount_cents, request.party.display_name, f"{request.pot.name} {request.reference}")


def _own_money(club: Club, books: _Books) -> None:
    lines = [(-184_20, "Verzekeraar Onder Zeil", "Premie boten november"), (250_00, "Gemeente", "Subsidie jeugd")]
    books.book(1, lines)
    for line in books.account.lines.filter(state="new"):
        put_to_own_money(line=line, by=books.treasurer, label=line.text)


def _cash(club: Club, pot: Pot) -> None:
    request = pot.requests.open().order_by("pk").first()
    record_cash(request=request, cents=request.open_cents, by=club.people["hanna"], note="Op de training gegeven")


BOAT = "Samen een nieuwe oefenvier. Toezeggen mag, betalen ook; de bestelling gaat weg als het doel is gehaald."


def _pledges(club: Club) -> None:
    """A pot for a boat: promised, partly come in, and one payment too many that waits for the treasurer."""
    subgroup, hanna = club.subgroups["wedstrijdroeien"], club.people["hanna"]
    fields = {"goal_cents": 4500_00, "takes_pledges": True, "template": "project"}
    deadline = timezone.localdate(club.now) + timedelta(days=90)
    pot = open_pot(subgroup=subgroup, by=hanna, name="Oefenvier", purpose=BOAT, deadline=deadline, **fields)
    givers = [member for member in club.in_group("wedstrijdroeien") if member != club.people["anneke"]][:4]
    promised = [pledge(pot=pot, by=giver, cents=cents) for giver, cents in zip(givers, GIFTS, strict=False)]
    if promised and practice_bank_is_open():
        attempts = [_at_the_practice_bank(promised[0]) for _ in range(2)]
        for attempt in attempts:
            apply_status(attempt=attempt, status="paid")


GIFTS = (250_00, 100_00, 75_00, 50_00)


def _at_the_practice_bank(request: PaymentRequest):
    """A way to pay that was left open in another tab when the next one began."""
    attempt = start_attempt(
        kind="pot",
        payable_id=request.pk,
        cents=request.open_cents,
        description=f"{request.pot.name} {request.reference}",
        return_path=request.get_absolute_url(),
        by=request.party.member,
    )
    return apply_status(attempt=attempt, status="cancelled")


def _write_sample(books: _Books, pot: Pot) -> None:
    """The file that a visitor imports: five that match by themselves, and three that do not."""
    requests = list(pot.requests.open().order_by("pk").select_related("party"))
    anneke = next(each for each in requests if each.party.member == books.club.people["anneke"])
    others = [each for each in requests if each != anneke]
    twice = pot.requests.paid().order_by("pk").select_related("party").first()
    lines = [_transfer(each) for each in [anneke, *others[:4]]]
    lines += [(others[5].amount_cents, others[5].party.display_name, "zomertocht"), _transfer(twice)]
    lines += [(-300_00, "Camping De Berk", "Aanbetaling Zomertocht")]
    folder = Path(settings.DATA_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / SAMPLE).write_bytes(books.statement(0, lines))
