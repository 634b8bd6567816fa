"""What these tests make and ask."""

from groups.topics.services import start_topic
from notifications.models import Notice


def topic_of(kind, subgroup, by, title="Een nieuwe steiger", **fields):
    return start_topic(kind=kind, subgroup=subgroup, by=by, title=title, text="Omdat de oude rot.", **fields)


def told(member, kind):
    return Notice.objects.filter(member=member, kind=kind).count()
