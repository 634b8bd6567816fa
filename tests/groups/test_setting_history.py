"""Every change of a setting is kept with who, when, from and to, and can be put back (AD-08)."""

import pytest
from django.urls import reverse
from django.utils import translation

from community.portal.models import HouseSettings
from community.privacy.retention import set_term, term_of
from finance.bank.models import BankAccount
from finance.bank.services import save_bank_account
from finance.bank.standing import THE_ACCOUNT
from finance.fees.models import Condition, DebitSettings
from finance.fees.services import save_debit_settings, save_plan, set_condition
from finance.pots.services import change_settings, plan_reminders
from groups.conversations.models import TalkRules
from groups.conversations.services import set_rules
from groups.counter.services import keep_service
from groups.people.audit import broken_links, link_entries
from groups.people.errors import AlreadySo, NoLongerAllowed
from groups.people.history.kept import all_kept, kept_settings, values
from groups.people.history.reading import changes, shown
from groups.people.history.services import put_back
from groups.people.models import AssociationRole, AuditEntry, Interest, MembershipKind, SafetyRules
from groups.people.safety import change_safety_rules, safety_rules
from groups.subgroups.models import Subgroup, SubgroupRole
from groups.subgroups.services import add_member, change_subgroup, switch_module, switch_right
from polls.models import Statutes
from polls.services.statutes import answer_statutes
from tests.entry import log_in_freshly
from tests.factories import MemberFactory, SubgroupFactory, member_of, member_with
from tests.factories_fees import plan_for, treasurer
from tests.factories_finance import bank_account, pot_in
from theme.retention import retention_rule

pytestmark = pytest.mark.django_db


def history(code, row):
    settings = kept_settings(code)
    return shown(settings, row, changes(settings.about(row)), values(settings, row))


def words(code, row):
    """The newest change as a reader sees it, in English."""
    with translation.override("en"):
        return [(one.label, one.before, one.after) for one in history(code, row)[0].differences]


def back(code, row, by, which=0):
    settings = kept_settings(code)
    return put_back(settings=settings, row=row, entry=changes(settings.about(row))[which], by=by)


@pytest.fixture
def group():
    return SubgroupFactory(places=40)


@pytest.fixture
def manager(group):
    return member_of(group, SubgroupRole.MANAGER)


def test_a_change_says_what_it_was_and_became_in_the_words_of_the_form(group, manager):
    change_subgroup(subgroup=group, by=manager, join_policy=Subgroup.JoinPolicy.OPEN, is_hidden=True, places=30)

    assert words("subgroup", group) == [
        ("Joining", "Ask to join", "Everybody may join"),
        ("Hidden from who is not a member", "No", "Yes"),
        ("Places", "40", "30"),
    ]
    entry = AuditEntry.objects.get(act="subgroup.changed")
    assert (entry.actor_id, entry.about, entry.subgroup_id) == (manager.pk, f"subgroup:{group.pk}", group.pk)
    assert entry.details["changed"]["places"] == [40, 30]
    link_entries()
    assert broken_links() == []


def test_saving_without_a_difference_leaves_no_line(group, manager):
    change_subgroup(subgroup=group, by=manager, places=40)

    assert history("subgroup", group) == []


def test_putting_back_touches_only_what_that_change_touched(group, manager):
    change_subgroup(subgroup=group, by=manager, places=30)
    change_subgroup(subgroup=group, by=manager, rules="Geen muziek")

    back("subgroup", group, manager, which=1)

    group.refresh_from_db()
    assert (group.places, group.rules) == (40, "Geen muziek")
    put = AuditEntry.objects.get(act="settings.put_back")
    assert put.about == f"subgroup:{group.pk}"
    assert AuditEntry.objects.get(pk=put.details["entry"]).details["changed"] == {"places": [40, 30]}
    assert [list(entry.details["changed"]) for entry in changes(put.about)] == [["places"], ["rules"], ["places"]]


def test_a_value_that_is_no_longer_allowed_is_refused_in_one_sentence(group, manager):
    change_subgroup(subgroup=group, by=manager, name="Nieuwe naam")
    taken = SubgroupFactory(name=changes(f"subgroup:{group.pk}")[0].details["changed"]["name"][0])

    with pytest.raises(NoLongerAllowed) as refusal, translation.override("en"):
        back("subgroup", group, manager)

    assert str(refusal.value).startswith("This cannot be put back any more. Name: ")
    assert Subgroup.objects.get(pk=group.pk).name == "Nieuwe naam" != taken.name


def test_the_settings_own_service_refuses_too(client, group, manager):
    change_subgroup(subgroup=group, by=manager, places=2)
    change_subgroup(subgroup=group, by=manager, places=40)
    for _ in range(2):
        add_member(subgroup=group, member=MemberFactory())
    log_in_freshly(client, manager)
    entry = changes(f"subgroup:{group.pk}")[0]

    answer = client.post(reverse("put-setting-back", args=["subgroup", group.pk, entry.pk]), follow=True)

    assert [str(message) for message in answer.context["messages"]] != []
    assert Subgroup.objects.get(pk=group.pk).places == 40


def test_what_is_so_already_is_not_put_back(group, manager):
    change_subgroup(subgroup=group, by=manager, places=30)
    back("subgroup", group, manager)

    with pytest.raises(AlreadySo):
        back("subgroup", group, manager, which=1)


def test_parts_and_rights_come_back_by_the_services_that_switch_them(group, manager):
    switch_module(subgroup=group, module="pot", on=True, by=manager)
    switch_module(subgroup=group, module="pot", on=False, by=manager)
    switch_right(subgroup=group, role=SubgroupRole.MEMBER, right="post_chat", on=False, by=manager)

    back("subgroup", group, manager)
    back("subgroup", Subgroup.objects.get(pk=group.pk), manager, which=2)

    now = values(kept_settings("subgroup"), group)
    assert "member:post_chat" in now["rights"] and "pot" in now["modules"]


def test_rules_for_talking(group, manager):
    set_rules(rules=TalkRules(subgroup=group), by=manager, label="Niets medisch", answer_days=3)

    assert words("talk", group) == [
        ("Line above the message field", "–", "Niets medisch"),
        ("Questions are answered within so many days", "–", "3"),
    ]
    back("talk", group, manager)

    assert TalkRules.objects.get(subgroup=group).answer_days is None


def test_a_service_of_the_counter():
    board = member_with(AssociationRole.BOARD)
    kind = MembershipKind.objects.create(name="Jeugdlid")
    about = {
        "title": "Botenplaats",
        "description": "Een plek in de loods.",
        "question": "Welke boot?",
        "answer_days": 3,
    }
    service = keep_service(by=board, **about)

    keep_service(by=board, service=service, **about | {"answer_days": 5}, kinds=[kind], keeper=board, is_closed=True)
    keep_service(by=board, service=service, **about | {"answer_days": 5}, kinds=[kind], keeper=board, is_closed=True)

    changed = {label: (was, became) for label, was, became in words("service", service)}
    assert ("3", "5") in changed.values()
    assert ("–", "Jeugdlid") in changed.values()
    assert board.display_name in [became for _was, became in changed.values()]
    assert ("No", "Yes") in changed.values()
    assert len(history("service", service)) == 2  # made, and changed once
    back("service", service, board)

    service.refresh_from_db()
    assert (service.answer_days, service.keeper, service.closed_at, list(service.kinds.all())) == (3, None, None, [])


def test_statutes(client):
    board = member_with(AssociationRole.BOARD)
    answer_statutes(statutes=Statutes(pk=1, call_days=14, blank_counts=False, matter_share="1/2"), by=board)
    statutes = Statutes.objects.get()
    statutes.call_days, statutes.blank_counts = 7, True
    answer_statutes(statutes=statutes, by=board)

    assert words("statutes", statutes)[:2] == [
        ("How many days before the meeting must it be called?", "14", "7"),
        ("Does a blank vote count as a vote cast?", "No", "Yes"),
    ]
    back("statutes", statutes, board)

    statutes.refresh_from_db()
    assert (statutes.call_days, statutes.blank_counts) == (14, False)


def test_rules_of_safety():
    board = member_with(AssociationRole.BOARD)
    change_safety_rules(by=board, second_factor_for=["auditor"], idle_minutes=10)
    rules = SafetyRules.objects.get()

    assert words("safety", rules) == [
        ("Who else needs a second step?", "–", "auditor"),
        ("Lock after how many minutes without a tap?", "30", "10"),
    ]
    back("safety", rules, board)

    assert (safety_rules().idle_minutes, "auditor" in safety_rules().second_factor_for) == (30, False)


def test_terms_of_keeping():
    officer = member_with(AssociationRole.PRIVACY_OFFICER)
    rule = retention_rule("notices")
    set_term(by=officer, rule=rule, days=30)

    place = next(row for row in kept_settings("retention").rows(officer) if row.pk == "notices")
    assert words("retention", place) == [("Keep for how many days", "90", "30")]
    back("retention", place, officer)

    assert term_of(rule) == 90


def test_money(group):
    keeper = treasurer()
    account = bank_account()
    before = account.holder
    save_bank_account(holder="Iemand anders", iban=account.iban, bic=account.bic, by=keeper)
    plan = plan_for()
    save_plan(by=keeper, plan=plan, entrance_cents=42_50)
    bank = {"creditor_id": "NL69ZZZ123456780000", "bank_account": account, "format": "pain.008.001.08"}
    save_debit_settings(by=keeper, notice_days=14, **bank)
    save_debit_settings(by=keeper, notice_days=5, **bank)
    kind = MembershipKind.objects.first()
    set_condition(subgroup=group, needs_paid_fee=True, kinds=[kind], by=keeper)

    assert words("bank-account", THE_ACCOUNT) == [("Account holder", before, "Iemand anders")]
    assert words("fee-plan", plan) == [("Entrance fee", "–", "42.50")]
    assert words("direct-debit", DebitSettings.objects.get()) == [
        ("Days between the message and the collection", "14", "5")
    ]
    assert words("fee-condition", group) == [
        ("Only for who has paid the fee", "No", "Yes"),
        ("Only for these kinds of membership", "–", kind.name),
    ]
    for code, row in (("bank-account", THE_ACCOUNT), ("fee-plan", plan), ("direct-debit", DebitSettings.objects.get())):
        back(code, row, keeper)
    back("fee-condition", group, keeper)

    assert BankAccount.objects.get(pk=account.pk).holder == before
    plan.refresh_from_db()
    assert (plan.entrance_cents, DebitSettings.objects.get().notice_days) == (0, 14)
    assert not Condition.objects.filter(subgroup=group).exists()


def test_a_pot(group):
    chef = member_of(group, SubgroupRole.GELDCHEF)
    pot = pot_in(group, chef)
    parts, days = pot.max_parts, list(pot.remind_days)
    settings = {"visibility": pot.visibility, "takes_pledges": False, "tells_chat": pot.tells_chat}
    change_settings(pot=pot, by=chef, max_parts=6, **settings)
    plan_reminders(pot=pot, by=chef, days=[-3], hour=11)

    back("pot", pot, chef)
    pot.refresh_from_db()
    back("pot-reminders", pot, chef)

    pot.refresh_from_db()
    assert (pot.max_parts, sorted(pot.remind_days)) == (parts, sorted(days))
    assert list(kept_settings("pot").rows(chef)) == [pot]
    assert list(kept_settings("pot").rows(member_with(AssociationRole.TREASURER))) == []


def in_the_admin(client):
    manager = member_with(AssociationRole.COMMUNITY_MANAGER)
    log_in_freshly(client, manager)
    return manager


def test_the_house_style_is_kept_when_the_admin_saves_it(client):
    manager = in_the_admin(client)
    house = HouseSettings.load()
    form = {"name": "De Waterhoen", "tagline": "", "colour": "#aa0000", "icon": "anchor", "crest": ""}

    answer = client.post(reverse("wagtailsettings:edit", args=["portal", "housesettings", house.pk]), form)

    assert answer.status_code == 302
    house.refresh_from_db()
    assert ("House colour", "#0e5a78", "#aa0000") in words("house", house)
    assert AuditEntry.objects.get(about=f"house:{house.pk}").actor_id == manager.pk
    back("house", house, manager)
    house.refresh_from_db()
    assert (house.name, house.colour) == ("Paraplu", "#0e5a78")


def test_a_list_in_the_admin_is_kept_when_made_changed_and_taken_out(client):
    manager = in_the_admin(client)
    client.post(reverse("interest:add"), {"name": "Zeilen", "synonyms": ""})
    interest = Interest.objects.get(name="Zeilen")
    client.post(reverse("interest:edit", args=[interest.pk]), {"name": "Zeilen", "synonyms": "boot"})
    client.post(reverse("interest:delete", args=[interest.pk]))
    assert not Interest.objects.filter(name="Zeilen").exists()

    page = client.get(reverse("setting-histories"))
    lines = client.get(reverse("setting-history", args=["interest", interest.pk]))
    assert reverse("setting-history", args=["interest", interest.pk]) in page.content.decode()
    assert [len(change.differences) for change in lines.context["changes"]] == [2, 1, 1]
    gone = changes(f"interest:{interest.pk}")[0]
    client.post(reverse("put-setting-back", args=["interest", interest.pk, gone.pk]))

    assert Interest.objects.get(name="Zeilen").synonyms == "boot"
    assert AuditEntry.objects.filter(actor_id=manager.pk, act="settings.put_back").count() == 1
    assert client.get(reverse("setting-history", args=["interest", interest.pk])).status_code == 404


def test_who_may_not_change_a_setting_does_not_see_its_history(client, group, manager):
    change_subgroup(subgroup=group, by=manager, places=30)
    entry = changes(f"subgroup:{group.pk}")[0]
    page, button = (
        reverse("setting-history", args=["subgroup", group.pk]),
        reverse("put-setting-back", args=["subgroup", group.pk, entry.pk]),
    )
    member = member_of(group)
    for stranger in (member, member_of(SubgroupFactory(), SubgroupRole.MANAGER)):
        log_in_freshly(client, stranger)
        assert (client.get(page).status_code, client.post(button).status_code) == (404, 404)
    log_in_freshly(client, member)
    assert client.get(reverse("setting-histories")).status_code == 403
    assert Subgroup.objects.get(pk=group.pk).places == 30


def test_an_entry_of_another_setting_is_not_taken(client, group, manager):
    other = SubgroupFactory()
    change_subgroup(subgroup=other, by=manager, places=30)
    entry = changes(f"subgroup:{other.pk}")[0]
    log_in_freshly(client, manager)

    assert client.post(reverse("put-setting-back", args=["subgroup", group.pk, entry.pk])).status_code == 404


@pytest.mark.parametrize(("code", "is_asked"), [("subgroup", True), ("talk", False)])
def test_what_weighs_asks_for_fresh_proof(client, group, manager, code, is_asked):
    change_subgroup(subgroup=group, by=manager, places=30)
    set_rules(rules=TalkRules(subgroup=group), by=manager, label="Niets medisch")
    entry = changes(f"{code}:{group.pk}")[0]
    log_in_freshly(client, manager, minutes_ago=30)

    answer = client.post(reverse("put-setting-back", args=[code, group.pk, entry.pk]))

    assert ("reauthenticate" in answer["Location"]) is is_asked


def test_the_page_speaks_the_language_of_the_reader(client, group, manager):
    change_subgroup(subgroup=group, by=manager, is_hidden=True)
    for language, said in (("nl", "Verborgen voor wie geen lid is"), ("en", "Hidden from who is not a member")):
        manager.language = language
        manager.save()
        log_in_freshly(client, manager)
        page = client.get(reverse("setting-history", args=["subgroup", group.pk])).content.decode()
        assert said in page and str(manager) in page


def test_no_kept_setting_can_hold_a_secret(group):
    """Keys and passwords come from the environment. Whoever makes a form with one must not keep it here."""
    row_of = {
        "subgroup": group, "talk": group, "fee-condition": group, "announcements-first": group, "fee-plan": plan_for(),
        "pot": pot_in(group, member_of(group, SubgroupRole.GELDCHEF)), "statutes": Statutes(pk=1),
        "house": HouseSettings.load(), "bank-account": THE_ACCOUNT, "direct-debit": DebitSettings(),
        "safety": SafetyRules(),
    }  # fmt: skip
    row_of["pot-reminders"] = row_of["pot"]
    everybody = member_with(AssociationRole.PRIVACY_OFFICER)
    row_of["retention"] = kept_settings("retention").rows(everybody)[0]
    names = {
        name for settings in all_kept() for name in settings.form(row_of.get(settings.code) or settings.model()).fields
    }

    assert len(names) > 40
    assert not [name for name in names if any(word in name for word in ("secret", "password", "token", "api", "_key"))]
