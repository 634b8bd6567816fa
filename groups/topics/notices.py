"""What members are told about topics."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from groups.people.access import visible_members
from groups.topics.access import may_handle, visible_topics
from groups.topics.models import StateChange, Topic
from notifications.kinds import GONE, NoticeKind, Words, register_kind


def _topic(member, context):
    found = visible_topics(member).filter(pk=context["topic"])
    return found.select_related("conversation__subgroup", "conversation__started_by", "interest").first()


def state_words(member, context, count) -> Words:
    topic = _topic(member, context)
    change = StateChange.objects.filter(pk=context["change"], topic=topic).first() if topic else None
    if change is None:
        return GONE.words(member, context, count)
    title = _("“%(what)s”: %(state)s") % {"what": topic.conversation.title, "state": change.get_state_display()}
    return Words(title, change.reason, topic.get_absolute_url(), _("Read"))


def helper_words(member, context, count) -> Words:
    topic = _topic(member, context)
    helper = visible_members(member).filter(pk=context["member"]).first()
    if topic is None or helper is None:
        return GONE.words(member, context, count)
    words = _("%(who)s would like that") if topic.kind == Topic.Kind.OFFER else _("%(who)s can help you")
    title = words % {"who": helper.display_name}
    return Words(title, topic.conversation.title, topic.get_absolute_url(), _("Look"))


def ask_words(member, context, count) -> Words:
    topic = _topic(member, context)
    if topic is None:
        return GONE.words(member, context, count)
    asker = topic.conversation.started_by
    title = _("%(who)s asks for help with %(what)s") % {
        "who": asker.first_name if asker else "",
        "what": topic.interest.name if topic.interest else topic.conversation.title,
    }
    return Words(title, topic.conversation.title, topic.get_absolute_url(), _("Look"))


def question_words(member, context, count) -> Words:
    topic = _topic(member, context)
    if topic is None:
        return GONE.words(member, context, count)
    title = _("A question in %(where)s") % {"where": topic.conversation.subgroup.name}
    return Words(title, topic.conversation.title, topic.get_absolute_url(), _("Look"))


def is_open(member, context) -> bool:
    topic = _topic(member, context)
    return topic is not None and topic.is_open


def is_to_answer(member, context) -> bool:
    topic = _topic(member, context)
    return topic is not None and topic.is_open and may_handle(member, topic)


register_kind(
    NoticeKind("topic.state", gettext_lazy("News of what you suggested, supported or asked"), "flag", state_words)
)
register_kind(
    NoticeKind("topic.helper", gettext_lazy("Somebody can help you"), "handshake", helper_words, is_open, personal=True)
)
register_kind(NoticeKind("topic.ask", gettext_lazy("Asks for help that fit you"), "handshake", ask_words, is_open))
register_kind(
    NoticeKind(
        "topic.question", gettext_lazy("Questions that you look after"), "circle-help", question_words, is_to_answer
    )
)
