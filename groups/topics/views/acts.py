"""What members and who looks after questions do with a topic; each goes back to the discussion."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from groups.subgroups.access import may
from groups.topics.access import may_close, may_handle, visible_arguments, visible_topics
from groups.topics.forms import ArgumentForm, DueForm, NoteForm, StanceForm, StateForm
from groups.topics.models import Topic
from groups.topics.services import (
    argue,
    back,
    change_state,
    note,
    offer_help,
    release,
    second,
    set_due,
    take,
    take_stance,
)
from theme.responses import form_accepts, page_or_partial, told


def _topic(request, topic_id, *kinds):
    found = visible_topics(request.user).select_related("conversation__subgroup")
    return get_object_or_404(found, pk=topic_id, kind__in=kinds or Topic.Kind.values)


def _who_replies(request, topic):
    if not may(request.user, "reply", topic.conversation.subgroup):
        raise PermissionDenied


def _answer(request, form, act, topic, **values):
    """Do it and go back; what was not right comes back on a page of its own, with what was typed."""
    if form_accepts(form, act, topic=topic, **values):
        return redirect(topic)
    return page_or_partial(request, "topics/again.html", {"topic": topic, "form": form}, status=422)


@require_POST
def stance(request, topic_id):
    topic = _topic(request, topic_id, Topic.Kind.PROPOSITION)
    _who_replies(request, topic)
    return _answer(request, StanceForm(request.POST), take_stance, topic, member=request.user)


@require_POST
def argument(request, topic_id):
    topic = _topic(request, topic_id, Topic.Kind.PROPOSITION)
    _who_replies(request, topic)
    return _answer(request, ArgumentForm(request.POST), argue, topic, by=request.user)


@require_POST
def back_argument(request, argument_id):
    found = visible_arguments(request.user).select_related("topic__conversation__subgroup")
    argument = get_object_or_404(found, pk=argument_id)
    _who_replies(request, argument.topic)
    told(request, back, argument=argument, member=request.user)
    return redirect(argument.topic)


@require_POST
def second_topic(request, topic_id):
    """Support a suggestion, say that one can help with an ask, or that one would like what is offered."""
    topic = _topic(request, topic_id, Topic.Kind.SUGGESTION, Topic.Kind.ASK, Topic.Kind.OFFER)
    _who_replies(request, topic)
    told(request, second if topic.kind == Topic.Kind.SUGGESTION else offer_help, topic=topic, member=request.user)
    return redirect(topic)


@require_POST
def state(request, topic_id):
    topic = _topic(request, topic_id, Topic.Kind.SUGGESTION)
    if not may_handle(request.user, topic):
        raise PermissionDenied
    return _answer(request, StateForm(request.POST, kind=topic.kind), change_state, topic, by=request.user)


@require_POST
def over(request, topic_id):
    """Say that an ask or offer was helped, that a proposition or question is closed, or that it is open again."""
    topic = _topic(request, topic_id, *(kind for kind in Topic.Kind.values if kind != Topic.Kind.SUGGESTION))
    if not may_close(request.user, topic):
        raise PermissionDenied
    told(request, change_state, topic=topic, by=request.user, state=request.POST.get("state", ""))
    return redirect(topic)


@require_POST
def take_topic(request, topic_id):
    topic = _topic(request, topic_id, Topic.Kind.QUESTION)
    if not may_handle(request.user, topic):
        raise PermissionDenied
    if request.POST.get("on") == "0":
        told(request, release, topic=topic)
    else:
        told(request, take, topic=topic, member=request.user)
    return redirect(topic)


@require_POST
def add_note(request, topic_id):
    topic = _topic(request, topic_id, Topic.Kind.QUESTION)
    if not may_handle(request.user, topic):
        raise PermissionDenied
    return _answer(request, NoteForm(request.POST), note, topic, by=request.user)


@require_POST
def due(request, topic_id):
    topic = _topic(request, topic_id, Topic.Kind.QUESTION)
    if not may_handle(request.user, topic):
        raise PermissionDenied
    return _answer(request, DueForm(request.POST), set_due, topic)
