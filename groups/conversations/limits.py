"""Limits against flooding: per minute, per day, and less for who is new."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from groups.conversations.errors import EnoughForToday, PostingTooFast
from groups.conversations.models import Message


def refuse_flood(member) -> None:
    """Raise PostingTooFast (with the waiting time) or EnoughForToday when the member has reached a limit."""
    now = timezone.now()
    recent = Message.objects.filter(author=member).order_by("-created_at").values_list("created_at", flat=True)
    nth = list(recent[settings.POSTS_PER_MINUTE - 1 : settings.POSTS_PER_MINUTE])
    free_at = nth[0] + timedelta(minutes=1) if nth else now
    if free_at > now:
        raise PostingTooFast(max(1, round((free_at - now).total_seconds())))
    per_day = settings.POSTS_PER_DAY_NEW if _is_new(member, now) else settings.POSTS_PER_DAY
    if recent.filter(created_at__gt=now - timedelta(days=1))[per_day - 1 : per_day].exists():
        raise EnoughForToday


def _is_new(member, now) -> bool:
    return member.created_at > now - timedelta(days=settings.NEW_MEMBER_DAYS)
