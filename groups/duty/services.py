"""Planning turns, handing them over, and the emergency text."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from groups.duty.errors import AlreadyAsked, HandoverGone, NotInTheGroup, TurnOver, TurnsOverlap
from groups.duty.models import EmergencyText, Turn, TurnHandover
from groups.people.audit import record
from groups.people.models import Member
from groups.subgroups.access import members_of
from groups.subgroups.models import Subgroup
from notifications.services import notify, settle_notices
from theme.cleantext import clean_text

ASKED = "duty.asked"


@transaction.atomic
def plan_turn(*, subgroup: Subgroup, member: Member, starts_at: datetime, ends_at: datetime, by: Member) -> Turn:
    """Put a member of the group on duty between two moments. They hear of it. Raises TurnsOverlap, NotInTheGroup.

    The caller has checked that `by` plans here and that the end comes after the beginning.
    """
    Subgroup.objects.select_for_update().get(pk=subgroup.pk)  # two plans at once are compared one after the other
    _check_place(subgroup, member)
    if Turn.objects.filter(subgroup=subgroup, starts_at__lt=ends_at, ends_at__gt=starts_at).exists():
        raise TurnsOverlap
    turn = Turn.objects.create(subgroup=subgroup, member=member, starts_at=starts_at, ends_at=ends_at, planned_by=by)
    if member.pk != by.pk:
        _tell(turn, [member.pk], "duty.planned")
    return turn


@transaction.atomic
def cancel_turn(*, turn: Turn, by: Member) -> None:
    """Take a turn off the roster; who had it hears of it."""
    turn = Turn.objects.select_for_update(of=("self",)).select_related("subgroup").get(pk=turn.pk)
    settle_notices(key=key_of(turn), kind=ASKED)
    if turn.member_id != by.pk:
        context = {"subgroup": turn.subgroup_id, "starts_at": turn.starts_at.isoformat()}
        notify(
            member_ids=[turn.member_id], kind="duty.cancelled", key=key_of(turn), context=context,
            place=turn.subgroup.stream,
        )  # fmt: skip
    record(by=by, act="duty.cancelled", about=turn.subgroup, subgroup_id=turn.subgroup_id)
    turn.delete()


@transaction.atomic
def ask_handover(*, turn: Turn, to: Member, by: Member) -> TurnHandover:
    """Ask another member of the group to take the turn. Raises TurnOver, AlreadyAsked, NotInTheGroup.

    The caller has checked that the turn is `by`'s own.
    """
    turn = _open(turn)
    _check_place(turn.subgroup, to)
    if turn.member_id != by.pk:
        raise HandoverGone
    if turn.handovers.filter(answered_at__isnull=True).exists():
        raise AlreadyAsked
    asked = turn.handovers.create(giver=by, asked=to)
    _tell(turn, [to.pk], ASKED)
    return asked


@transaction.atomic
def answer_handover(*, handover: TurnHandover, by: Member, accept: bool) -> Turn:
    """Take the turn, or leave it where it is. Raises HandoverGone, TurnOver. The caller has checked who is asked."""
    turn = _open(handover.turn)
    handover = TurnHandover.objects.select_for_update(of=("self",)).get(pk=handover.pk)
    if handover.answered_at or turn.member_id != handover.giver_id:
        raise HandoverGone
    handover.answered_at, handover.is_accepted = timezone.now(), accept
    handover.save(update_fields=["answered_at", "is_accepted"])
    if accept:
        _check_place(turn.subgroup, by)
        turn.member = by
        turn.save(update_fields=["member"])
        record(by=by, act="duty.taken_over", about=turn.subgroup, subgroup_id=turn.subgroup_id)
    settle_notices(key=key_of(turn), kind=ASKED)
    _tell(turn, [handover.giver_id], "duty.accepted" if accept else "duty.declined", by=by.pk)
    return turn


@transaction.atomic
def take_back(*, handover: TurnHandover) -> None:
    """The giver keeps the turn after all. Raises HandoverGone."""
    turn = Turn.objects.select_for_update(of=("self",)).get(pk=handover.turn_id)
    if not TurnHandover.objects.filter(pk=handover.pk, answered_at__isnull=True).delete()[0]:
        raise HandoverGone
    settle_notices(key=key_of(turn), kind=ASKED)


def say_emergency(*, subgroup: Subgroup, by: Member, text: str) -> None:
    """Set what to do in an emergency; an empty text takes it away."""
    text = clean_text(text)
    if not text:
        EmergencyText.objects.filter(subgroup=subgroup).delete()
    else:
        values = {"text": text, "changed_at": timezone.now(), "changed_by": by}
        EmergencyText.objects.update_or_create(subgroup=subgroup, defaults=values)
    record(by=by, act="duty.emergency_text", about=subgroup, subgroup_id=subgroup.pk)


def key_of(turn: Turn) -> str:
    return f"duty:{turn.pk}"


def _open(turn: Turn) -> Turn:
    turn = Turn.objects.select_for_update(of=("self",)).select_related("subgroup").get(pk=turn.pk)
    if turn.ends_at <= timezone.now():
        raise TurnOver
    return turn


def _check_place(subgroup: Subgroup, member: Member) -> None:
    if not members_of(subgroup).filter(pk=member.pk).exists():
        raise NotInTheGroup


def _tell(turn: Turn, member_ids, kind: str, **context) -> None:
    notify(
        member_ids=member_ids, kind=kind, key=key_of(turn), context={"turn": turn.pk, **context},
        place=turn.subgroup.stream,
    )  # fmt: skip
