"""Topics in the rooms of discussions: the card above the messages, ways to start one, labels and filters."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from groups.conversations.thread_parts import Label, Part, ThreadKind, kind_registry, label_registry, part_registry
from groups.subgroups.access import may
from groups.topics.access import may_close, may_handle, visible_topics
from groups.topics.forms import ArgumentForm, DueForm, NoteForm, StateForm
from groups.topics.models import Topic
from groups.topics.queries import SCALE, balance_of, matching_offers, supporters, usual_answer_days, with_support

Kind = Topic.Kind
KINDS = {  # code: several of them, icon, one to start
    Kind.QUESTION: (_("Questions"), "circle-help", _("Ask a question")),
    Kind.SUGGESTION: (_("Suggestions"), "star", _("Make a suggestion")),
    Kind.PROPOSITION: (_("Propositions"), "scale", _("Put a proposition")),
    Kind.ASK: (_("Asks"), "handshake", _("Ask for help")),
    Kind.OFFER: (_("Offers"), "heart", _("Offer something")),
    Kind.FEEDBACK: (_("Feedback asked"), "smile", _("Ask for feedback")),
}
APART = "topic_%s"  # the composer below has fields of the same names
GOOD, BAD = ("done", "helped", "answered", "planned"), ("declined",)


@kind_registry
def topic_kinds(request, subgroup) -> list[ThreadKind]:
    return [
        ThreadKind(
            code=code,
            label=label,
            icon=icon,
            start_label=start,
            start_url=reverse("new-topic", args=[subgroup.slug, code]),
            narrow=lambda threads, code=code: threads.filter(topic__kind=code),
        )
        for code, (label, icon, start) in KINDS.items()
    ]


@label_registry
def topic_labels(conversation_ids: list[int]) -> dict[int, Label]:
    return {
        topic.conversation_id: Label(state_line(topic), KINDS[topic.kind][1], _css(topic))
        for topic in Topic.objects.filter(conversation__in=conversation_ids)
    }


def state_line(topic: Topic) -> str:
    kind = str(topic.get_kind_display()).capitalize()
    state = topic.get_state_display() if topic.is_open or topic.state != "open" else Topic.State.CLOSED.label
    return f"{kind} · {state}"


def _css(topic: Topic) -> str:
    return "tag-good" if topic.state in GOOD else "tag-bad" if topic.state in BAD or topic.is_overdue else ""


@part_registry
def topic_part(request, conversation) -> Part | None:
    found = with_support(visible_topics(request.user).filter(conversation=conversation), request.user)
    topic = found.select_related("conversation__subgroup", "interest", "owner").first()
    if topic is None:
        return None
    topic.conversation = conversation
    handles = may_handle(request.user, topic)
    values = {
        "topic": topic,
        "state_line": state_line(topic),
        "css": _css(topic),
        "icon": KINDS[topic.kind][1],
        "is_starter": conversation.started_by_id == request.user.pk,
        "may_reply": may(request.user, "reply", conversation.subgroup),
        "may_handle": handles,
        "may_close": may_close(request.user, topic),
        "changes": topic.changes.exclude(reason="").select_related("by"),
    }
    return Part(f"topics/{_template(topic)}.html", values | OWN[topic.kind](request, topic, handles))


def _template(topic: Topic) -> str:
    return "help" if topic.kind in (Kind.ASK, Kind.OFFER) else topic.kind


def _proposition(request, topic, handles) -> dict:
    return {"balance": balance_of(topic, request.user), "scale": SCALE, "argument_form": ArgumentForm(auto_id=APART)}


def _suggestion(request, topic, handles) -> dict:
    return {
        "state_form": StateForm(initial={"state": topic.state}, kind=topic.kind, auto_id=APART) if handles else None
    }


def _help(request, topic, handles) -> dict:
    return {"helpers": supporters(topic)[:20], "matches": matching_offers(topic, visible_topics(request.user))[:5]}


def _question(request, topic, handles) -> dict:
    own = {"usual_days": usual_answer_days(topic.conversation.subgroup)}
    if handles:
        own |= {
            "notes": topic.notes.select_related("by"),
            "note_form": NoteForm(auto_id=APART),
            "due_form": DueForm(initial={"due_on": topic.due_on}, auto_id=APART),
        }
    return own


OWN = {
    Kind.PROPOSITION: _proposition,
    Kind.SUGGESTION: _suggestion,
    Kind.ASK: _help,
    Kind.OFFER: _help,
    Kind.QUESTION: _question,
    Kind.FEEDBACK: lambda request, topic, handles: {},
}
