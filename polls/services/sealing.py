"""Secret polls: the key at opening, the envelope at casting, opening all envelopes at counting."""

import os
from collections import Counter
from dataclasses import dataclass

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from groups.people.audit import record
from polls.errors import (
    EnvelopeUnreadable,
    KeyLost,
    PassphraseTooShort,
    SecretShowsLater,
    TellersNotReady,
    TooFewForSecret,
    WeightsTellTales,
    WrongPassphrases,
)
from polls.models import Elector, Kind, Poll, PollKey, Teller
from polls.receipts import parted
from polls.rules import Shown
from polls.secrecy import keystore, shares
from polls.secrecy.envelopes import CannotOpen, Opener, fingerprint, new_private_key, public_key, seal, unseal
from polls.services.locks import hold_poll

FEWEST_ELECTORS = 3
FEWEST_PER_WEIGHT = 10
TELLERS, TELLERS_NEEDED = 3, 2
SHORTEST_PASSPHRASE = 16


@transaction.atomic
def prepare_teller(*, teller: Teller, passphrase: str) -> None:
    """The teller chooses a passphrase, before opening. It is stored nowhere; it locks the teller's own key."""
    hold_poll(teller.poll_id)
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise PassphraseTooShort
    private = new_private_key()
    locked = shares.lock(private, passphrase)
    Teller.objects.filter(pk=teller.pk, share=None).update(public=public_key(private), locked=locked)


def check_secret_rules(poll: Poll) -> None:
    """What a secret poll must have whatever its kind; asked when it is made. Raises SecretShowsLater."""
    if poll.is_secret and poll.rules.shown not in (Shown.AFTER_CLOSE, Shown.AFTER_PUBLICATION):
        raise SecretShowsLater


def make_key(poll: Poll) -> PollKey:
    """The key of a poll that is opening. The caller holds the poll and has written its electors."""
    _check_electors(poll)
    tellers = list(poll.tellers.all())
    if (poll.kind == Kind.ELECTION and len(tellers) < TELLERS) or not all(teller.is_ready for teller in tellers):
        raise TellersNotReady
    reference, server_part, tellers_part = keystore.new_reference(), os.urandom(32), b""
    if tellers:
        tellers_part = os.urandom(32)
        _hand_out(tellers, tellers_part)
    keystore.keep(reference, server_part)
    public = public_key(_private_key(server_part, tellers_part))
    needed = TELLERS_NEEDED if tellers else 0
    return PollKey.objects.create(poll=poll, public=public, reference=reference, needed=needed)


def _check_electors(poll: Poll) -> None:
    weights = Elector.objects.filter(poll=poll).order_by().values("weight").annotate(electors=Count("pk"))
    numbers = list(weights.values_list("electors", flat=True))
    if sum(numbers) < FEWEST_ELECTORS:
        raise TooFewForSecret
    if len(numbers) > 1 and min(numbers) < FEWEST_PER_WEIGHT:
        raise WeightsTellTales


def _hand_out(tellers: list[Teller], secret: bytes) -> None:
    parts = shares.split(secret, needed=TELLERS_NEEDED, shares=len(tellers))
    for teller, part in zip(tellers, parts, strict=True):
        sealed = seal(part.hex(), towards=bytes(teller.public), poll_id=teller.poll_id, elector_id=teller.pk)
        Teller.objects.filter(pk=teller.pk).update(share=sealed)


def _private_key(server_part: bytes, tellers_part: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt=b"", info=b"paraplu poll key 1").derive(server_part + tellers_part)


def sealed_answer(poll: Poll, elector_id: int, answer: str) -> bytes:
    return seal(answer, towards=bytes(poll.key.public), poll_id=poll.pk, elector_id=elector_id)


def key_is_missing(poll: Poll) -> bool:
    """Whether the server part is gone while envelopes wait for it: seen on the open page, and not at closing."""
    key = PollKey.objects.filter(poll=poll, destroyed_at=None).first()
    return key is not None and not keystore.has(key.reference)


@transaction.atomic
def count_with_tellers(*, poll: Poll, passphrases: dict[int, str], by) -> Poll:
    """Enough tellers come together, by {teller id: passphrase}; wrong ones change nothing.

    Raises WrongPassphrases, KeyLost, EnvelopeUnreadable.
    """
    from polls.services.counting import count_finally

    poll = hold_poll(poll.pk)
    if poll.state != Poll.State.CLOSED:
        return poll
    tellers_part = _tellers_part(poll, passphrases)
    count_finally(poll, open_envelopes(poll, tellers_part))
    record(by=by, act="poll.counted_by_tellers", about=poll, details={"tellers": sorted(passphrases)})
    return poll


def _tellers_part(poll: Poll, passphrases: dict[int, str]) -> bytes:
    parts = []
    for teller in poll.tellers.filter(pk__in=passphrases):
        try:
            private = shares.unlock(teller.locked, passphrases[teller.pk])
        except shares.WrongPassphrase:
            continue
        part = unseal(teller.share, private_key=private, poll_id=poll.pk, elector_id=teller.pk)
        parts.append(bytes.fromhex(part))
    if len(parts) < poll.key.needed:
        raise WrongPassphrases
    return shares.join(parts[: poll.key.needed])


@dataclass(frozen=True)
class Opened:
    """What envelopes hold: votes per answer, their fingerprints, and (code, answer) where codes were given.

    Both lists are sorted, so that they keep nothing of the order of the rows.
    """

    profile: Counter
    prints: list[str]
    receipts: list[tuple[str, str]]


def open_envelopes(poll: Poll, tellers_part: bytes = b"") -> Opened:
    """Open all envelopes in memory. The caller holds the poll. Raises KeyLost, EnvelopeUnreadable."""
    opener = Opener(private_key_of(poll, tellers_part))
    profile, prints, receipts = Counter(), [], []
    electors = Elector.objects.filter(poll=poll, sealed__isnull=False)
    for elector_id, weight, sealed in electors.values_list("pk", "weight", "sealed").iterator():
        try:
            answer, code = parted(opener.unseal(sealed, poll_id=poll.pk, elector_id=elector_id))
        except CannotOpen as error:
            raise EnvelopeUnreadable from error
        profile[answer] += weight
        prints.append(fingerprint(sealed))
        if code:
            receipts.append((code, answer))
    return Opened(profile, sorted(prints), sorted(receipts))


def private_key_of(poll: Poll, tellers_part: bytes = b"") -> bytes:
    """Raises KeyLost when the server part is not in the key store."""
    try:
        return _private_key(keystore.read(poll.key.reference), tellers_part)
    except keystore.KeyMissing as error:
        raise KeyLost from error


def destroy_envelopes(poll: Poll) -> None:
    """Empty every envelope, and after commit erase the server part: from now on no old backup opens anything."""
    Elector.objects.filter(poll=poll, voted=True).update(sealed=None)
    PollKey.objects.filter(poll=poll).update(destroyed_at=timezone.now())
    reference = poll.key.reference

    def erase():
        keystore.erase(reference)

    transaction.on_commit(erase)


def erase_leftovers() -> None:
    """Erase server parts that a crash between commit and erasing left behind."""
    for reference in PollKey.objects.filter(destroyed_at__isnull=False).values_list("reference", flat=True):
        keystore.erase(reference)
