"""The pages of fees: doors, whole walks in the browser's terms, forms with errors, query counts."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from finance.bank.services import import_statement
from finance.fees.models import Allocation, Arrangement, Charge, FeePlan, FeeRun, FormalLetter, Invoice, Part, WriteOff
from finance.fees.queries import faults
from finance.fees.services import found_household, record_cash, start_run, work_on
from groups.people.models import AssociationRole
from notifications.models import Notice
from tests.entry import log_in_freshly
from tests.factories import MembershipKindFactory, member_with
from tests.factories_fees import charge_year, enrolled, plan_for, treasurer
from tests.factories_finance import bank_account, camt

pytestmark = pytest.mark.django_db


@pytest.fixture
def charged():
    """A member with one open invoice of € 120, and the treasurer who made it."""
    plan_for()
    member = enrolled(date(2020, 1, 1), first_name="Anna")
    by = treasurer()
    charge_year(by=by, due_on=date(2026, 12, 18))
    return member, by, Invoice.objects.get()


def url(name, invoice):
    return reverse(name, args=[invoice.year, invoice.sequence])


def text(response):
    return response.content.decode().replace("\u00a0", " ")


def test_doors(client, charged):
    member, by, invoice = charged
    run, payer = FeeRun.objects.get(), invoice.payer
    asked = Arrangement.objects.create(invoice=invoice, wish="later")
    people = {
        "other": enrolled(date(2020, 1, 1)),
        "member": member,
        "treasurer": by,
        "board": member_with(AssociationRole.BOARD),
        "auditor": member_with(AssociationRole.AUDITOR),
    }
    pages = {
        reverse("my-fees"): (200, 200, 200, 200, 200),
        url("fee-invoice", invoice): (404, 200, 200, 200, 200),
        url("fee-paper", invoice): (404, 200, 200, 200, 200),
        url("fee-parts", invoice): (404, 200, 403, 403, 403),
        url("fee-arrangement", invoice): (404, 200, 403, 403, 403),
        reverse("stop-membership", args=[member.enrolments.get().pk]): (404, 200, 404, 404, 404),
        reverse("fees-office"): (403, 403, 200, 200, 200),
        reverse("new-fee-plan"): (403, 403, 200, 403, 403),
        reverse("fee-plan", args=[FeePlan.objects.get().pk]): (403, 403, 200, 403, 403),
        reverse("new-fee-run"): (403, 403, 200, 403, 403),
        reverse("fee-run", args=[run.pk]): (403, 403, 200, 200, 200),
        reverse("fee-payers"): (403, 403, 200, 200, 200),
        reverse("fee-payer", args=[payer.pk]): (403, 403, 200, 200, 200),
        reverse("new-household", args=[payer.pk]): (403, 403, 200, 403, 403),
        reverse("late-fees"): (403, 403, 200, 200, 200),
        reverse("answer-arrangement", args=[asked.pk]): (403, 403, 200, 403, 403),
        reverse("fee-conditions"): (403, 403, 200, 403, 403),
    }

    for page, expected in pages.items():
        found = []
        for who in people.values():
            client.force_login(who)
            found.append(client.get(page).status_code)
        assert tuple(found) == expected, page
    client.logout()
    assert {client.get(page).status_code for page in pages} == {302}


def test_acts_of_the_treasurer_are_refused_to_others(client, charged):
    member, _by, invoice = charged
    acts = [
        url("fee-cash", invoice),
        url("fee-letter", invoice),
        url("fee-write-off", invoice),
        url("fee-refund", invoice),
        reverse("start-fee-run", args=[FeeRun.objects.get().pk]),
        reverse("new-fee-grant", args=[invoice.payer_id]),
        reverse("fee-birth", args=[invoice.payer_id]),
    ]
    for who in (member, member_with(AssociationRole.BOARD), member_with(AssociationRole.AUDITOR)):
        log_in_freshly(client, who)
        assert {client.post(act).status_code for act in acts} == {403}


def test_a_treasurer_goes_from_plan_to_run_in_the_browser(client):
    member = enrolled(date(2026, 7, 1), first_name="Anna")
    log_in_freshly(client, treasurer())
    values = {
        "kind": MembershipKindFactory(name="Lid").pk, "months": 12, "anchor": "2026-01-01", "starts_on": "2026-01-01",
        "proration": "day", "roll_days": 0, "entrance_cents": "15,00", "household_percent": 0, "pay_days": 30,
        "grace_days": 30, "notice_months": 1, "renewal_days": 45, "max_parts": 4,
    }  # fmt: skip

    assert client.post(reverse("new-fee-plan"), {**values, "entrance_cents": "veel"}).status_code == 422
    plan_url = client.post(reverse("new-fee-plan"), values).url
    plan = FeePlan.objects.get()
    wrong = client.post(reverse("new-fee-tier", args=[plan.pk]), {"valid_from": "2026-01-01", "cents": "-1"})
    assert (wrong.status_code, plan_url) == (422, reverse("fee-plan", args=[plan.pk]))
    client.post(reverse("new-fee-tier", args=[plan.pk]), {"valid_from": "2026-01-01", "cents": "120"})
    days = {"first_on": "2026-01-01", "last_on": "2026-12-31", "due_on": "2026-12-18"}
    run_values = {"name": "2026", "tells": "on", **days}
    assert client.post(reverse("new-fee-run"), {**run_values, "last_on": "2025-01-01"}).status_code == 422
    run_url = client.post(reverse("new-fee-run"), run_values).url
    page = text(client.get(run_url))
    assert "Start: € 75,49 in rekening brengen" in page
    assert not Charge.objects.exists()
    client.post(reverse("start-fee-run", args=[FeeRun.objects.get().pk]))

    assert sorted(Charge.objects.values_list("cents", flat=True)) == [15_00, 60_49]
    assert Notice.objects.filter(member=member, kind="fee_invoice").count() == 1
    assert "Nog een keer" in text(client.get(run_url))


def test_a_run_that_is_started_again_still_says_what_was_charged(client, charged):
    _member, by, _invoice = charged
    run = FeeRun.objects.get()
    start_run(run=run, by=by)
    work_on(run.pk)
    client.force_login(by)

    page = text(client.get(reverse("fee-run", args=[run.pk])))
    office = text(client.get(reverse("fees-office")))

    figures = re.findall(r"<dt>([^<]+) \((\d+)\)</dt><dd>€ ([\d,.]+)</dd>", page)
    assert figures[:2] == [("In totaal in rekening gebracht", "1", "120"), ("Deze keer toegevoegd", "0", "0")]
    assert "€ 120,00" in office[office.index('id="runs"') :]


def test_a_plan_shows_its_entrance_fee_in_euros_so_that_saving_it_again_changes_nothing(client, charged):
    _member, by, _invoice = charged
    client.force_login(by)
    FeePlan.objects.update(entrance_cents=25_00)
    url = reverse("fee-plan", args=[FeePlan.objects.get().pk])

    form = client.get(url).context["form"]
    shown = {field.html_name: "" if field.value() is None else field.value() for field in form}
    assert client.post(url, {name: value for name, value in shown.items() if value is not False}).status_code == 302

    assert shown["entrance_cents"] == "25,00"
    assert FeePlan.objects.get().entrance_cents == 25_00


def test_a_second_plan_in_the_same_days_is_refused_and_a_used_one_keeps_its_shape(client, charged):
    _member, by, _invoice = charged
    client.force_login(by)
    plan = FeePlan.objects.get()
    values = {
        "kind": plan.kind_id, "months": 12, "anchor": "2020-01-01", "starts_on": "2020-01-01", "proration": "day",
        "roll_days": 0, "entrance_cents": "", "household_percent": 0, "pay_days": 30, "grace_days": 30,
        "notice_months": 1, "renewal_days": 45, "max_parts": 4,
    }  # fmt: skip

    assert client.post(reverse("new-fee-plan"), values).status_code == 422
    assert client.post(reverse("fee-plan", args=[plan.pk]), {**values, "months": 3}).status_code == 422
    assert client.post(reverse("fee-plan", args=[plan.pk]), {**values, "max_parts": 2}).status_code == 302
    assert client.post(reverse("fee-plan", args=[plan.pk]), {**values, "max_parts": 99}).status_code == 422
    tier = plan.tiers.get()
    client.post(reverse("drop-fee-tier", args=[plan.pk, tier.pk]))
    assert plan.tiers.count() == 1


def test_a_member_sees_what_why_and_how_and_the_bank_file_settles_it(client, charged):
    bank_account()
    member, by, invoice = charged
    part = Part.objects.get()
    client.force_login(member)

    page = text(client.get(invoice.get_absolute_url()))
    assert "Contributie Lid · Anna Voorbeeld · 01-01-2026 – 31-12-2026" in page
    assert part.grouped_reference in page
    assert 'class="qr"' in page
    assert "€ 120,00" in page
    import_statement(content=camt((12000, "A Voorbeeld", "", f"contributie {part.reference}")), filename="a.xml", by=by)

    assert Allocation.objects.get().way == "bank"
    assert "Voldaan: € 120,00" in text(client.get(invoice.get_absolute_url()))
    assert "Betaald" in text(client.get(reverse("my-fees")))
    assert Notice.objects.filter(member=member, kind="fee_received").count() == 1
    assert faults() == []


def test_paying_at_the_practice_bank(client, charged):
    member, _by, invoice = charged
    client.force_login(member)

    checkout = client.post(url("fee-online", invoice)).url
    client.post(checkout, {"ending": "paid"})

    invoice.refresh_from_db()
    assert (invoice.open_cents, Allocation.objects.get().way) == (0, "online")
    assert client.post(url("fee-online", invoice)).url == invoice.get_absolute_url()
    assert faults() == []


def test_a_member_pays_in_four_parts_that_add_up(client, charged):
    bank_account()
    member, by, invoice = charged
    client.force_login(member)

    assert client.post(url("fee-parts", invoice), {"count": 5}).status_code == 422
    client.post(url("fee-parts", invoice), {"count": 4})

    parts = list(Part.objects.filter(dropped_at__isnull=True).order_by("number"))
    assert [(part.cents, part.due_on) for part in parts] == [
        (30_00, date(2026, 12, 18)), (30_00, date(2027, 1, 18)), (30_00, date(2027, 2, 18)), (30_00, date(2027, 3, 18)),
    ]  # fmt: skip
    assert len({part.reference for part in parts}) == 4
    second, old = parts[1], Part.objects.get(dropped_at__isnull=False)
    import_statement(content=camt((3000, "A", "", second.reference)), filename="a.xml", by=by)
    import_statement(content=camt((5000, "A", "", old.reference), ident="S2", opening=130_00), filename="b.xml", by=by)
    assert [Part.objects.get(pk=part.pk).paid_cents for part in parts] == [30_00, 30_00, 20_00, 0]
    assert client.post(url("fee-parts", invoice), {"count": 2}).status_code == 422  # they have begun
    assert faults() == []


@pytest.mark.parametrize(("cents", "count"), [(100_01, 3), (7, 4), (120_00, 7)])
def test_parts_add_up_to_the_cent(charged, cents, count):
    from finance.fees.services import share_anew

    _member, by, _invoice = charged
    plan = FeePlan.objects.get()
    plan.tiers.update(cents=cents)
    charge_year(2027, by=by, due_on=date(2027, 1, 31))
    invoice = Invoice.objects.get(total_cents=cents) if cents != 120_00 else Invoice.objects.order_by("pk").last()

    parts = share_anew(invoice=invoice, count=count, first_on=date(2027, 1, 31), by=by)

    assert sum(part.cents for part in parts) == cents
    assert max(part.cents for part in parts) - min(part.cents for part in parts) <= 1
    assert [part.due_on.day for part in parts[:2]] == [31, 28]


def test_an_arrangement_is_read_by_who_manages_fees_only(client, charged):
    member, by, invoice = charged
    client.force_login(member)
    client.post(url("fee-arrangement", invoice), {"wish": "parts", "text": "Het zit even tegen"})
    asked = Arrangement.objects.get()

    client.force_login(member_with(AssociationRole.BOARD))
    assert "Het zit even tegen" not in text(client.get(invoice.get_absolute_url()))
    assert "Het zit even tegen" not in text(client.get(reverse("fees-office")))
    client.force_login(by)
    page = reverse("answer-arrangement", args=[asked.pk])
    assert "Het zit even tegen" in text(client.get(page))
    assert Notice.objects.filter(member=by, kind="fee_asked").count() == 1
    assert client.post(page, {"is_granted": "yes", "count": "6"}).status_code == 422
    client.post(page, {"is_granted": "yes", "answer": "Prima", "count": "6", "first_on": "2027-01-15"})

    assert Part.objects.filter(dropped_at__isnull=True).count() == 6
    assert client.post(page, {"is_granted": "no"}).status_code == 422  # decided already
    client.force_login(member)
    assert "Prima" in text(client.get(invoice.get_absolute_url()))
    assert Notice.objects.filter(member=member, kind="fee_answered").count() == 1


def test_writing_off_takes_two_people(client, charged):
    _member, by, invoice = charged
    log_in_freshly(client, by)
    client.post(url("fee-write-off", invoice), {"reason": "Niet meer te vinden"})
    proposed = WriteOff.objects.get()

    client.post(reverse("decide-write-off", args=[proposed.pk]), {"answer": "yes"})
    proposed.refresh_from_db()
    assert proposed.decided_at is None
    log_in_freshly(client, member_with(AssociationRole.BOARD))
    client.post(reverse("decide-write-off", args=[proposed.pk]), {"answer": "yes"})

    invoice.refresh_from_db()
    assert (invoice.open_cents, Allocation.objects.get().way) == (0, "off")
    assert faults() == []


def test_the_formal_letter_is_a_pdf_and_is_noted(client, charged):
    bank_account()
    _member, by, invoice = charged
    log_in_freshly(client, by)

    response = client.post(url("fee-letter", invoice))

    assert response.content.startswith(b"%PDF")
    letter = FormalLetter.objects.get()
    assert (letter.cents, letter.pay_by) == (120_00, timezone.localdate() + timedelta(days=16))


def test_stopping_keeps_the_notice_term_and_can_be_taken_back(client, charged):
    member, by, _invoice = charged
    enrolment = member.enrolments.get()
    client.force_login(member)
    page = text(client.get(reverse("my-fees")))
    assert "Gaat vanzelf door vanaf vrijdag 1 januari 2027" in page

    client.post(reverse("stop-membership", args=[enrolment.pk]), {"reason": ""})

    enrolment.refresh_from_db()
    assert enrolment.ends_on == date(2026, 12, 31)  # 18 November leaves the month of notice
    assert Notice.objects.filter(member=by, kind="fee_stopped").count() == 1
    assert charge_year(2027, by=by).added == 0
    client.post(reverse("stay-member", args=[enrolment.stops.get().pk]))
    enrolment.refresh_from_db()
    assert enrolment.ends_on is None
    assert charge_year(2027, by=by).added == 1


def test_cash_discounts_birth_and_household_on_the_payers_pages(client, charged):
    member, by, invoice = charged
    other = enrolled(date(2020, 1, 1), number="A-7")
    client.force_login(by)
    payer = reverse("fee-payer", args=[invoice.payer_id])

    client.post(url("fee-cash", invoice), {"cents": "20,00"})
    client.post(url("fee-cash", invoice), {"cents": "999,00"})
    grant = {"kind": "percent", "percent": "", "reason": "Vrijwilliger", "starts_on": "2027-01-01"}
    assert client.post(reverse("new-fee-grant", args=[invoice.payer_id]), grant).status_code == 422
    client.post(reverse("new-fee-grant", args=[invoice.payer_id]), {**grant, "percent": "50"})
    client.post(reverse("fee-birth", args=[invoice.payer_id]), {"born_on": "1950-02-03"})
    household = reverse("new-household", args=[invoice.payer_id])
    values = {"kind": "household", "name": "Familie V", "others": "onbekend@x.example"}
    assert client.post(household, values).status_code == 422
    client.post(household, {**values, "others": "A-7"})

    invoice.refresh_from_db()
    assert invoice.settled_cents == 20_00
    assert (member.fee_grants.get().value, member.fee_details.born_on) == (50, date(1950, 2, 3))
    assert other.payer_place.payer.name == "Familie V"
    assert "Vrijwilliger" in text(client.get(payer))
    charge_year(2027, by=by)
    assert Invoice.objects.get(year=2026, total_cents=180_00).name == "Familie V"


def test_the_contact_of_a_household_sees_and_pays_its_invoice_and_others_do_not(client):
    plan_for()
    mother, child = enrolled(date(2020, 1, 1)), enrolled(date(2020, 1, 1))
    by = treasurer()
    found_household(by=by, name="Familie", contact=mother, members=[mother, child])
    charge_year(by=by)
    invoice = Invoice.objects.get()

    client.force_login(child)
    assert client.get(invoice.get_absolute_url()).status_code == 404
    client.force_login(mother)
    assert "Familie" in text(client.get(reverse("my-fees")))


def test_the_paper_is_the_same_whenever_it_is_asked(client, charged):
    bank_account()
    member, by, invoice = charged
    client.force_login(member)
    first = client.get(url("fee-paper", invoice)).content

    record_cash(part=Part.objects.get(), cents=20_00, by=by)
    member.first_name = "Anders"
    member.save()

    assert client.get(url("fee-paper", invoice)).content == first
    assert first.startswith(b"%PDF")


def test_the_list_of_payers_says_who_owes_how_much(client):
    plan_for(cents=120_00)
    by = treasurer()
    paid, open_yet = enrolled(date(2020, 1, 1)), enrolled(date(2020, 1, 1))
    charge_year(by=by)
    Invoice.objects.filter(payer__member=paid).update(settled_cents=120_00)
    client.force_login(by)

    page = client.get(reverse("fee-payers")).context["page"]

    assert {payer.member: payer.owes_cents for payer in page} == {paid: 0, open_yet: 120_00}


@pytest.mark.parametrize("name", ["my-fees", "fees-office", "fee-payers", "late-fees"])
def test_lists_cost_the_same_for_any_number(client, name):
    plan_for()
    by = treasurer()
    enrolled(date(2020, 1, 1))
    charge_year(by=by)
    Part.objects.update(due_on=date(2026, 1, 1))
    client.force_login(by)
    client.get(reverse(name))
    few = _queries(client, name)
    for _ in range(4):
        enrolled(date(2020, 1, 1))
    charge_year(by=by)
    Part.objects.update(due_on=date(2026, 1, 1))

    assert _queries(client, name) <= few


def _queries(client, name):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as counted:
        assert client.get(reverse(name)).status_code == 200
    return len(counted)
