"""A surprise leaves no trace for whom it is, in any list, search, number, notice, feed or export, until its day."""

import zipfile
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from community.pages.setup import lay_out_site
from community.privacy import kept_settings
from community.privacy.breaches import enter_breach
from community.privacy.exports import write_export
from community.privacy.forms import BreachForm
from community.privacy.models import DeviceLoss
from community.privacy.retention import set_term
from finance.pots.access import visible_pots
from finance.pots.models import Pot
from finance.pots.services import ask
from groups.conversations.access import readers_of, visible_conversations
from groups.conversations.models import Conversation
from groups.conversations.services import post_message, start_thread
from groups.conversations.telling import tell_about
from groups.events.access import visible_events
from groups.events.models import Event
from groups.events.services import make_feed, plan_event
from groups.people.directory import choices
from groups.people.models import AssociationRole, Member, kept_from
from groups.people.services import grant_role
from groups.people.services.support import grant_support
from groups.people.surprises import keep_surprise
from groups.subgroups.access import visible_subgroups
from groups.subgroups.models import DefaultSubgroup, Subgroup, SubgroupRole
from groups.subgroups.modules import unread_by_subgroup
from groups.subgroups.services import add_member, invite_member
from notifications.cards import cards_for
from notifications.catching_up import caught_up
from notifications.consumers import standing_of
from notifications.models import Delivery, Notice
from notifications.places import place_registry
from tests.community.rights_world import doors
from tests.entry import log_in_freshly
from tests.factories import MemberFactory, SubgroupFactory, member_of, member_with
from tests.factories_finance import pot_in
from theme import kept
from theme.kept import kept_rows, questions
from theme.retention import retention_rules
from theme.search import sources

pytestmark = pytest.mark.django_db
WORD = "Kameleon"
MODULES = ["chat", "threads", "polls", "pot", "agenda", "tasks", "files"]
KINDS = {"group": Subgroup, "thread": Conversation, "event": Event, "pot": Pot}
VISIBLE = {"group": visible_subgroups, "thread": visible_conversations, "event": visible_events, "pot": visible_pots}


class House:
    """One group with a surprise of each kind for Lucky, and a group that is a surprise as a whole."""

    def __init__(self):
        self.group = SubgroupFactory(name="Dinsdagploeg", modules=MODULES)
        self.keeper = member_of(self.group, SubgroupRole.MANAGER, first_name="Keeper")
        self.lucky, self.other = member_of(self.group, first_name="Lucky"), member_of(self.group, first_name="Andere")
        starts_at = timezone.now() + timedelta(days=3)
        self.things = {
            "group": SubgroupFactory(name=f"{WORD} groep", description=f"{WORD} voor Lucky", modules=MODULES),
            "thread": start_thread(subgroup=self.group, by=self.keeper, title=f"{WORD} plan", text=f"Het {WORD}?"),
            "event": plan_event(
                by=self.keeper, subgroup=self.group, title=f"{WORD} feest", starts_at=starts_at,
                ends_at=starts_at + timedelta(hours=2),
            ),
            "pot": pot_in(self.group, self.keeper, name=f"{WORD} pot"),
        }  # fmt: skip
        for member in (self.keeper, self.other):
            add_member(subgroup=self.things["group"], member=member)
        self.until = timezone.localdate() + timedelta(days=5)
        for kind, thing in self.things.items():
            keep_surprise(kind=kind, thing=thing, hidden_from=self.lucky, hidden_until=self.until, by=self.keeper)
        post_message(conversation=self.thread, by=self.keeper, text=f"@{self.lucky.display_name} {WORD}")

    @property
    def thread(self) -> Conversation:
        return Conversation.objects.get(pk=self.things["thread"].pk)

    def seen_by(self, member) -> dict:
        """{kind: whether the row is among the visible ones}"""
        member = Member.objects.get(pk=member.pk)
        return {kind: rows(member).filter(pk=self.things[kind].pk).exists() for kind, rows in VISIBLE.items()}


@pytest.fixture
def house():
    return House()


def pages(client, member, group) -> dict[str, str]:
    """{path: what it says} of every address that needs no row, and of every one that needs the group alone."""
    log_in_freshly(client, member)
    found = {}
    for name, parts in doors():
        if set(parts) - {"slug"}:
            continue
        path = reverse(name, kwargs={"slug": group.slug} if parts else {})
        answer = client.get(path)
        if answer.status_code == 200 and not answer.streaming:
            found[path] = answer.content.decode(errors="replace")
    return found


def test_no_page_that_anybody_can_open_shows_it_to_who_it_is_for(client, house):
    theirs = pages(client, house.lucky, house.group)
    others = pages(client, house.other, house.group)

    assert [path for path, text in theirs.items() if WORD in text] == []
    shown = {path for path, text in others.items() if WORD in text}
    for name in ("threads", "subgroup-agenda", "subgroup-pots"):
        assert reverse(name, args=[house.group.slug]) in shown
    assert {reverse("subgroups"), reverse("agenda")} <= shown


def test_no_role_of_the_association_gives_it_away(client, house):
    for role in AssociationRole.values:
        grant_role(member=house.lucky, role=role, by=None)

    theirs = pages(client, Member.objects.get(pk=house.lucky.pk), house.group)

    assert len(theirs) > 60
    assert [path for path, text in theirs.items() if WORD in text] == []
    assert not any(house.seen_by(house.lucky).values())


def test_no_search_finds_it(client, house):
    def hits(member):
        log_in_freshly(client, member)
        return client.get(reverse("search"), {"q": WORD.lower()}).content.decode().count("row-title")

    assert len(sources()) > 5
    assert hits(house.lucky) == 0
    assert hits(house.other) >= 3


def test_no_registry_knows_of_it(house):
    lucky, other = (Member.objects.get(pk=member.pk) for member in (house.lucky, house.other))
    since = timezone.now() - timedelta(days=2)

    def words(member):
        return [
            *(str(card) for card in cards_for(member)),
            *(str(line) for _part, lines in caught_up(member, since) for line in lines),
            *(str(place) for places in place_registry for place in places(member)),
            *(str(choice.label) for choice in choices(member)),
        ]

    assert not [text for text in words(lucky) if WORD in text]
    assert [text for text in words(other) if WORD in text]
    assert unread_by_subgroup(lucky).get(house.group.pk, 0) == 0
    assert unread_by_subgroup(other)[house.group.pk] == 2


def test_no_socket_carries_it(house):
    assert house.thread.stream in standing_of(house.other.pk, None).streams
    assert house.thread.stream not in standing_of(house.lucky.pk, None).streams
    assert house.things["group"].stream not in standing_of(house.lucky.pk, None).streams


def test_nobody_is_told_who_may_not_know(house):
    for message in house.thread.messages.all():
        tell_about(message.pk)

    assert not Notice.objects.filter(member=house.lucky).exists()
    assert not Delivery.objects.filter(member=house.lucky).exists()
    assert house.lucky.pk not in readers_of(house.thread).values_list("member", flat=True)


def test_a_notice_of_before_goes_along():
    group = SubgroupFactory()
    keeper, lucky = member_of(group), MemberFactory(consent=Member.Consent.MEMBERS)
    secret = SubgroupFactory(name=WORD)
    boss = member_of(secret, SubgroupRole.MANAGER)
    invite_member(subgroup=secret, member=lucky, by=boss)
    thread = start_thread(subgroup=group, by=keeper, title=WORD, text=WORD)
    assert Notice.objects.filter(member=lucky).count() == 1

    until = timezone.localdate() + timedelta(days=2)
    keep_surprise(kind="group", thing=secret, hidden_from=lucky, hidden_until=until, by=boss)

    assert not Notice.objects.filter(member=lucky).exists()
    assert not [card for card in cards_for(lucky) if WORD in str(card)]
    assert thread.surprised_id is None


def test_no_feed_and_no_export_holds_it(client, house, tmp_path):
    feed = client.get(reverse("calendar-ics", args=[make_feed(member=house.lucky)])).content.decode()
    theirs = client.get(reverse("calendar-ics", args=[make_feed(member=house.other)])).content.decode()
    write_export(Member.objects.get(pk=house.lucky.pk), tmp_path / "alles.zip")
    with zipfile.ZipFile(tmp_path / "alles.zip") as archive:
        held = [name for name in archive.namelist() if WORD.encode() in archive.read(name)]

    assert WORD in theirs
    assert WORD not in feed
    assert held == []


def test_no_list_of_who_looks_after_the_register_holds_it(client, house):
    """Lucky is a community manager too: the export of members and the groups one is in from the start are theirs."""
    lay_out_site()
    rules = [
        DefaultSubgroup.objects.create(subgroup=house.things["group"]),
        DefaultSubgroup.objects.create(subgroup=house.group, branch=house.things["group"]),
        DefaultSubgroup.objects.create(subgroup=house.group),
    ]
    pages = [
        "/cms/defaultsubgroup/",
        "/cms/defaultsubgroup/new/",
        *(f"/cms/defaultsubgroup/edit/{rule.pk}/" for rule in rules),
    ]
    answers, texts = {}, {}
    for member in (house.lucky, house.other):
        grant_role(member=member, role=AssociationRole.COMMUNITY_MANAGER, by=None)
        log_in_freshly(client, member)
        export = client.post(reverse("register-export"))
        found = [client.get(page) for page in pages]
        answers[member.first_name] = [answer.status_code for answer in found]
        texts[member.first_name] = [
            b"".join(export.streaming_content).decode(),
            *(answer.content.decode() for answer in found if answer.status_code == 200),
        ]

    assert answers == {"Lucky": [200, 200, 404, 404, 200], "Andere": [200] * 5}
    assert [WORD in text for text in texts["Lucky"]] == [False] * 4
    assert [WORD in text for text in texts["Andere"]] == [True] * 6


def test_its_own_address_does_not_exist(client, house):
    answers = {}
    for member in (house.lucky, house.other):
        log_in_freshly(client, member)
        paths = [thing.get_absolute_url() for thing in house.things.values()]
        answers[member.first_name] = [client.get(path).status_code for path in paths]

    assert answers["Lucky"] == [404] * 4
    assert 404 not in answers["Andere"]


def test_on_its_day_it_is_there(house, time_machine):
    time_machine.move_to(timezone.now())
    assert house.seen_by(house.lucky) == dict.fromkeys(KINDS, False)
    assert house.seen_by(house.other) == dict.fromkeys(KINDS, True)

    time_machine.shift(timedelta(days=5))

    assert house.seen_by(house.lucky) == dict.fromkeys(KINDS, True)
    assert house.lucky.pk in readers_of(house.thread).values_list("member", flat=True)


def kept_texts() -> list:
    return [each for key, variants in questions._store.items() if key[0][0] in VISIBLE.values() for each in variants]


@pytest.mark.parametrize("order", [("Lucky", "Andere"), ("Andere", "Lucky")])
def test_a_kept_question_gives_each_their_own_answer_and_shows_it_on_the_day(house, time_machine, order):
    time_machine.move_to(timezone.now())
    kept.forget()

    def seen() -> dict[str, set]:
        found = {}
        for name in order:
            member = Member.objects.get(first_name=name)
            member.remembers = True
            found[name] = {kind for kind, rows in VISIBLE.items() if house.things[kind] in kept_rows(rows, member)}
        return found

    assert seen() == {"Lucky": set(), "Andere": set(KINDS)}
    texts = kept_texts()
    assert len(texts) == len(VISIBLE)
    assert not [variant for variant in texts if variant.is_plain]

    time_machine.shift(timedelta(days=5))

    assert seen() == {"Lucky": set(KINDS), "Andere": set(KINDS)}
    assert kept_texts() == texts


def test_no_room_of_a_kept_group_opens_for_who_it_is_for(client, house):
    for role in AssociationRole.values:
        grant_role(member=house.lucky, role=role, by=None)

    secret = house.things["group"]
    lucky = Member.objects.get(pk=house.lucky.pk)

    assert not [path for path in pages(client, lucky, secret) if f"/{secret.slug}/" in path]
    opened = pages(client, house.other, secret)
    assert reverse("duty", args=[secret.slug]) in opened


@pytest.mark.parametrize(("who", "finds"), [("Lucky", False), ("Bea", True)])
def test_who_looks_along_with_another_brings_their_own_surprises(client, house, who, finds):
    helper = house.lucky if finds is False else MemberFactory(first_name=who)
    grant_role(member=helper, role=AssociationRole.COMMUNITY_MANAGER, by=None)
    message = post_message(conversation=house.thread, by=house.keeper, text=f"@{house.other.display_name} {WORD}")
    tell_about(message.pk)
    assert Notice.objects.filter(member=house.other).exists()
    ask(pot=house.things["pot"], by=house.keeper, members=[house.other], due_on=house.until, each_cents=500)
    access = grant_support(member=house.other, helper=helper, minutes=30, with_direct=False)
    log_in_freshly(client, helper)
    client.post(reverse("start-looking-along", args=[access.pk]))

    slug = house.group.slug
    paths = [reverse(name) for name in ("home", "subgroups", "agenda", "notices", "payments")]
    paths += [reverse(name, args=[slug]) for name in ("threads", "subgroup-agenda", "subgroup-pots")]
    shown = [WORD in client.get(path).content.decode() for path in [*paths, reverse("search") + f"?q={WORD.lower()}"]]
    own = [client.get(thing.get_absolute_url()).status_code for thing in house.things.values()]

    assert any(shown) is finds
    assert shown[3:8] == [finds] * 5
    assert [status == 404 for status in own] == [not finds] * 4


def test_the_breach_help_and_the_terms_of_keeping_name_no_kept_group(house):
    secret, officer = house.things["group"], house.other
    rule = next(rule for rule in retention_rules() if rule.per_subgroup)
    for member in (house.lucky, officer):
        grant_role(member=member, role=AssociationRole.PRIVACY_OFFICER, by=None)
    set_term(by=officer, rule=rule, subgroup=secret, days=rule.days or 400)

    def choices(member):
        return set(BreachForm(losses=DeviceLoss.objects.none(), by=member).fields["subgroups"].queryset)

    assert choices(house.lucky) == {house.group}
    assert choices(officer) == {house.group, secret}
    breach = enter_breach(
        by=officer,
        title="Kwijt",
        story="Kwijt",
        discovered_at=timezone.now(),
        subgroups=[house.group, secret],
        kinds=[],
    )
    texts = [breach.notice_nl, breach.notice_en, breach.report_nl, breach.report_en, str(breach.by_group)]
    assert breach.people == 3
    assert not [text for text in texts if WORD in text]
    assert WORD not in str([place.subgroup for place in kept_settings.places(house.lucky)])
    assert WORD in str([place.subgroup for place in kept_settings.places(officer)])


def test_who_keeps_it_ends_it_on_the_page_and_who_may_not_gets_nowhere(client, house):
    address = {kind: reverse("surprise", args=[kind, thing.pk]) for kind, thing in house.things.items()}
    for member in (house.lucky, house.other, MemberFactory()):
        log_in_freshly(client, member)
        for path in address.values():
            assert client.post(path, {"end": "1"}).status_code == 404
    log_in_freshly(client, house.keeper)
    assert client.get(reverse("surprise", args=["nonsense", 1])).status_code == 404

    for kind in ("thread", "event", "pot"):
        client.post(address[kind], {"end": "1"})

    seen = house.seen_by(house.lucky)
    assert seen == {"group": False, "thread": True, "event": True, "pot": True}


def test_a_surprise_needs_its_day_and_somebody_it_can_be_for(client, house):
    log_in_freshly(client, house.keeper)
    path, day = reverse("surprise", args=["thread", house.thread.pk]), timezone.localdate()
    wrong = (
        {"hidden_from": house.other.pk},
        {"hidden_from": house.other.pk, "hidden_until": day.isoformat()},
        {"hidden_from": house.other.pk, "hidden_until": (day + timedelta(days=400)).isoformat()},
        {"hidden_from": MemberFactory().pk, "hidden_until": (day + timedelta(days=4)).isoformat()},
        {"hidden_from": house.keeper.pk, "hidden_until": (day + timedelta(days=4)).isoformat()},
    )

    assert [client.post(path, values).status_code for values in wrong] == [422] * 5
    right = {"hidden_from": house.other.pk, "hidden_until": (day + timedelta(days=4)).isoformat()}
    assert client.post(path, right).status_code == 302
    assert house.thread.hidden_from == house.other


def test_who_comes_into_the_group_knows_of_it(house):
    add_member(subgroup=house.things["group"], member=house.lucky)

    assert house.seen_by(house.lucky)["group"] is True


def test_what_is_a_surprise_for_one_is_no_surprise_for_another(house):
    boss = member_with(AssociationRole.COMMUNITY_MANAGER)

    assert Subgroup.objects.exclude(kept_from(boss)).filter(pk=house.things["group"].pk).exists()
    assert not Subgroup.objects.exclude(kept_from(house.lucky)).filter(pk=house.things["group"].pk).exists()
