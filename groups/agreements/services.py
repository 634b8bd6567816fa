"""Publishing a version, telling everybody, and accepting it."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from groups.agreements.errors import AlreadyPast, BeforeTheLast, PublishedMeanwhile
from groups.agreements.models import ENTRY_KINDS, Acceptance, AgreedText, Kind
from groups.people.access import enrolled_members
from groups.people.audit import record
from notifications.services import queue_many
from theme.cleantext import clean_text

BATCH = 500


def publish_text(
    *,
    by,
    text: str,
    kind: str = Kind.GUIDELINES,
    subgroup=None,
    text_en: str = "",
    changes: str = "",
    changes_en: str = "",
    takes_effect_on: date | None = None,
    based_on: int | None = None,
) -> AgreedText:
    """Publish the next version of a text; without a day it counts from today.

    `based_on` is the number of the version the writer had before them. Days never run back, so that the newest
    version is always the one that stays. Raises AlreadyPast, BeforeTheLast, PublishedMeanwhile.
    """
    last = AgreedText.objects.filter(kind=kind, subgroup=subgroup).order_by("-version").first()
    number, today = last.version + 1 if last else 1, timezone.localdate()
    if based_on is not None and based_on != number - 1:
        raise PublishedMeanwhile
    day = takes_effect_on or max(today, last.takes_effect_on if last else today)
    if day < today:
        raise AlreadyPast
    if last and day < last.takes_effect_on:
        raise BeforeTheLast(last.takes_effect_on)
    words = {"text": text, "text_en": text_en, "changes": changes, "changes_en": changes_en}
    words = {name: clean_text(value) for name, value in words.items()}
    try:
        with transaction.atomic():
            published = AgreedText.objects.create(
                kind=kind, subgroup=subgroup, version=number, takes_effect_on=day, by=by, **words
            )
            record(by=by, act=f"{kind}.published", about=published, subgroup_id=published.subgroup_id)
    except IntegrityError:
        raise PublishedMeanwhile from None
    return published


def accept(*, text: AgreedText, member) -> None:
    """The member accepts this version; twice is once, and the first moment stays."""
    Acceptance.objects.get_or_create(text=text, member=member)


def tell_members() -> int:
    """Tell every member of versions that nobody was told of yet; returns how many were handled. May run twice at once.

    In the house everybody reads it by query; mail and push are queued in a walk in member order, whose place is saved
    with every batch.
    """
    handled = 0
    waiting = AgreedText.objects.filter(kind__in=ENTRY_KINDS, told_at__isnull=True)
    for text_id in waiting.order_by("pk").values_list("pk", flat=True):
        while batch := tell_next(text_id):
            handled += batch
    return handled


@transaction.atomic
def tell_next(text_id: int, size: int = BATCH) -> int:
    """Queue for the next members and save the place; 0 when all were told, or another worker is at it."""
    waiting = AgreedText.objects.select_for_update(skip_locked=True).filter(pk=text_id, told_at__isnull=True)
    if not (text := waiting.first()):
        return 0
    members = enrolled_members().filter(pk__gt=text.told_after).order_by("pk")
    ids = list(members.values_list("pk", flat=True)[:size])
    if not ids:
        AgreedText.objects.filter(pk=text.pk).update(told_at=timezone.now())
        return 0
    queue_many(member_ids=ids, kind="agreements.new", key=text.key, context={"text": text.pk}, dedupe=text.key)
    AgreedText.objects.filter(pk=text.pk).update(told_after=ids[-1])
    return len(ids)
