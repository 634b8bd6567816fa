"""What the statutes say about a tie and about proxies with an instruction, from their page to the minutes."""

import pytest
from django.urls import reverse

from groups.people.models import AssociationRole
from polls.agenda import add_item, initial_from_statutes
from polls.errors import NoInstructions
from polls.minutes import minutes_pdf
from polls.models import Kind, Proxy, Statutes
from polls.promises import promises
from polls.queries import final_result
from polls.quorum import missed_quorum
from polls.rules import Majority
from polls.services import accept_proxy, close_poll, give_proxy, open_meeting
from tests.factories import MemberFactory, member_with
from tests.factories_polls import vote
from tests.papers import words_on
from tests.polls.test_meetings import called_meeting, held_meeting, motion_at

pytestmark = pytest.mark.django_db
WORDS = "Stem tegen de verhoging."


def test_the_board_answers_both_questions_and_the_next_meeting_freezes_them(client):
    board = member_with(AssociationRole.BOARD)
    called_meeting()
    client.force_login(board)
    row = Statutes.objects.get()
    answers = {
        name: getattr(row, name) for name in ("call_days", "matter_share", "change_share", "proxies_per_holder")
    } | {
        "proxy_hours": 24,
        "advance_days": 0,
        "blank_counts": "False",
        "giver_may_still_vote": "True",
        "proxies_with_instruction": "True",
        "matter_tie": "postponed",
    }

    client.post(reverse("statutes"), answers)

    row.refresh_from_db()
    assert (row.proxies_with_instruction, row.matter_tie) == (True, "postponed")
    rules = row.as_rules()
    assert (rules["proxies_with_instruction"], rules["matter_tie"]) == (True, "postponed")


# --- A tie --------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("tie", "words"),
    [
        ("rejected", "Verworpen: 1 voor van 2; nodig 2."),
        ("postponed", "De stemmen staken: 1 voor en evenveel tegen. Het komt terug op een latere vergadering."),
    ],
)
def test_a_tie_is_what_the_rules_of_the_vote_say(tie, words):
    one, two = MemberFactory(), MemberFactory()
    meeting = held_meeting(one, two)
    poll = motion_at(meeting, majority=Majority(tie=tie))
    assert ("Staken de stemmen, dan is er niets besloten." in " ".join(promises(poll))) == (tie == "postponed")
    vote(poll, one, choice="for")
    vote(poll, two, choice="against")

    poll = close_poll(poll=poll, by=None)

    assert final_result(poll).sentence == words
    assert not missed_quorum(poll)


def test_a_vote_at_a_meeting_starts_from_the_rule_of_the_statutes(client):
    meeting = called_meeting(matter_tie="postponed")
    item = add_item(meeting=meeting, title="Begroting", text="")

    assert initial_from_statutes(item, Kind.MOTION)["tie"] == "postponed"
    client.force_login(member_with(AssociationRole.BOARD))
    page = client.get(reverse("make-item-poll", args=[meeting.pk, item.number, "motion"])).content.decode()
    assert '<option value="postponed" selected>' in page


# --- An instruction -----------------------------------------------------------------------------------
@pytest.fixture
def people():
    return [MemberFactory(first_name=name) for name in ("Gever", "Houder", "Ander")]


def test_only_giver_and_holder_read_the_instruction(client, people):
    giver, holder, _other = people
    board = member_with(AssociationRole.BOARD)
    meeting = called_meeting(proxies_with_instruction=True)
    client.force_login(giver)
    client.post(reverse("meeting-proxy", args=[meeting.pk]), {"holder": holder.pk, "instruction": f" {WORDS} "})
    proxy = accept_proxy(proxy=Proxy.objects.get(), by=holder)
    assert proxy.instruction == WORDS

    seen = {}
    for person in (*people, board):
        client.force_login(person)
        seen[person] = WORDS in client.get(meeting.get_absolute_url()).content.decode()

    assert [seen[person] for person in (*people, board)] == [True, True, False, False]
    paper = words_on(minutes_pdf(open_meeting(meeting=meeting, by=None)))
    assert "met een opdracht." in paper and WORDS not in paper


def test_the_holder_reads_it_on_the_ballot_of_the_giver_and_nowhere_else(client, people):
    giver, holder, _other = people
    meeting = called_meeting(proxies_with_instruction=True)
    accept_proxy(proxy=give_proxy(meeting=meeting, giver=giver, holder=holder, instruction=WORDS), by=holder)
    open_meeting(meeting=meeting, by=None)
    poll = motion_at(meeting)
    elector = poll.electors.get(member=giver)
    client.force_login(holder)

    own = client.get(poll.get_absolute_url()).content.decode()
    for_giver = client.get(f"{poll.get_absolute_url()}?for={elector.pk}").content.decode()

    assert (WORDS in own, WORDS in for_giver) == (False, True)


def test_without_the_rule_there_is_no_field_and_no_instruction(client, people):
    giver, holder, _other = people
    meeting = called_meeting()
    client.force_login(giver)
    assert 'name="instruction"' not in client.get(reverse("meeting-proxy", args=[meeting.pk])).content.decode()

    client.post(reverse("meeting-proxy", args=[meeting.pk]), {"holder": holder.pk, "instruction": WORDS})

    assert Proxy.objects.get().instruction == ""
    with pytest.raises(NoInstructions):
        give_proxy(meeting=meeting, giver=giver, holder=holder, instruction=WORDS)
