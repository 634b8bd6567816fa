"""Surveys: questions, branching, one-time links, and answers that do not stay together."""

from datetime import timedelta

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from polls.errors import AlreadyVoted, AnswerMissing, DependsOnLater, InvalidAnswer, PollClosed, SurveyEmpty
from polls.models import Elector, Kind, Poll, Sheet, SurveyLink, SurveyQuestion, Tally
from polls.queries import right_to_vote
from polls.services import close_poll, open_poll
from polls.services.surveys import add_question, fill_in, hand_out_links, start_from
from polls.survey_pages import question_results
from polls.survey_templates import TEMPLATES
from tests.factories import SubgroupFactory, member_of
from tests.factories_polls import make_poll, posted

pytestmark = pytest.mark.django_db


@pytest.fixture
def subgroup():
    return SubgroupFactory()


@pytest.fixture
def voters(subgroup):
    return [member_of(subgroup) for _ in range(11)]


def survey(subgroup, *questions, opens=True, **fields):
    """Questions are (kind, text, more fields)."""
    values = {"secrecy": "secret", "may_change": False, **fields}
    poll = make_poll(subgroup, kind=Kind.SURVEY, options=(), **values)
    for kind, text, *more in questions:
        add_question(poll=poll, kind=kind, text=text, **(more[0] if more else {}))
    return open_poll(poll=poll, by=None) if opens else poll


REVIEW = [
    ("yes_no", "Was je erbij?", {"required": True}),
    ("grade", "Welk cijfer?", {"depends": (1, "yes")}),
    ("multiple", "Wat was goed?", {"options": ["Eten", "Plek", "Weer"], "depends": (1, "yes")}),
    ("long_text", "Wat kan beter?"),
]


def answer(poll, member, **fields):
    fill_in(
        poll=poll,
        elector=right_to_vote(poll, member),
        posted=posted(**{key.replace("_", "-"): v for key, v in fields.items()}),
    )


def result_of(poll):
    close_poll(poll=poll, by=None)
    return Tally.objects.get(poll=poll).result["questions"]


def test_each_question_is_counted_on_its_own_and_branches_that_were_not_asked_are_dropped(subgroup, voters):
    poll = survey(subgroup, *REVIEW)

    answer(poll, voters[0], question_1="yes", question_2="8", question_3=["1", "3"], question_4="Meer koffie")
    answer(poll, voters[1], question_1="no", question_2="1", question_3=["2"])
    answer(poll, voters[2], question_1="yes", question_2="8")

    assert result_of(poll) == {
        "1": {"answered": 3, "counts": {"no": 1, "yes": 2}},
        "2": {"answered": 2, "counts": {"8": 2}},
        "3": {"answered": 1, "counts": {"1": 1, "3": 1}},
        "4": {"answered": 1, "texts": ["Meer koffie"]},
    }


def test_until_closing_an_anonymous_survey_holds_envelopes_of_one_length_only_and_nothing_after(subgroup, voters):
    poll = survey(subgroup, *REVIEW)
    answer(poll, voters[0], question_1="yes", question_4="Een heel herkenbare zin")
    answer(poll, voters[1], question_1="no")
    answer(poll, voters[2], question_1="no")

    sheets = list(Sheet.objects.filter(question__poll=poll))
    assert len(sheets) == 12
    assert {len(bytes(sheet.sealed)) for sheet in sheets} == {6144 + 48}
    assert {sheet.answer for sheet in sheets} == {""}
    close_poll(poll=poll, by=None)
    assert not Sheet.objects.exists()
    assert not Elector.objects.exclude(answer=None).exists()


@pytest.mark.parametrize(("number", "shown"), [(9, 0), (10, 1)])
def test_an_anonymous_survey_with_few_answers_shows_none(subgroup, voters, number, shown):
    poll = survey(subgroup, ("yes_no", "Was je erbij?"))
    for voter in voters[:number]:
        answer(poll, voter, question_1="yes")

    poll = close_poll(poll=poll, by=None)

    assert len(question_results(poll, None, sees_figures=True)) == shown


def test_answers_by_name_are_seen_by_the_maker_alone(client, subgroup, voters):
    manager = member_of(subgroup, "manager")
    poll = survey(subgroup, ("text", "Wat neem je mee?"), secrecy="open", by=manager)
    answer(poll, voters[0], question_1="Taart")
    close_poll(poll=poll, by=None)
    names = reverse("poll-names", args=[poll.pk])

    pages = {}
    for reader in (manager, voters[1]):
        client.force_login(reader)
        pages[reader] = client.get(poll.get_absolute_url()).content.decode()

    assert f"{voters[0]}: Taart" in pages[manager]
    assert f"{voters[0]}: Taart" not in pages[voters[1]]
    assert client.get(names).status_code == 403


def test_a_survey_is_filled_in_once_and_before_closing(subgroup, voters):
    poll = survey(subgroup, *REVIEW)
    answer(poll, voters[0], question_1="no")

    with pytest.raises(AlreadyVoted):
        answer(poll, voters[0], question_1="yes")
    with time_machine.travel(poll.closes_at), pytest.raises(PollClosed):
        answer(poll, voters[1], question_1="yes")

    assert Elector.objects.filter(poll=poll, voted=True).count() == 1


BAD = [
    ({}, AnswerMissing),
    ({"question_1": "maybe"}, InvalidAnswer),
    ({"question_1": ["yes", "no"]}, InvalidAnswer),
    ({"question_1": "yes", "question_2": "11"}, InvalidAnswer),
    ({"question_1": "yes", "question_3": ["4"]}, InvalidAnswer),
    ({"question_1": "yes", "question_3": ["1", "1"]}, InvalidAnswer),
    ({"question_1": "no", "question_4": "x" * 1501}, InvalidAnswer),
    ({"question_1": "no", "question_4": "x" * 10_000_000}, InvalidAnswer),
    ({"question_1": "no", "question_4": "a\x00b"}, InvalidAnswer),
]


@pytest.mark.parametrize(("fields", "refusal"), BAD, ids=range(len(BAD)))
def test_a_malformed_sheet_is_refused_and_nothing_is_stored(subgroup, voters, fields, refusal):
    poll = survey(subgroup, *REVIEW)

    with pytest.raises(refusal):
        answer(poll, voters[0], **fields)

    assert not Sheet.objects.exists()
    assert not Elector.objects.filter(voted=True).exists()


def test_a_one_time_link_opens_without_an_account_and_only_once(client, subgroup, voters):
    poll = survey(subgroup, *REVIEW, links=2)
    tokens = hand_out_links(poll=poll)
    address = reverse("survey-by-link", args=[tokens[0]])

    page = client.get(address)
    first = client.post(address, {"question-1": "yes", "question-2": "9"})
    again = client.post(address, {"question-1": "no"})
    unknown = client.get(reverse("survey-by-link", args=["zomaar-iets"]))

    assert page.status_code == 200
    assert 'name="question-2"' in page.content.decode()
    assert (first.status_code, again.status_code, unknown.status_code) == (200, 200, 404)
    assert Elector.objects.filter(poll=poll, member=None, voted=True).count() == 1
    assert 'name="question-1"' not in client.get(address).content.decode()
    assert hand_out_links(poll=poll) == []
    assert not any(token in str(list(SurveyLink.objects.values())) for token in tokens)


def test_questions_are_frozen_once_the_survey_is_open_also_against_sql(subgroup, voters):
    poll = survey(subgroup, *REVIEW)

    with pytest.raises(DatabaseError), transaction.atomic():
        SurveyQuestion.objects.filter(poll=poll).update(text="Anders?")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM polls_surveyquestion WHERE poll_id = %s", [poll.pk])


def test_a_survey_needs_a_question_and_a_question_depends_on_an_earlier_one(subgroup, voters):
    poll = survey(subgroup, opens=False)

    with pytest.raises(SurveyEmpty):
        open_poll(poll=poll, by=None)
    with pytest.raises(DependsOnLater):
        add_question(poll=poll, kind="text", text="Waarom?", depends=(1, "yes"))


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_template_opens_in_dutch_and_is_ready_to_send(client, subgroup, voters, template):
    manager = member_of(subgroup, "manager")
    client.force_login(manager)
    closes = timezone.localtime(timezone.now() + timedelta(days=4)).strftime("%Y-%m-%dT%H:%M")
    fields = {"question": "Hoe was het?", "template": template, "secrecy": "secret", "shown": "after_close"}

    made = client.post(
        reverse("make-subgroup-poll", args=[subgroup.slug, "survey"]),
        {**fields, "audience": "everybody", "links": "0", "closes_at": closes},
    )
    draft = client.get(made["Location"]).content.decode()
    client.post(reverse("poll-open", args=[Poll.objects.get().pk]))
    ready = client.get(made["Location"]).content.decode()

    first = Poll.objects.get().questions.first()
    assert first.text in draft
    assert first.text.split()[0] in ("Hoe", "Ik", "Was")
    assert "Versturen" in ready


def test_start_from_writes_sections_and_branches(subgroup):
    poll = survey(subgroup, opens=False)

    start_from(poll=poll, template="event_review")

    assert list(poll.questions.values_list("number", "depends_on__number", "depends_answer")) == [
        (1, None, ""),
        (2, 1, "yes"),
        (3, 1, "yes"),
        (4, 1, "no"),
        (5, None, ""),
    ]


def test_a_question_is_taken_out_before_opening_unless_another_depends_on_it(client):
    subgroup = SubgroupFactory()
    maker = member_of(subgroup)
    poll = make_poll(subgroup, kind=Kind.SURVEY, options=(), by=maker)
    start_from(poll=poll, template="event_review")
    client.force_login(maker)
    address = reverse("survey-question-remove", args=[poll.pk])

    depended_on = client.post(address, {"number": "1"}, follow=True).content.decode()
    client.post(address, {"number": "5"})
    client.post(address, {"number": "3"})
    numbers = list(poll.questions.values_list("number", flat=True))
    open_poll(poll=poll, by=None)
    client.post(address, {"number": "1"})

    assert "alleen na deze vraag gesteld" in depended_on
    assert numbers == [1, 2, 3]
    assert poll.questions.count() == 3
