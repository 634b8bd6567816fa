"""Taking a member out of the house, and knowing afterwards that it was done."""

import json
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from community.privacy.errors import (
    ErasureUnderWay,
    LastManagerLeaves,
    MoneyUnderWay,
    NothingToWithdraw,
    UnderLegalHold,
)
from community.privacy.models import Erasure, LegalHold
from groups.people.access import members_with_right
from groups.people.audit import record
from groups.people.models import Member
from notifications.live import disconnect_member
from notifications.services import notify
from theme.personal_data import all_personal_data, waits_for
from theme.retention import keep_holds_out

COOLING_OFF = timedelta(days=7)


def erasure_under_way(member) -> Erasure | None:
    return Erasure.objects.filter(member=member, withdrawn_at__isnull=True, done_at__isnull=True).first()


@transaction.atomic
def ask_erasure(*, member, posts: str) -> Erasure:
    """The member wants to go. Nothing happens for seven days, so that a mistake or a thief can be stopped.

    Raises ErasureUnderWay, LastManagerLeaves.
    """
    Member.objects.select_for_update().get(pk=member.pk)
    if erasure_under_way(member):
        raise ErasureUnderWay
    managers = members_with_right("manage_members")
    if managers.filter(pk=member.pk).exists() and not managers.exclude(pk=member.pk).exists():
        raise LastManagerLeaves
    erasure = Erasure.objects.create(member=member, posts=posts, due_at=timezone.now() + COOLING_OFF)
    record(by=member, act="privacy.erasure_asked", about=erasure)
    notify(
        member_ids=[member.pk],
        kind="privacy.erasure_asked",
        key=f"erasure:{erasure.pk}",
        context={"erasure": erasure.pk, "due_at": erasure.due_at.isoformat()},
    )
    return erasure


@transaction.atomic
def withdraw_erasure(*, member) -> Erasure:
    """The member stays after all. Raises NothingToWithdraw."""
    erasure = Erasure.objects.select_for_update().filter(member=member, withdrawn_at__isnull=True, done_at__isnull=True)
    if not (found := erasure.first()):
        raise NothingToWithdraw
    found.withdrawn_at = timezone.now()
    found.save(update_fields=["withdrawn_at"])
    record(by=member, act="privacy.erasure_withdrawn", about=found)
    return found


def erase_due(now=None) -> int:
    """Erase everybody whose seven days are over; returns how many. Who is under a hold or has money under way waits."""
    due = Erasure.objects.filter(
        withdrawn_at__isnull=True, done_at__isnull=True, due_at__lte=now or timezone.now()
    ).order_by("pk")
    done = 0
    for erasure in due:
        try:
            done += erase(erasure=erasure)
        except (UnderLegalHold, MoneyUnderWay):
            continue
    return done


@transaction.atomic
def erase(*, erasure: Erasure) -> bool:
    """Take the member out of every registered kind of data. False when it was withdrawn or done in the meantime."""
    erasure = Erasure.objects.select_for_update().get(pk=erasure.pk)
    if erasure.done_at or erasure.withdrawn_at:
        return False
    keep_holds_out()
    if _is_held(erasure.member):
        raise UnderLegalHold
    if waits_for(erasure.member):
        raise MoneyUnderWay
    erasure.counts = erase_member(erasure.member, removing_posts=erasure.posts == Erasure.Posts.REMOVE)
    erasure.done_at = timezone.now()
    erasure.save(update_fields=["counts", "done_at"])
    record(by=None, act="privacy.erased", about=erasure, details={"counts": erasure.counts})

    def note():
        note_outside_the_database(erasure)

    transaction.on_commit(note)
    return True


def _is_held(member) -> bool:
    """A hold on everything, or on a group the member is or was in."""
    holds = LegalHold.objects.filter(confirmed_at__isnull=False, lifted_at__isnull=True)
    return holds.filter(Q(subgroup__isnull=True) | Q(subgroup__in=member.memberships.values("subgroup"))).exists()


def erase_member(member, removing_posts: bool = False) -> dict[str, int]:
    """Erase what is registered about `member`; returns rows touched per kind. May be repeated."""
    counts = {data.model: data.erase_rows_of(member, removing_posts) for data in all_personal_data()}
    disconnect_member(member.pk)
    return {model: count for model, count in counts.items() if count}


def erasure_notes() -> Path:
    """Who was erased, by number only. Lies outside the database, so that a restored back-up can be erased again."""
    return Path(settings.DATA_DIR) / "erasures.jsonl"


def note_outside_the_database(erasure: Erasure) -> None:
    line = {"member": erasure.member_id, "posts": erasure.posts, "done_at": erasure.done_at.isoformat()}
    with erasure_notes().open("a") as notes:
        notes.write(json.dumps(line) + "\n")


def erase_again() -> int:
    """After a restore: erase everybody who had been erased since the back-up was made; returns how many."""
    if not erasure_notes().exists():
        return 0
    again = 0
    for line in erasure_notes().read_text().splitlines():
        note = json.loads(line)
        member = Member.objects.filter(pk=note["member"], email__isnull=False).first()
        if member:
            with transaction.atomic():
                erase_member(member, removing_posts=note["posts"] == Erasure.Posts.REMOVE)
            again += 1
    return again
