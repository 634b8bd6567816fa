"""The SQL of a page's questions is kept; what it finds must be what the question finds when asked in the plain way."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from community.portal.demo import load_all
from finance.pots.models import Pot
from groups.conversations.models import Conversation
from groups.people.models import Enrolment, Member
from groups.subgroups.services import leave
from polls.models import Poll
from theme import kept, together
from theme.kept import Asked, NotKept, kept_rows, questions
from theme.kept.blanks import Blank
from theme.kept.questions import work_out

SEARCHES = ("/search/?q=boot", "/search/?q=de+100%25_boot", "/search/?q=caf%C3%A9&kind=messages")
PEOPLE = ("anneke", "marloes", "beheer", "bestuur", "penningmeester")


@pytest.fixture
def compared(monkeypatch):
    """Every question that is answered from kept SQL is asked in the plain way as well; gives what was compared."""
    seen, plain_sql, ready_rows = [], together._sql, questions._ready

    def both(question, rows):
        found = plain_sql(question, rows)
        if isinstance(rows, Asked):
            plain = plain_sql(question, rows.plainly())
            assert answer(found) == answer(plain), rows.function
            seen.append(rows.function)
        return found

    def same_rows(found, function, objects):
        ready = ready_rows(found, function, objects)
        assert list(ready_rows(found, function, objects)) == list(function(*objects)), function
        seen.append(function)
        return ready

    def answer(found):
        sql, parameters, _rows = found
        if sql is None:
            return []
        with connection.cursor() as cursor:
            cursor.execute(sql, parameters)
            return cursor.fetchall()

    monkeypatch.setattr(together, "_sql", both)
    monkeypatch.setattr(questions, "_ready", same_rows)
    return seen


def visit_everything(club, who) -> None:
    group = club.subgroups["zomertocht-friesland"]
    one = [
        rows.filter(subgroup=group).first().get_absolute_url()
        for rows in (Conversation.objects.filter(kind="thread"), Poll.objects.all(), Pot.objects.all())
    ]
    tabs = [f"/groups/{group.slug}/{part}/" for part in ("chat", "threads", "members", "polls", "pots", "agenda")]
    client = Client()
    client.force_login(club.people[who])
    for path in ["/", "/announcements/", "/polls/", "/members/", "/tasks/", "/desk/", *SEARCHES, *tabs, *one]:
        client.get(path)


@pytest.mark.django_db
def test_kept_questions_find_what_plain_questions_find(compared):
    club = load_all()

    for who in PEOPLE:
        visit_everything(club, who)

    assert len(set(compared)) > 25
    assert [variant for variants in questions._store.values() for variant in variants if variant.is_plain] == []


@pytest.mark.django_db
def test_kept_questions_follow_rights_that_end(compared):
    club = load_all()
    anneke = club.people["anneke"]
    visit_everything(club, "anneke")

    leave(subgroup=club.subgroups["zomertocht-friesland"], member=anneke)
    visit_everything(club, "anneke")
    Enrolment.objects.filter(member=anneke).update(ends_on=timezone.localdate() - timedelta(days=1))
    visit_everything(club, "anneke")


def test_nothing_of_a_member_is_decided_on_a_blank():
    member = Member(pk=7, first_name="Joke")
    for decide in (
        lambda who: who.pk == 7,
        lambda who: who.pk in {7: "seven"},
        lambda who: bool(who.pk),
        lambda who: f"member.{who.pk}",
        lambda who: who == member,
        lambda who: who.first_name,
        lambda who: sorted([who.pk, 3]),
    ):
        questions._store.clear()
        assert work_out(("a question",), decide, (member,)).is_plain

    with pytest.raises(TypeError, match="holds on to something"):
        Asked(lambda who: Member.objects.filter(pk=member.pk), member)


@pytest.mark.django_db
def test_a_question_that_asks_on_the_way_or_holds_a_moment_is_asked_plainly():
    member = Member(pk=7)
    member.remembers = True

    asks = work_out(("asks",), lambda who: Member.objects.filter(pk__in=list(Member.objects.all()[:1])), (member,))
    late = work_out(("late",), lambda who: Member.objects.filter(created_at__lt=timezone.now()), (member,))
    fine = work_out(("fine",), lambda who: Member.objects.filter(pk=who.pk, created_at__lt=kept.now()), (member,))

    assert (asks.is_plain, late.is_plain, fine.is_plain) == (True, True, False)
    assert 7 in fine.filled((member,))


@pytest.mark.django_db
def test_kept_rows_are_read_and_not_narrowed_afterwards():
    member = Member.objects.create(first_name="Joke", email="joke@vereniging.example")
    member.remembers = True
    ask = _same

    assert list(kept_rows(ask, member)) == list(kept_rows(ask, member)) == [member]
    with pytest.raises(TypeError):
        kept_rows(ask, member).filter(pk=0)
    with pytest.raises(TypeError):
        kept_rows(ask, member).count()


def _same(member):
    return Member.objects.filter(pk=member.pk)


@pytest.mark.django_db
def test_two_members_get_their_own_answers_from_one_kept_question(django_assert_num_queries):
    one, other = (Member.objects.create(first_name=name, email=f"{name}@vereniging.example") for name in "ab")
    one.remembers = other.remembers = True

    assert [list(kept_rows(_same, who)) for who in (one, other)] == [[one], [other]]
    assert len(questions._store) == 1


def test_a_blank_says_why_it_cannot_be_used():
    with pytest.raises(NotKept, match="written out"):
        str(Blank(lambda objects: 1))
