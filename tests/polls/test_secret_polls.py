"""Properties P19 to P24 and P27: what a secret poll keeps from everybody, on this database."""

import shutil
from collections import Counter
from pathlib import Path

import pytest
import time_machine
from django.core.cache import cache
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from polls.errors import (
    EnvelopeUnreadable,
    KeyLost,
    PassphraseTooShort,
    PollClosed,
    SecretShowsLater,
    TellerIsCandidate,
    TellersNotReady,
    TooFewForSecret,
    WrongPassphrases,
)
from polls.models import Elector, Kind, Poll, PollKey, Secrecy, Tally, Teller
from polls.queries import right_to_vote, shown_result
from polls.secrecy import keystore
from polls.secrecy.envelopes import fingerprint
from polls.services import close_poll, count_running, count_with_tellers, draw_lots, open_poll, prepare_teller
from polls.services.sealing import erase_leftovers, key_is_missing, open_envelopes
from tests.factories import SubgroupFactory, member_of
from tests.factories_polls import make_poll, running_poll, vote

pytestmark = pytest.mark.django_db

PASSPHRASES = ["bloempot vier zadel mist", "kaars tegel wolk brood", "sleutel mos trein peper"]


@pytest.fixture
def subgroup():
    return SubgroupFactory()


@pytest.fixture
def voters(subgroup):
    return [member_of(subgroup) for _ in range(12)]


def secret_poll(subgroup, **fields):
    return running_poll(subgroup, secrecy=Secrecy.SECRET, **fields)


def tellers_poll(subgroup, **fields):
    """A secret election that is open, with three tellers who know their passphrase."""
    tellers = [member_of(subgroup) for _ in PASSPHRASES]
    options = fields.pop("options", ("Ans", "Bo", "Cas"))
    values = {"method": "plurality", "kind": Kind.ELECTION, **fields}
    poll = make_poll(subgroup, secrecy=Secrecy.SECRET, options=options, tellers=tellers, **values)
    for teller, passphrase in zip(poll.tellers.order_by("pk"), PASSPHRASES, strict=True):
        prepare_teller(teller=teller, passphrase=passphrase)
    return open_poll(poll=poll, by=None)


def given(poll, *which, wrong=()):
    tellers = list(poll.tellers.order_by("pk"))
    return {tellers[at].pk: "fout fout fout fout" if at in wrong else PASSPHRASES[at] for at in which}


def vote_all(poll, voters, choices):
    for voter, choice in zip(voters, choices, strict=False):
        vote(poll, voter, choice=choice)


def test_the_server_counts_an_informal_secret_poll_at_closing(subgroup, voters):
    poll = secret_poll(subgroup)
    vote_all(poll, voters, [1, 1, 2] * 4)
    vote(poll, voters[0], choice=3)

    close_poll(poll=poll, by=None)

    tally = Tally.objects.get(poll=poll)
    assert tally.result["votes"] == {"1": 7, "2": 4, "3": 1}
    assert not Elector.objects.filter(poll=poll, sealed__isnull=False).exists()
    assert not Elector.objects.filter(poll=poll, answer__isnull=False).exists()


def test_an_envelope_and_nothing_else_is_stored_and_all_have_one_length(subgroup, voters):
    poll = secret_poll(subgroup)
    vote_all(poll, voters, [1, 2, 3] * 4)

    rows = Elector.objects.filter(poll=poll, voted=True)
    assert {len(bytes(row.sealed)) for row in rows} == {304}
    assert {row.answer for row in rows} == {None}
    assert len({bytes(row.sealed) for row in rows}) == 12


def test_two_of_three_tellers_count_and_one_cannot(subgroup, voters):
    poll = tellers_poll(subgroup)
    vote_all(poll, voters, [1] * 7 + [2] * 5)
    close_poll(poll=poll, by=None)
    assert Poll.objects.get(pk=poll.pk).state == Poll.State.CLOSED

    for refused in (given(poll, 0), given(poll, 0, 1, wrong=[1]), given(poll, 0, 1, 2, wrong=[0, 2]), {}):
        with pytest.raises(WrongPassphrases):
            count_with_tellers(poll=poll, passphrases=refused, by=None)
        assert Elector.objects.filter(poll=poll, sealed__isnull=False).count() == 12
    count_with_tellers(poll=poll, passphrases=given(poll, 0, 1, 2, wrong=[1]), by=None)

    assert Tally.objects.get(poll=poll).result["elected"] == [1]


def test_tellers_cannot_count_before_closing(subgroup, voters):
    poll = tellers_poll(subgroup)
    vote_all(poll, voters, [1] * 12)

    same = count_with_tellers(poll=poll, passphrases=given(poll, 0, 1), by=None)

    assert same.state == Poll.State.OPEN
    assert not Tally.objects.exists()


def test_an_election_does_not_open_before_its_tellers_are_ready(subgroup, voters):
    poll = make_poll(
        subgroup, secrecy="secret", kind=Kind.ELECTION, method="plurality", tellers=voters[:3], options=("Ans", "Bo")
    )

    with pytest.raises(TellersNotReady):
        open_poll(poll=poll, by=None)
    with pytest.raises(PassphraseTooShort):
        prepare_teller(teller=poll.tellers.first(), passphrase="te kort")

    assert not PollKey.objects.exists()


def test_a_candidate_is_no_teller_of_the_own_election(subgroup, voters):
    with pytest.raises(TellerIsCandidate):
        make_poll(
            subgroup,
            secrecy="secret",
            kind=Kind.ELECTION,
            tellers=voters[:3],
            options=(voters[0].display_name, "Bo"),
        )


def test_an_envelope_moved_to_another_elector_or_poll_stops_the_count(subgroup, voters):
    for steal in ("same", "other"):
        poll, other = secret_poll(subgroup), secret_poll(subgroup)
        vote_all(poll, voters, [1] * 6)
        vote_all(other, voters, [2] * 6)
        source = Elector.objects.filter(poll=poll if steal == "same" else other, voted=True).order_by("pk")[0]
        target = Elector.objects.filter(poll=poll, voted=True).order_by("pk")[1]
        Elector.objects.filter(pk=target.pk).update(sealed=source.sealed)

        with pytest.raises(EnvelopeUnreadable):
            close_poll(poll=poll, by=None)

        poll.refresh_from_db()
        assert poll.state == Poll.State.OPEN
        assert Elector.objects.filter(poll=poll, sealed__isnull=False).count() == 6


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_after_counting_an_old_copy_with_all_passphrases_and_the_server_as_left_opens_nothing(tmp_path):
    subgroup = SubgroupFactory()
    voters = [member_of(subgroup) for _ in range(6)]
    poll = tellers_poll(subgroup)
    vote_all(poll, voters, [1, 2] * 3)
    stolen = list(Elector.objects.filter(poll=poll, voted=True).values_list("pk", "sealed"))
    backup = tmp_path / "backup"
    close_poll(poll=poll, by=None)
    count_with_tellers(poll=poll, passphrases=given(poll, 0, 1, 2), by=None)
    shutil.copytree(keystore.folder(), backup)

    # The thief puts the envelopes of the old copy back in place and has every passphrase.
    connection.cursor().execute(
        "DROP TRIGGER vote_in_time" + ("" if connection.vendor == "sqlite" else " ON polls_elector")
    )
    for pk, sealed in stolen:
        Elector.objects.filter(pk=pk).update(sealed=sealed)

    assert list(backup.iterdir()) == []
    with pytest.raises(KeyLost):
        open_envelopes(poll)


def test_a_missing_key_file_is_told_while_the_poll_is_open(client, subgroup, voters):
    poll = secret_poll(subgroup)
    client.force_login(voters[0])
    before = client.get(poll.get_absolute_url()).content.decode()

    keystore.erase(poll.key.reference)
    after = client.get(poll.get_absolute_url()).content.decode()

    assert key_is_missing(poll)
    assert "sleutelbestand" not in before
    assert "sleutelbestand" in after
    with pytest.raises(KeyLost):
        close_poll(poll=poll, by=None)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_the_server_part_is_erased_after_commit_also_after_a_crash_in_between():
    subgroup = SubgroupFactory()
    voters = [member_of(subgroup) for _ in range(4)]
    poll = secret_poll(subgroup)
    vote_all(poll, voters, [1] * 4)

    close_poll(poll=poll, by=None)
    gone = not keystore.has(poll.key.reference)
    keystore.keep(poll.key.reference, b"left behind by a crash")
    erase_leftovers()

    assert gone
    assert not keystore.has(poll.key.reference)


@pytest.mark.parametrize("electors", [0, 1, 2])
def test_a_secret_poll_is_refused_with_fewer_than_three_voters(subgroup, electors):
    for _ in range(electors):
        member_of(subgroup)

    with pytest.raises(Exception) as refusal:
        secret_poll(subgroup)

    assert electors == 0 or isinstance(refusal.value, TooFewForSecret)
    assert not Elector.objects.exists()


def test_with_fewer_than_three_votes_the_envelopes_are_destroyed_and_the_poll_is_void(subgroup, voters):
    poll = secret_poll(subgroup)
    vote_all(poll, voters, [1, 2])

    close_poll(poll=poll, by=None)

    poll.refresh_from_db()
    assert poll.state == Poll.State.VOID
    assert not Tally.objects.exists()
    assert not Elector.objects.filter(sealed__isnull=False).exists()


@pytest.mark.parametrize(("number", "figures_when_few", "bars"), [(9, False, 0), (9, True, 3), (10, False, 3)])
def test_with_few_votes_only_the_outcome_is_shown(subgroup, voters, number, figures_when_few, bars):
    poll = secret_poll(subgroup, figures_when_few=figures_when_few)
    vote_all(poll, voters, [1] * number)
    result = shown_result(close_poll(poll=poll, by=None), None, sees_figures=True)

    assert len(result.bars) == bars
    assert bool(bars) == ("10" in result.sentence or "9" in result.sentence)


@pytest.mark.parametrize("shown", ["live", "after_vote"])
def test_a_secret_poll_with_moving_totals_cannot_be_made(subgroup, shown):
    with pytest.raises(SecretShowsLater):
        make_poll(subgroup, secrecy="secret", shown=shown)


def test_a_secret_poll_cannot_become_another_kind_reopen_or_get_late_electors(subgroup, voters):
    poll = secret_poll(subgroup)
    vote_all(poll, voters, [1] * 4)
    attacks = [
        lambda: Poll.objects.filter(pk=poll.pk).update(secrecy="open"),
        lambda: Elector.objects.create(poll=poll, member=member_of(subgroup)),
    ]
    for attack in attacks:
        with pytest.raises(DatabaseError), transaction.atomic():
            attack()
    close_poll(poll=poll, by=None)

    with pytest.raises(DatabaseError), transaction.atomic():
        Poll.objects.filter(pk=poll.pk).update(state="open", closed_at=None)
    with pytest.raises(PollClosed):
        vote(poll, voters[5], choice=1)


def dump_of(poll):
    """The logical content of everything about the poll, without the bytes that are random by design."""
    electors = (
        Elector.objects.filter(poll=poll)
        .order_by("member")
        .values_list("member", "weight", "voted", "answer", "sealed")
    )
    tally = Tally.objects.filter(poll=poll).values_list("profile", "voters", "entitled", "result").get()
    return list(electors), tally, Poll.objects.filter(pk=poll.pk).values_list("state", "secrecy").get()


def test_the_same_poll_with_two_choices_exchanged_leaves_the_same_database(subgroup, voters):
    first, second = secret_poll(subgroup), secret_poll(subgroup)
    vote_all(first, voters, [1, 2, 3] + [1] * 7)
    vote_all(second, voters, [2, 1, 3] + [1] * 7)

    for poll in (first, second):
        close_poll(poll=poll, by=None)

    assert dump_of(first) == dump_of(second)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_the_text_of_a_choice_is_nowhere_before_closing(caplog, client):
    """The canary is a ranking that no other text in the system equals."""
    subgroup = SubgroupFactory()
    voters = [member_of(subgroup) for _ in range(3)]
    options = tuple(f"Optie {number}" for number in range(1, 10))
    poll = secret_poll(subgroup, kind=Kind.RANKING, options=options)
    canary = "7>3=9>1>8"
    client.force_login(voters[0])

    client.post(poll.get_absolute_url(), {"rank-7": "1", "rank-3": "2", "rank-9": "2", "rank-1": "3", "rank-8": "4"})

    assert right_to_vote(poll, voters[0]).voted
    assert canary not in _everything_stored()
    assert canary not in caplog.text
    assert canary not in str(dict(client.session)) + str(getattr(cache, "_cache", ""))
    page = client.get(poll.get_absolute_url() + "?change").content.decode()
    assert 'value="1"' not in page


def _everything_stored() -> str:
    if connection.vendor == "sqlite":
        name = Path(connection.settings_dict["NAME"])
        files = [name, *name.parent.glob(f"{name.name}-*")]
        return "".join(file.read_bytes().decode("latin-1") for file in files)
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = [row[0] for row in cursor.fetchall()]
        texts = []
        for table in tables:
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            texts += [row[0] for row in cursor.fetchall()]
    return "\n".join(texts)


@pytest.mark.skipif("connection.vendor != 'postgresql'")
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_after_closing_all_votes_carry_one_transaction_number():
    subgroup = SubgroupFactory()
    voters = [member_of(subgroup) for _ in range(8)]
    poll = secret_poll(subgroup)
    vote_all(poll, voters, [1, 2] * 4)

    close_poll(poll=poll, by=None)

    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT xmin::text FROM polls_elector WHERE poll_id = %s AND voted", [poll.pk])
        assert len(cursor.fetchall()) == 1


def test_row_keys_are_random_so_that_their_order_tells_nothing(subgroup, voters):
    poll = secret_poll(subgroup)
    by_key = list(Elector.objects.filter(poll=poll).order_by("pk").values_list("member", flat=True))

    assert by_key != sorted(by_key)


def test_no_page_shows_anything_of_a_secret_poll_before_its_count(client, subgroup, voters):
    poll = tellers_poll(subgroup)
    vote_all(poll, voters, [1] * 12)
    assert count_running(poll.pk) is None

    for moment in ("open", "closed"):
        for name in ("poll", "poll-names", "poll-figures", "poll-csv", "poll-pdf", "poll-ballots", "poll-envelopes"):
            client.force_login(voters[0])
            content = client.get(reverse(name, args=[poll.pk])).content.decode("latin-1")
            assert "data-bar" not in content, (moment, name)
        with time_machine.travel(poll.closes_at):
            close_poll(poll=poll, by=None)


def test_a_voter_finds_the_own_envelope_in_the_published_list(client, subgroup, voters):
    poll = secret_poll(subgroup)
    vote_all(poll, voters, [1] * 11)
    client.force_login(voters[11])
    client.post(poll.get_absolute_url(), {"choice": "2"})
    code = fingerprint(right_to_vote(poll, voters[11]).sealed)
    shown = client.get(poll.get_absolute_url()).content.decode()

    close_poll(poll=poll, by=None)
    listed = client.get(reverse("poll-envelopes", args=[poll.pk])).content.decode()

    assert code in shown
    assert code in listed
    assert listed.count("<code>") == 12


def test_three_tellers_walk_an_election_through_the_pages(client, subgroup, voters):
    tellers = [member_of(subgroup) for _ in range(3)]
    manager = member_of(subgroup, "manager")
    poll = make_poll(
        subgroup,
        secrecy="secret",
        kind=Kind.ELECTION,
        method="absolute_majority",
        options=("Ans", "Bo"),
        tellers=tellers,
        by=manager,
        shown="after_publication",
    )
    for member, passphrase in zip(tellers, PASSPHRASES, strict=True):
        client.force_login(member)
        client.post(reverse("poll-passphrase", args=[poll.pk]), {"passphrase": passphrase, "again": passphrase})
    client.force_login(manager)
    client.post(reverse("poll-open", args=[poll.pk]))
    vote_all(poll, voters, [1] * 8 + [2] * 4)
    client.post(reverse("poll-close", args=[poll.pk]))
    client.force_login(tellers[2])
    client.post(
        reverse("poll-count", args=[poll.pk]), {f"passphrase-{pk}": text for pk, text in given(poll, 0, 2).items()}
    )
    hidden = client.get(poll.get_absolute_url()).content.decode()
    client.post(reverse("poll-publish", args=[poll.pk]))
    shown = client.get(poll.get_absolute_url()).content.decode()

    assert "Gekozen: Ans." not in hidden
    assert "Gekozen: Ans." in shown
    poll.refresh_from_db()
    assert poll.state == Poll.State.PUBLISHED


def test_a_passphrase_is_for_the_teller_alone(client, subgroup, voters):
    poll = make_poll(subgroup, secrecy="secret", kind=Kind.ELECTION, options=("Ans", "Bo"), tellers=voters[:3])
    client.force_login(voters[5])

    response = client.post(
        reverse("poll-passphrase", args=[poll.pk]), {"passphrase": PASSPHRASES[0], "again": PASSPHRASES[0]}
    )

    assert response.status_code in (403, 404)
    assert not Teller.objects.filter(locked__isnull=False).exists()


def test_a_draw_settles_a_tie_and_can_be_run_again_elsewhere(subgroup, voters, tmp_path, capsys):
    poll = tellers_poll(subgroup, options=("Ans", "Bo"))
    vote_all(poll, voters, [1, 2] * 6)
    close_poll(poll=poll, by=None)
    poll = count_with_tellers(poll=poll, passphrases=given(poll, 1, 2), by=None)
    before = Tally.objects.get(poll=poll).result

    draw = draw_lots(poll=poll, by=voters[0], seed="dobbelstenen 4 2 6", witnesses="Ans en Bo")
    names = tmp_path / "names.txt"
    names.write_text("Bo\nAns\n")
    call_command("draw", "dobbelstenen 4 2 6", str(names))

    texts = dict(poll.options.values_list("number", "text"))
    assert before["elected"] == []
    assert capsys.readouterr().out.split() == [texts[number] for number in draw.order]
    assert texts[draw.order[0]] in shown_result(poll, None, sees_figures=True).sentence
    assert Tally.objects.get(poll=poll).result == before
    with pytest.raises(DatabaseError), transaction.atomic():
        draw.order = []
        draw.save()


def test_the_profile_of_a_count_is_what_was_cast(subgroup, voters):
    poll = secret_poll(subgroup, most_choices=2)
    vote_all(poll, voters, [[1, 2], [1], [3], [1, 2]])

    close_poll(poll=poll, by=None)

    assert Tally.objects.get(poll=poll).profile == dict(Counter(["1,2", "1", "3", "1,2"]))
