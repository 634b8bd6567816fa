"""The money pages: doors, forms with errors, query counts, and no names where none belong."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from finance.bank.models import BankAccount, BankLine
from finance.bank.services import import_statement
from finance.pots.models import PaymentRequest, Pot
from finance.pots.services import record_cash
from groups.people.models import AssociationRole, AuditEntry
from groups.subgroups.models import SubgroupRole
from tests.entry import log_in_freshly
from tests.factories import MemberFactory, SubgroupFactory, member_of, member_with
from tests.factories_finance import asked_pot, bank_account, camt, pot_in

pytestmark = pytest.mark.django_db


def get(client, member, url):
    client.force_login(member)
    return client.get(url)


def test_doors(client):
    pot, chef, (request, other) = asked_pot()
    member, neighbour = request.party.member, other.party.member
    people = {
        "outsider": MemberFactory(),
        "member": member,
        "neighbour": neighbour,
        "chef": chef,
        "treasurer": member_with(AssociationRole.TREASURER),
        "auditor": member_with(AssociationRole.AUDITOR),
        "board": member_with(AssociationRole.BOARD),
    }
    pages = {
        reverse("pot", args=[pot.pk]): (404, 200, 200, 200, 200, 200, 200),
        reverse("ask", args=[pot.pk]): (404, 403, 403, 200, 403, 403, 403),
        request.get_absolute_url(): (404, 200, 404, 200, 200, 200, 200),
        reverse("payment-cash", args=[request.reference]): (404, 403, 404, 200, 403, 403, 403),
        reverse("subgroup-pots", args=[pot.subgroup.slug]): (404, 200, 200, 200, 404, 404, 404),
        reverse("open-pot", args=[pot.subgroup.slug]): (404, 403, 403, 200, 404, 404, 404),
        reverse("treasury"): (403, 403, 403, 403, 200, 200, 200),
        reverse("bank-lines"): (403, 403, 403, 403, 200, 200, 403),
        reverse("bank-import"): (403, 403, 403, 403, 200, 403, 403),
        reverse("pots"): (200,) * 7,
        reverse("payments"): (200,) * 7,
    }

    for url, expected in pages.items():
        found = tuple(get(client, who, url).status_code for who in people.values())
        assert found == expected, url
    client.logout()
    assert {client.get(url).status_code for url in pages} == {302}


def test_no_page_that_members_can_open_names_who_has_not_paid(client):
    pot, chef, (one, two) = asked_pot()
    PaymentRequest.objects.filter(pk=two.pk).update(due_on="2020-01-01")
    two.party.display_name = "Wanbetaler Jansen"
    two.party.save()

    for url in (reverse("pot", args=[pot.pk]), reverse("pots"), reverse("subgroup-pots", args=[pot.subgroup.slug])):
        page = get(client, one.party.member, url).content.decode()
        assert "Wanbetaler" not in page
        assert two.reference not in page
    assert "Wanbetaler" in get(client, chef, reverse("pot", args=[pot.pk])).content.decode()


def test_a_member_pays_with_iban_reference_and_code(client):
    bank_account()
    _pot, _chef, (request, _other) = asked_pot()

    page = get(client, request.party.member, request.get_absolute_url()).content.decode()

    assert "NL44 RABO 0123 4567 89" in page
    assert request.grouped_reference in page
    assert "€ 42,50" in page.replace("\u00a0", " ")
    assert 'class="qr"' in page
    assert "style=" not in page


def test_without_a_bank_account_the_page_says_so(client):
    _pot, _chef, (request, _other) = asked_pot()

    page = get(client, request.party.member, request.get_absolute_url())

    assert page.status_code == 200
    assert 'class="qr"' not in page.content.decode()


def test_a_geldchef_opens_a_pot_and_asks_in_two_forms(client):
    subgroup = SubgroupFactory()
    chef, member = member_of(subgroup, SubgroupRole.GELDCHEF), member_of(subgroup)
    client.force_login(chef)

    wrong = client.post(reverse("open-pot", args=[subgroup.slug]), {"name": "Tocht", "goal_cents": "abc"})
    assert wrong.status_code == 422
    assert "Tocht" in wrong.content.decode()
    answer = client.post(
        reverse("open-pot", args=[subgroup.slug]),
        {"name": "Tocht", "purpose": "Drie nachten", "goal_cents": "2.635", "visibility": "totals"},
    )
    pot = Pot.objects.get()
    assert (answer.url, pot.goal_cents) == (reverse("ask", args=[pot.pk]), 2635_00)
    values = {"how": "each", "cents": "42,50", "due_on": "2030-01-01", "whom": "chosen", "members": [member.pk]}
    assert client.post(reverse("ask", args=[pot.pk]), {**values, "cents": "-1"}).status_code == 422
    assert client.post(reverse("ask", args=[pot.pk]), values).url == pot.get_absolute_url()
    assert PaymentRequest.objects.get().amount_cents == 42_50


def test_cash_is_written_down_on_its_page(client):
    _pot, chef, (request, _other) = asked_pot()
    client.force_login(chef)

    too_much = client.post(reverse("payment-cash", args=[request.reference]), {"cents": "99,00"})
    assert too_much.status_code == 422
    client.post(reverse("payment-cash", args=[request.reference]), {"cents": "42,50", "note": "training"})

    assert PaymentRequest.objects.get(pk=request.pk).is_paid


def test_a_treasurer_imports_matches_undoes_and_accepts(client):
    bank_account()
    _pot, _chef, (request, other) = asked_pot()
    client.force_login(member_with(AssociationRole.TREASURER))

    def upload(content, name="bank.xml"):
        return client.post(reverse("bank-import"), {"file": SimpleUploadedFile(name, content)})

    assert upload(b"not a bank file").status_code == 422
    answer = upload(camt((42_50, "A", "", request.reference), (42_50, "T SMIT", "", "zonder kenmerk")))
    assert answer.url == reverse("bank-lines")
    assert PaymentRequest.objects.get(pk=request.pk).is_paid
    line = BankLine.objects.get(state="new")
    page = client.get(reverse("bank-line", args=[line.pk]), {"q": other.party.display_name}).content.decode()
    assert f"pot:{other.pk}" in page
    client.post(reverse("bank-line-assign", args=[line.pk]), {"payable": f"pot:{other.pk}"})
    assert PaymentRequest.objects.get(pk=other.pk).is_paid
    client.post(reverse("bank-line-undo", args=[line.pk]), {"reason": "verkeerd"})
    assert not PaymentRequest.objects.get(pk=other.pk).is_paid
    client.post(reverse("bank-line-own", args=[line.pk]), {"label": "gift"})
    assert BankLine.objects.get(pk=line.pk).state == "own"
    assert client.get(reverse("bank-lines") + "?show=all").status_code == 200


@pytest.mark.parametrize("members", [1, 3])
def test_list_pages_cost_the_same_for_any_number_of_rows(client, members, django_assert_max_num_queries):
    bank_account()
    pot, chef, requests = asked_pot(members=members)
    for number in range(members):
        pot_in(pot.subgroup, chef, name=f"Potje {number}")
    record_cash(request=requests[0], cents=1_00, by=chef)
    lines = [(10_00 + number, f"Naam {number}", "", "los") for number in range(members)]
    import_statement(content=camt(*lines), filename="x")
    treasurer = member_with(AssociationRole.TREASURER)

    for who, url, queries in [
        (chef, reverse("pot", args=[pot.pk]), 32),
        (chef, reverse("pots"), 26),
        (requests[0].party.member, reverse("payments"), 24),
        (treasurer, reverse("treasury"), 32),
        (treasurer, reverse("bank-lines"), 28),
    ]:
        client.force_login(who)
        client.get(url)
        with django_assert_max_num_queries(queries):
            client.get(url)


def test_an_open_pot_page_asks_only_the_total_again(client):
    pot, chef, (request, _other) = asked_pot()
    record_cash(request=request, cents=10_00, by=chef)
    client.force_login(chef)

    part = client.get(pot.get_absolute_url(), headers={"HX-Request": "true", "HX-Target": "pot-total"})

    html = part.content.decode()
    assert html.strip().startswith("<div")
    assert 'value="10"' in html
    assert "Marloes" not in html


def test_the_treasurer_names_the_account_and_the_audit_log_keeps_it(client):
    log_in_freshly(client, member_with(AssociationRole.TREASURER))
    url = reverse("bank-account")

    assert client.post(url, {"holder": "R.V. De Waterhoen", "iban": "NL00RABO0123456789"}).status_code == 422
    client.post(url, {"holder": "R.V. De Waterhoen", "iban": "nl44 rabo 0123 4567 89", "bic": "RABONL2U"})

    assert BankAccount.objects.get().iban == "NL44RABO0123456789"
    assert AuditEntry.objects.get(act="bank_account.saved").details["changed"]["iban"][1] == "NL44 RABO 0123 4567 89"
    assert get(client, MemberFactory(), url).status_code == 403


def test_a_template_fills_words_plan_and_a_surprise_stays_hidden(client):
    subgroup = SubgroupFactory()
    chef, lucky = member_of(subgroup, SubgroupRole.GELDCHEF), member_of(subgroup)
    client.force_login(chef)
    url = reverse("open-pot", args=[subgroup.slug]) + "?template=gift"

    page = client.get(url).content.decode()
    assert "Cadeau voor …" in page
    values = {"name": "Cadeau", "purpose": "Iets moois", "visibility": "nothing", "hidden_from": lucky.pk}
    client.post(url, values)

    pot = Pot.objects.get()
    assert (pot.remind_days, pot.template, pot.hidden_from) == ([-3, 0], "gift", lucky)
    assert get(client, lucky, pot.get_absolute_url()).status_code == 404


def test_the_geldchef_waives_a_request_by_its_button(client):
    _pot, chef, (request, _) = asked_pot()
    client.force_login(chef)

    answer = client.post(reverse("payment-waive", args=[request.reference]), {"reason": "student"})

    assert answer.status_code == 302
    assert PaymentRequest.objects.get(pk=request.pk).waived_at is not None


def test_a_payer_says_by_a_button_that_what_was_written_down_is_wrong(client):
    _pot, _chef, (request, _) = asked_pot()
    client.force_login(request.party.member)

    answer = client.post(reverse("payment-dispute", args=[request.reference]), {"reason": "al betaald"})

    assert answer.status_code == 302
    assert request.events.filter(kind="disputed", text="al betaald").count() == 1


def test_no_day_gone_by_is_proposed_for_paying(client):
    pot, chef, _requests = asked_pot()
    client.force_login(chef)
    today = timezone.localdate()

    for deadline, proposed in ((today + timedelta(days=9), True), (today, True), (today - timedelta(days=9), False)):
        Pot.objects.filter(pk=pot.pk).update(deadline=deadline)
        page = client.get(reverse("ask", args=[pot.pk])).content.decode()
        assert (f'value="{deadline}"' in page) is proposed


def test_choices_that_count_are_said_in_the_language_of_who_looks(client):
    pot, chef, _requests = asked_pot()
    client.force_login(chef)

    for language, words in (("nl", "tot 3 delen"), ("en", "up to 3 parts")):
        page = client.get(reverse("manage-pot", args=[pot.pk]), headers={"Accept-Language": language})
        assert words in page.content.decode()
