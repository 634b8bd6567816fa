"""The knowledge base: owners and review days, proposals taken in by parts, history, old pages; who confirmed."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from community.pages.audience import Scope
from community.pages.errors import (
    ChangedMeanwhile,
    DecidedAlready,
    NoPlainWords,
    NothingChanged,
    NotOpenForProposals,
    PutAway,
)
from community.pages.library import contributors, pages_to_review, stale_pages
from community.pages.models import ContentPage, LandingPage, PageUse, Proposal
from community.pages.services import acknowledge
from community.pages.services.library import (
    decide_proposal,
    looked_again,
    propose_change,
    put_away,
    restore_version,
)
from community.pages.services.moving import show_again
from community.pages.texts import plain_text_of
from groups.people.models import AssociationRole
from groups.subgroups.models import SubgroupRole
from notifications.cards import cards_for
from notifications.models import Notice
from tests.factories import MemberFactory, SubgroupFactory, member_of, member_with
from tests.factories_pages import content_page, picture, published
from theme.comparing import changes, paragraphs, with_change

pytestmark = pytest.mark.django_db
TEXT = "Een\n\nTwee\n\nDrie"


@pytest.fixture
def owner():
    return MemberFactory(first_name="Ineke")


@pytest.fixture
def page(owner):
    LandingPage.objects.get().save_revision().publish()
    page = content_page(title="Huisregels", body=[("message", TEXT)], owner=owner, is_open=True)
    page.save_revision(user=owner).publish()
    return ContentPage.objects.get(pk=page.pk)


def text_of(page):
    return plain_text_of(ContentPage.objects.get(pk=page.pk).body)


# --- Comparing --------------------------------------------------------------------------------------
def test_parts_are_what_differs_per_paragraph():
    found = changes(TEXT, "Een\n\nTwee plus\n\nDrie\n\nVier")

    assert [(change.old, change.new) for change in found] == [(("Twee",), ("Twee plus",)), ((), ("Vier",))]


@pytest.mark.parametrize(
    ("proposed", "part", "now", "result"),
    [
        ("Een\n\nTwee plus\n\nDrie", 0, "Nul\n\n" + TEXT, "Nul\n\nEen\n\nTwee plus\n\nDrie"),
        ("Nul\n\n" + TEXT, 0, TEXT, "Nul\n\n" + TEXT),
        ("Een\n\nDrie", 0, TEXT, "Een\n\nDrie"),
        ("Een\n\nTwee plus\n\nDrie", 0, "Een\n\nDrie", None),
        (TEXT + "\n\nVier", 0, "Een", None),
    ],
)
def test_a_part_is_put_into_the_page_as_it_is_now(proposed, part, now, result):
    assert with_change(now, changes(TEXT, proposed)[part]) == result


def test_all_parts_together_give_the_proposal():
    proposed = "Nul\n\nEen!\n\nDrie\n\nVier"
    text = TEXT
    for change in changes(TEXT, proposed):
        text = with_change(text, change)

    assert paragraphs(text) == paragraphs(proposed)


# --- Proposing --------------------------------------------------------------------------------------
def test_a_proposal_is_taken_in_by_parts_and_the_history_names_who_wrote_it(client, page, owner):
    writer = MemberFactory(first_name="Joost")
    client.force_login(writer)
    client.post(reverse("propose", args=[page.pk]), {"text": "Een\n\nTwee plus\n\nDrie\n\nVier", "note": "Beter"})
    proposal = Proposal.objects.get()
    client.force_login(owner)
    shown = client.get(reverse("proposal", args=[page.pk, proposal.pk])).content.decode()

    client.post(reverse("proposal", args=[page.pk, proposal.pk]), {"parts": ["1"], "answer": "Dank"})
    history = client.get(reverse("page-history", args=[page.pk])).content.decode()

    assert "Twee plus" in shown
    assert text_of(page) == "Een\n\nTwee\n\nDrie\n\nVier"
    assert [person.first_name for person in contributors(page)] == ["Ineke", "Joost"]
    assert "Joost" in history
    assert Notice.objects.filter(member=writer, kind="page-decided").count() == 1
    with pytest.raises(DecidedAlready):
        decide_proposal(proposal=proposal, by=owner, parts=[0])


def test_a_refusal_changes_nothing(page, owner):
    proposal = propose_change(page=page, by=MemberFactory(), text="Alles weg")

    decide_proposal(proposal=proposal, by=owner, parts=[], answer="Liever niet")

    assert text_of(page) == TEXT
    assert Proposal.objects.get().parts_taken == 0


def test_a_part_that_no_longer_fits_is_refused_with_a_way_out(client, page, owner):
    proposal = propose_change(page=page, by=MemberFactory(), text="Een\n\nTwee plus\n\nDrie\n\nVier")
    page.body = [("message", "Een\n\nAnders\n\nDrie")]
    page.save_revision(user=owner).publish()

    with pytest.raises(ChangedMeanwhile):
        decide_proposal(proposal=proposal, by=owner, parts=[0, 1])
    client.force_login(owner)
    answer = client.post(reverse("proposal", args=[page.pk, proposal.pk]), {"parts": ["0"], "answer": "Dank"})
    decide_proposal(proposal=proposal, by=owner, parts=[1])

    assert answer.status_code == 422
    assert "intussen veranderd" in answer.content.decode()
    assert text_of(page) == "Een\n\nAnders\n\nDrie\n\nVier"


def test_a_proposal_takes_no_picture_away_that_was_added_since(page, owner):
    proposal = propose_change(page=page, by=MemberFactory(), text="Een\n\nTwee plus\n\nDrie")
    page.body = [("message", TEXT), ("picture", picture())]
    page.save_revision(user=owner).publish()

    with pytest.raises(NoPlainWords):
        decide_proposal(proposal=proposal, by=owner, parts=[0])
    decide_proposal(proposal=proposal, by=owner, parts=[])

    assert [block.block_type for block in ContentPage.objects.get().body] == ["message", "picture"]


def test_a_proposal_shows_no_page_that_was_put_away(page, owner):
    proposal = propose_change(page=page, by=MemberFactory(), text="Een\n\nTwee plus\n\nDrie")
    put_away(page=page, by=owner)

    with pytest.raises(PutAway):
        decide_proposal(proposal=proposal, by=owner, parts=[0])

    assert not ContentPage.objects.get().live
    assert Proposal.objects.get().decided_at is None


def test_a_closed_page_and_an_unchanged_text_take_no_proposal(client, page):
    member = MemberFactory()
    with pytest.raises(NothingChanged):
        propose_change(page=page, by=member, text=TEXT)
    page.is_open = False
    page.save_revision().publish()
    client.force_login(member)

    answer = client.post(reverse("propose", args=[page.pk]), {"text": "Anders"})

    assert answer.status_code == 422
    assert "Anders" in answer.content.decode()
    with pytest.raises(NotOpenForProposals):
        propose_change(page=ContentPage.objects.get(), by=member, text="Anders")


def test_others_neither_read_nor_decide_a_proposal(client, page):
    writer = MemberFactory()
    proposal = propose_change(page=page, by=writer, text="Anders")
    address = reverse("proposal", args=[page.pk, proposal.pk])

    client.force_login(MemberFactory())
    assert client.get(address).status_code == 404
    client.force_login(writer)
    assert client.get(address).status_code == 200
    assert client.post(address, {"parts": ["0"]}).status_code == 403
    assert text_of(page) == TEXT


def test_a_page_for_a_group_exists_for_nobody_else_at_any_address(client, page, owner):
    subgroup = SubgroupFactory()
    page.scope = Scope.GROUPS
    page.subgroups.set([subgroup])
    page.save_revision().publish()
    proposal = Proposal.objects.create(page=page, by=owner, base="", text="x")
    version = page.revisions.first()
    client.force_login(MemberFactory())

    names = {
        "library-page": [],
        "propose": [],
        "page-history": [],
        "proposal": [proposal.pk],
        "page-version": [version.pk],
    }
    answers = {name: client.get(reverse(name, args=[page.pk, *more])).status_code for name, more in names.items()}

    assert set(answers.values()) == {404}
    assert "Huisregels" not in client.get(reverse("library")).content.decode()


def test_who_only_looked_at_it_or_showed_it_again_is_not_among_those_who_wrote_it(page, owner):
    looker = MemberFactory(first_name="Wouter")
    looked_again(page=page, by=looker, review_on=date(2099, 1, 1))
    put_away(page=page, by=looker)
    show_again(page=ContentPage.objects.get(), by=looker)
    writer = MemberFactory(first_name="Joost")
    page = ContentPage.objects.get()
    page.body = [("message", TEXT + "\n\nVier")]
    page.save_revision(user=writer).publish()

    assert [person.first_name for person in contributors(page)] == ["Ineke", "Joost"]


# --- Owners, review, history ------------------------------------------------------------------------
def test_an_owner_without_rights_in_the_editor_puts_the_page_away_and_shows_it_again(client, page, owner):
    client.force_login(owner)

    put = client.post(reverse("archive-page", args=[page.pk]), follow=True).content.decode()
    away = ContentPage.objects.get()
    client.post(reverse("show-page-again", args=[page.pk]))

    assert "Opgeborgen." in put
    assert not away.live
    assert ContentPage.objects.get().live


def test_a_page_past_its_day_says_so_and_is_among_the_tasks_of_its_owner(client, page, owner):
    page.review_on = timezone.localdate() - timedelta(days=1)
    page.save_revision().publish()
    client.force_login(MemberFactory())

    shown = client.get(reverse("library-page", args=[page.pk])).content.decode()
    card = next(card for card in cards_for(owner) if card.key == f"review:{page.pk}")
    client.force_login(owner)
    client.post(reverse("review-page", args=[page.pk]), {"review_on": "2099-01-01"})

    assert "opnieuw moeten bekijken" in shown
    assert card.title == "Huisregels"
    assert not pages_to_review(owner)
    assert ContentPage.objects.get().review_on == date(2099, 1, 1)


def test_only_the_owner_and_editors_look_after_a_page(client, page):
    client.force_login(MemberFactory())

    for name in ("review-page", "archive-page", "show-page-again"):
        assert client.post(reverse(name, args=[page.pk]), {"review_on": "2099-01-01"}).status_code == 403
    assert client.get(reverse("page-version", args=[page.pk, page.revisions.first().pk])).status_code == 403


def test_an_older_version_is_put_back_and_the_newer_one_stays_in_the_history(client, page, owner):
    first = page.revisions.first()
    page.body = [("message", "Fout")]
    page.save_revision(user=owner).publish()
    client.force_login(owner)

    shown = client.get(reverse("page-version", args=[page.pk, first.pk])).content.decode()
    client.post(reverse("restore-version", args=[page.pk, first.pk]))

    assert '<del><span class="visually-hidden">Gaat weg: </span>Fout</del>' in shown
    assert '<ins><span class="visually-hidden">Komt erbij: </span>Een</ins>' in shown
    assert text_of(page) == TEXT
    assert page.revisions.count() == 3


def test_an_older_version_brings_back_its_words_and_never_its_readers(client, page, owner):
    """It was open to everybody once; whoever puts its text back does not open it again."""
    public = page.revisions.first()
    public.content["scope"] = Scope.PUBLIC
    public.save()
    subgroup = SubgroupFactory()
    page.title, page.body, page.scope = "Nieuwe regels", [("message", "Fout")], Scope.GROUPS
    page.subgroups.set([subgroup])
    page.save_revision(user=owner).publish()

    restore_version(page=page, version=public, by=owner)

    shown = ContentPage.objects.get()
    assert (shown.title, text_of(page)) == ("Huisregels", TEXT)
    assert (shown.scope, list(shown.subgroups.all())) == (Scope.GROUPS, [subgroup])


def test_a_version_with_the_same_words_says_so(client, page, owner):
    first = page.revisions.first()
    page.save_revision(user=owner).publish()
    client.force_login(owner)

    shown = client.get(reverse("page-version", args=[page.pk, first.pk])).content.decode()

    assert "De woorden zijn dezelfde als nu op de pagina." in shown


def test_an_expired_page_comes_back_with_its_history(page, owner):
    page.expire_at = timezone.now() - timedelta(minutes=1)
    page.save_revision(user=owner).publish()
    ContentPage.objects.get().unpublish()

    restore_version(page=page, version=page.revisions.first(), by=owner)

    shown = ContentPage.objects.get()
    assert shown.live
    assert shown.expire_at is None
    assert shown.revisions.count() == 3


def test_finding_it_still_right_changes_no_word_and_pushes_nobodys_draft_aside(page, owner):
    editor, long_ago = MemberFactory(), timezone.now() - timedelta(days=90)
    ContentPage.objects.update(last_published_at=long_ago)
    page.body = [("message", "Nieuw")]
    draft = page.save_revision(user=editor)
    before = page.revisions.count()

    looked_again(page=ContentPage.objects.get(), by=owner, review_on=date(2099, 1, 1))

    shown = ContentPage.objects.get()
    assert (shown.review_on, shown.last_published_at, text_of(page)) == (date(2099, 1, 1), long_ago, TEXT)
    assert shown.has_unpublished_changes
    assert (shown.latest_revision, shown.revisions.count()) == (draft, before)
    shown.get_latest_revision().publish()
    assert (text_of(page), ContentPage.objects.get().review_on) == ("Nieuw", date(2099, 1, 1))


def test_the_next_day_to_look_lies_ahead(page, owner, client):
    client.force_login(owner)

    answer = client.post(reverse("review-page", args=[page.pk]), {"review_on": "2020-01-01"}, follow=True)

    assert "Deze dag is voorbij" in answer.content.decode()
    looked_again(page=page, by=owner, review_on=date(2099, 1, 1))
    assert ContentPage.objects.get().review_on == date(2099, 1, 1)


# --- Old pages --------------------------------------------------------------------------------------
def test_a_page_that_nobody_changed_or_read_for_a_year_is_listed_and_put_away(client, page):
    editor = member_with(AssociationRole.COMMUNITY_MANAGER)
    long_ago = timezone.now() - timedelta(days=400)
    read = content_page(title="Gelezen", slug="gelezen")
    for old in (page, read):
        ContentPage.objects.filter(pk=old.pk).update(last_published_at=long_ago)
    PageUse.objects.create(page=read, read_on=timezone.localdate() - timedelta(days=30))
    client.force_login(editor)

    listed = client.get(reverse("stale-pages")).content.decode()
    client.post(reverse("archive-page", args=[page.pk]))

    assert "Huisregels" in listed
    assert "veranderd op di 14 okt 2025</p>" in listed
    assert "Gelezen" not in listed
    assert not ContentPage.objects.get(pk=page.pk).live
    client.post(reverse("show-page-again", args=[page.pk]))
    assert ContentPage.objects.get(pk=page.pk).live


def test_reading_counts_once_a_day_and_names_nobody(client, page):
    PageUse.objects.create(page=page, read_on=timezone.localdate() - timedelta(days=500))
    ContentPage.objects.update(last_published_at=timezone.now() - timedelta(days=400))
    before = list(stale_pages())
    for _ in range(2):
        client.force_login(MemberFactory())
        client.get(reverse("library-page", args=[page.pk]))

    assert before == [page]
    assert list(stale_pages()) == []
    assert PageUse.objects.get().read_on == timezone.localdate()


def test_old_pages_are_for_editors(client):
    client.force_login(MemberFactory())

    assert client.get(reverse("stale-pages")).status_code == 403


def test_the_list_asks_the_same_number_of_questions_whatever_its_length(client, page, django_assert_max_num_queries):
    for number in range(5):
        content_page(title=f"Pagina {number}", slug=f"pagina-{number}", owner=MemberFactory())
    client.force_login(MemberFactory())
    client.get(reverse("library"))

    with django_assert_max_num_queries(22):
        found = client.get(reverse("library")).content.decode()

    assert "Pagina 4" in found
    assert "Huisregels" in client.get(reverse("library"), {"q": "huisr"}).content.decode()


# --- Who confirmed ----------------------------------------------------------------------------------
def test_the_board_sees_how_many_confirmed_and_names_only_who_may(client, time_machine):
    time_machine.move_to(timezone.now())
    subgroup = SubgroupFactory()
    leader, reader = member_of(subgroup, SubgroupRole.MANAGER), member_of(subgroup, first_name="Yvet")
    member_of(subgroup)
    asked = published(
        time_machine, by=leader, scope=Scope.GROUPS, subgroups=[subgroup], title="Nieuw slot",
        acknowledge_by=timezone.localdate() + timedelta(days=7),
    )  # fmt: skip
    acknowledge(announcement=asked, member=reader)
    auditor_page, names = {}, reverse("announcement-open-names", args=[asked.pk])
    for name, who in {"figures": member_with(AssociationRole.BOARD), "leader": leader}.items():
        client.force_login(who)
        auditor_page[name] = client.get(reverse("acknowledgements")).content.decode()

    assert all("Nieuw slot" in text and "van 3 mensen bevestigden" in text for text in auditor_page.values())
    assert all("Nog 2 open" in text for text in auditor_page.values())
    assert names in auditor_page["leader"]
    client.force_login(MemberFactory())
    assert client.get(reverse("acknowledgements")).status_code == 403
