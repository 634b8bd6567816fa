"""The nightly wipe: what is older than its term goes, and the count stays as proof."""

import logging
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.privacy.errors import SecondPersonNeeded
from community.privacy.models import DeviceLoss, LegalHold, RetentionRun, RetentionTerm
from community.privacy.services import remove_expired_exports
from groups.people.audit import record
from groups.people.history.kept import settings_change
from groups.subgroups.contents import hold_registry
from groups.subgroups.models import Subgroup
from theme.retention import (
    RetentionRule,
    held_registry,
    hold_lock_registry,
    keep_holds_out,
    register_rule,
    retention_rules,
    take_away,
)

logger = logging.getLogger(__name__)

BATCH = 1000
HOUR = time(3, 0)  # between three and four at night, when nobody writes


@dataclass(frozen=True, slots=True)
class TermPlace:
    """What a term is about: one kind of rows, everywhere or in one group."""

    rule: RetentionRule
    subgroup: Subgroup | None = None

    @property
    def pk(self) -> str:
        return f"{self.rule.code}-{self.subgroup.pk}" if self.subgroup else self.rule.code

    @property
    def subgroup_id(self) -> int | None:
        return self.subgroup.pk if self.subgroup else None

    def __str__(self):
        return f"{self.rule.label} ({self.subgroup})" if self.subgroup else str(self.rule.label)


def holds():
    """Legal holds that are in force: two people said so, and nobody has lifted them."""
    return LegalHold.objects.filter(confirmed_at__isnull=False, lifted_at__isnull=True)


@held_registry
def groups_on_hold() -> list[int]:
    return list(holds().filter(subgroup__isnull=False).values_list("subgroup", flat=True))


@hold_lock_registry
def keep_asked_holds_asked() -> None:
    """Whoever confirms one locks its row, and so waits for us. One is confirmed by somebody else than who asked it, so
    it was there before."""
    list(LegalHold.objects.select_for_update().filter(confirmed_at__isnull=True).order_by("pk").values_list("pk"))


def is_held(subgroup_id: int | None) -> bool:
    """Whether a hold keeps what is in this group; None is what is in no group at all."""
    return holds().filter(Q(subgroup__isnull=True) | Q(subgroup=subgroup_id, subgroup__isnull=False)).exists()


@hold_registry
def group_on_hold_since(subgroup):
    """A hold on this group, or on everything."""
    here = holds().filter(Q(subgroup=subgroup) | Q(subgroup__isnull=True)).order_by("confirmed_at")
    return here.values_list("confirmed_at", flat=True).first()


@transaction.atomic
def ask_hold(*, by, reason: str, subgroup=None) -> LegalHold:
    """The first of two people. Nothing is held yet."""
    hold = LegalHold.objects.create(subgroup=subgroup, reason=reason, asked_by=by)
    record(by=by, act="privacy.hold_asked", about=hold, reason=reason)
    return hold


@transaction.atomic
def confirm_hold(*, by, hold: LegalHold) -> LegalHold:
    """The second person: from now on nothing is wiped. Raises SecondPersonNeeded."""
    hold = LegalHold.objects.select_for_update().get(pk=hold.pk)
    if hold.asked_by_id == by.pk:
        raise SecondPersonNeeded
    if hold.confirmed_at is None:
        hold.confirmed_by, hold.confirmed_at = by, timezone.now()
        hold.save(update_fields=["confirmed_by", "confirmed_at"])
        record(by=by, act="privacy.hold_confirmed", about=hold)
    return hold


@transaction.atomic
def lift_hold(*, by, hold: LegalHold) -> LegalHold:
    """Wiping goes on from the next night."""
    hold = LegalHold.objects.select_for_update().get(pk=hold.pk)
    if hold.lifted_at is None:
        hold.lifted_by, hold.lifted_at = by, timezone.now()
        hold.save(update_fields=["lifted_by", "lifted_at"])
        record(by=by, act="privacy.hold_lifted", about=hold)
    return hold


@transaction.atomic
def set_term(*, by, rule: RetentionRule, days: int | None, subgroup=None) -> RetentionTerm:
    """Choose how long rows of this kind are kept; None keeps them."""
    with settings_change("retention", TermPlace(rule, subgroup), by=by, act="privacy.term_set"):
        return RetentionTerm.objects.create(rule=rule.code, subgroup=subgroup, days=days, set_by=by)


def term_of(rule: RetentionRule, subgroup_id: int | None = None) -> int | None:
    """Days that count now: the subgroup's own choice, else the association's, else the rule's."""
    terms = RetentionTerm.objects.filter(rule=rule.code).filter(Q(subgroup=subgroup_id) | Q(subgroup__isnull=True))
    own_first = sorted(terms, key=lambda term: (term.subgroup_id is None, -term.set_at.timestamp(), -term.pk))
    return own_first[0].days if own_first else rule.days


def wipe_what_is_due(now=None) -> int:
    """Once a night: wipe every rule's old rows, one batch per transaction; returns how many rows went."""
    now = now or timezone.now()
    if not _is_the_hour(now) or RetentionRun.objects.filter(done_at__gte=now - timedelta(hours=12)).exists():
        return 0
    return wipe_all(now)


def _is_the_hour(now: datetime) -> bool:
    return timezone.localtime(now).hour == HOUR.hour


def wipe_all(now=None) -> int:
    """Wipe every rule's old rows now. Each rule leaves a row with its count, also when that is nothing."""
    now = now or timezone.now()
    if holds().filter(subgroup__isnull=True).exists():
        logger.warning("nothing was wiped: a legal hold is in force")
        return 0
    total = 0
    for rule in retention_rules():
        for subgroup_id in _places(rule):
            total += _wipe(rule, subgroup_id, now)
    return total


def _places(rule: RetentionRule):
    if not rule.per_subgroup:
        return [None]
    return list(Subgroup.objects.exclude(pk__in=groups_on_hold()).values_list("pk", flat=True))


def _wipe(rule: RetentionRule, subgroup_id: int | None, now: datetime) -> int:
    days = term_of(rule, subgroup_id)
    if days is None:
        return 0
    before, wiped = now - timedelta(days=days), 0
    while count := _wipe_some(rule, subgroup_id, before):
        wiped += count
    if wiped or not rule.per_subgroup:
        RetentionRun.objects.create(rule=rule.code, subgroup_id=subgroup_id, before=before, wiped=wiped, done_at=now)
        logger.info("wiped %s rows of %s older than %s days", wiped, rule.code, days)
    return wiped


@transaction.atomic
def _wipe_some(rule: RetentionRule, subgroup_id: int | None, before: datetime) -> int:
    """One batch; 0 too when a hold began in the meantime."""
    keep_holds_out()
    return 0 if is_held(subgroup_id) else rule.wipe(before, subgroup_id, BATCH)


register_rule(
    RetentionRule(
        "exports",
        _("Exports of your own data"),
        days=1,
        wipe=lambda before, subgroup_id, limit: remove_expired_exports(),
    )
)
register_rule(
    RetentionRule(
        "lost-devices",
        _("Devices that were lost"),
        days=730,
        wipe=lambda before, subgroup_id, limit: take_away(DeviceLoss.objects.filter(told_at__lt=before), limit),
    )
)
