"""The fees of De Waterhoen: plans, a year that is paid, and one with a few open, a household and a discount.

Made before the money room, which pays them in its bank files.
"""

from datetime import date, timedelta

from django.utils import timezone

from community.portal.demo.bank import own_account
from community.portal.demo.cast import Club
from community.portal.demo.clock import on_day
from finance.fees.models import FeeDetails, FeePlan, Part, Payer
from finance.fees.services import (
    add_tier,
    ask_arrangement,
    choose_parts,
    found_household,
    give_mandate,
    grant_discount,
    make_run,
    save_debit_settings,
    save_plan,
    start_run,
    work_on,
)
from groups.people.models import MembershipKind
from notifications.models import Delivery, Notice

# kind: [(cents, from age, to age)]; what a raise this year made of it
AMOUNTS = {
    "Roeiend lid": ([(210_00, None, None)], 225_00),
    "Jeugdlid": ([(95_00, None, 11), (120_00, 12, None)], None),
    "Donateur": ([(40_00, None, None)], None),
}
OPEN = 9  # how many have not paid this year's yet
WITH_MANDATE = 24
IBANS = ["NL91ABNA0417164300", "NL20INGB0001234567", "NL39RABO0300065264", "NL02ABNA0123456789"]


def load(club: Club) -> None:
    treasurer, year = club.people["penningmeester"], club.now.year
    _plans(club, treasurer, year)
    _special(club, treasurer, year)
    for each in (year - 1, year):
        with on_day(date(each, 1, 12)):
            _run(treasurer, each)
    _later(club, treasurer)


def _plans(club: Club, by, year: int) -> None:
    for kind in MembershipKind.objects.all():
        tiers, raised = AMOUNTS[kind.name]
        plan = save_plan(
            by=by,
            kind=kind,
            months=12,
            anchor=date(2020, 1, 1),
            starts_on=date(2020, 1, 1),
            proration=FeePlan.Proration.MONTH,
            entrance_cents=25_00 if kind.name == "Roeiend lid" else 0,
            household_percent=25,
            roll_days=31,
        )
        for cents, low, high in tiers:
            add_tier(plan=plan, by=by, valid_from=date(2020, 1, 1), cents=cents, min_age=low, max_age=high)
        if raised:
            add_tier(plan=plan, by=by, valid_from=date(year, 1, 1), cents=raised, min_age=None, max_age=None)
    young = [m for m in club.members if m.enrolments.filter(kind__name="Jeugdlid").exists()]
    FeeDetails.objects.bulk_create(
        FeeDetails(member=member, born_on=date(year - 8 - number % 9, 1 + number % 12, 3))
        for number, member in enumerate(young[:-1])  # of one the day of birth is missing, for the treasurer to see
    )


def _special(club: Club, by, year: int) -> None:
    grant_discount(
        member=club.people["pieter"], by=by, kind="exempt", value=0, reason="Erelid sinds het lustrum",
        starts_on=date(year - 1, 1, 1), ends_on=None,
    )  # fmt: skip
    grant_discount(
        member=club.people["lotte"], by=by, kind="percent", value=50, reason="Bardiensten",
        starts_on=date(year, 1, 1), ends_on=None,
    )  # fmt: skip
    family = club.members[40:43]
    found_household(
        by=by, name=f"Familie {family[0].last_name}", contact=family[0], members=family,
        address="Jaagpad 12\n2382 AB Zoeterwoude",
    )  # fmt: skip


def _run(by, year: int) -> None:
    run = make_run(
        name=f"Contributie {year}",
        first_on=date(year, 1, 1),
        last_on=date(year, 12, 31),
        due_on=date(year, 2, 28),
        by=by,
        tells=False,
    )
    work_on(run.pk)
    start_run(run=run, by=by)
    work_on(run.pk)


def _later(club: Club, by) -> None:
    """One pays in parts, one asks the treasurer, some allow collection."""
    open_now = list(Part.objects.filter(invoice__year=club.now.year).select_related("invoice").order_by("-pk")[:2])
    parts, asking = (part.invoice for part in open_now)
    choose_parts(invoice=parts, count=4, by=by)
    ask_arrangement(
        invoice=asking, wish="later", text="Mijn uitkering komt pas volgende maand. Mag het daarna?",
        by=asking.payer.member or by,
    )  # fmt: skip
    account = own_account()
    save_debit_settings(
        by=by, creditor_id="NL69ZZZ123456780000", bank_account=account, notice_days=14, format="pain.008.001.08"
    )
    payers = Payer.objects.filter(kind="person", member__isnull=False).order_by("-pk")
    for number, payer in enumerate(payers[:WITH_MANDATE]):
        give_mandate(
            payer=payer, holder=payer.name, iban=IBANS[number % 4], by=by, way="paper",
            signed_on=club.now.date() - timedelta(days=200),
        )  # fmt: skip


def payments(club: Club) -> dict[int, list[tuple]]:
    """{days ago: lines of a bank file} that pay everything of last year, and this year's but for the last few."""
    by_day: dict[int, list[tuple]] = {}
    parts = list(Part.objects.open().select_related("invoice").order_by("pk"))
    kept = {part.pk for part in [p for p in parts if p.invoice.year == club.now.year][-OPEN:]}
    for number, part in enumerate(parts):
        if part.pk in kept or part.invoice.parts.count() > 1:
            continue
        before = date(part.invoice.year, 1, 20) + timedelta(days=number % 5)
        days_ago = (club.now.date() - before).days
        by_day.setdefault(days_ago, []).append((part.cents, part.invoice.name, f"Contributie {part.reference}"))
    return dict(sorted(by_day.items(), reverse=True))


def quiet() -> None:
    """Receipts of long ago are read by now, and nobody is mailed about them."""
    Notice.objects.filter(kind__startswith="fee_").update(read_at=timezone.now())
    Delivery.objects.filter(kind__startswith="fee_").delete()
