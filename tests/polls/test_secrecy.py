"""Envelopes, shares and the key store by themselves; the polls that use them are tested in test_secret_polls."""

import itertools
import stat

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from polls.secrecy import envelopes, keystore, shares
from polls.secrecy.envelopes import CannotOpen, TooLong, fingerprint, public_key, seal, unseal

PRIVATE = envelopes.new_private_key()
PUBLIC = public_key(PRIVATE)


@settings(max_examples=50, deadline=None)
@given(answer=st.text(max_size=60))
def test_an_envelope_gives_the_answer_back_and_always_has_one_length(answer):
    envelope = seal(answer, towards=PUBLIC, poll_id=3, elector_id=7)

    assert unseal(envelope, private_key=PRIVATE, poll_id=3, elector_id=7) == answer
    assert len(envelope) == 32 + envelopes.PADDED + 16


@pytest.mark.parametrize(("poll", "elector"), [(4, 7), (3, 8)])
def test_an_envelope_moved_to_another_row_cannot_be_opened(poll, elector):
    envelope = seal("2", towards=PUBLIC, poll_id=3, elector_id=7)

    with pytest.raises(CannotOpen):
        unseal(envelope, private_key=PRIVATE, poll_id=poll, elector_id=elector)


@pytest.mark.parametrize("at", [0, 40, -1])
def test_a_changed_or_cut_envelope_cannot_be_opened(at):
    envelope = bytearray(seal("2", towards=PUBLIC, poll_id=3, elector_id=7))
    envelope[at] ^= 1

    for broken in (bytes(envelope), bytes(envelope)[:20], b""):
        with pytest.raises(CannotOpen):
            unseal(broken, private_key=PRIVATE, poll_id=3, elector_id=7)


def test_another_key_opens_nothing():
    envelope = seal("2", towards=PUBLIC, poll_id=3, elector_id=7)

    with pytest.raises(CannotOpen):
        unseal(envelope, private_key=envelopes.new_private_key(), poll_id=3, elector_id=7)


def test_equal_answers_give_different_envelopes_and_fingerprints():
    one, other = (seal("2", towards=PUBLIC, poll_id=3, elector_id=7) for _ in range(2))

    assert one != other
    assert fingerprint(one) != fingerprint(other)
    assert fingerprint(one) == fingerprint(one)


def test_an_answer_that_does_not_fit_is_refused_and_not_cut_off():
    with pytest.raises(TooLong):
        seal("1" * 255, towards=PUBLIC, poll_id=3, elector_id=7)


@settings(max_examples=25, deadline=None)
@given(secret=st.binary(min_size=1, max_size=40), needed=st.integers(1, 4), spare=st.integers(0, 2))
def test_any_choice_of_enough_shares_gives_the_secret(secret, needed, spare):
    parts = shares.split(secret, needed=needed, shares=needed + spare)

    for chosen in itertools.combinations(parts, needed):
        assert shares.join(list(chosen)) == secret


def test_one_share_too_few_fits_every_secret():
    # With 2 of 3, each possible secret byte belongs to exactly one second share: one share alone excludes nothing.
    first, *_ = shares.split(b"\x2a", needed=2, shares=3)

    possible = {shares.join([first, bytes([2, value])]) for value in range(256)}

    assert len(possible) == 256


def test_a_share_opens_with_its_own_passphrase_only():
    locked = shares.lock(b"\x01secret", "vier woorden op papier")

    assert shares.unlock(locked, "vier woorden op papier") == b"\x01secret"
    with pytest.raises(shares.WrongPassphrase):
        shares.unlock(locked, "vier woorden op papieR")


def test_the_server_part_is_private_kept_once_and_gone_after_erasing():
    reference = keystore.new_reference()
    keystore.keep(reference, b"part")
    file = keystore.folder() / f"{reference}.key"

    assert keystore.read(reference) == b"part"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with pytest.raises(FileExistsError):
        keystore.keep(reference, b"other")

    keystore.erase(reference)
    keystore.erase(reference)
    assert not keystore.has(reference)
    with pytest.raises(keystore.KeyMissing):
        keystore.read(reference)
