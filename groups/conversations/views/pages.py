"""The chat, the list of discussions, and a discussion."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_http_methods, require_safe

from groups.conversations.access import may_moderate, may_post, may_upload, messages_of, threads_of, visible_messages
from groups.conversations.forms import MessageForm, RulesForm, ThreadForm
from groups.conversations.mail_in.addresses import start_address
from groups.conversations.models import Conversation, TalkRules
from groups.conversations.queries import lines_of, reading, stretch, thread_list
from groups.conversations.services import chat_of, post_message, set_rules, start_thread
from groups.conversations.thread_parts import kinds_in, labels_of, parts_of
from groups.subgroups.access import entered_subgroups, may, may_manage, readable_or_404
from groups.subgroups.pages import subgroup_context
from theme.responses import form_accepts, page_or_partial


def _subgroup(request, slug: str, module: str):
    return readable_or_404(request.user, slug, module)


@require_http_methods(["GET", "HEAD", "POST"])
def chat(request, slug):
    subgroup = _subgroup(request, slug, "chat")
    return _talk(request, subgroup, chat_of(subgroup), "chat")


@require_http_methods(["GET", "HEAD", "POST"])
def thread(request, slug, thread_id):
    subgroup = _subgroup(request, slug, "threads")
    conversation = get_object_or_404(threads_of(subgroup, request.user), pk=thread_id)
    return _talk(request, subgroup, conversation, "threads")


def _talk(request, subgroup, conversation: Conversation, module: str):
    """A subgroup's conversation, and posting in it."""
    conversation.subgroup = subgroup
    template = "conversations/chat.html" if module == "chat" else "conversations/thread.html"
    return talk(request, conversation, template, lambda: subgroup_context(request, subgroup, module))


def talk(request, conversation: Conversation, template: str, frame):
    """Read a conversation and post in it. `frame` gives what the page needs around it, when a page is shown."""
    allowed = may_post(request.user, conversation)
    form = _form(request, conversation) if allowed else None
    if request.method == "POST":
        if form is None:
            raise PermissionDenied
        if message := _posted(request, conversation, form):
            return _answer(request, conversation, message)
        if request.htmx:
            return _refusal(request, form)
    context = {
        **frame(),
        "rules": rules_of(conversation),
        **_reading(request, conversation),
        "conversation": conversation,
        "reader": request.user,
        "form": form,
        "may_moderate": may_moderate(request.user, conversation),
        "quoted": _quoted(request, conversation),
        "parts": parts_of(request, conversation) if conversation.kind == Conversation.Kind.THREAD else [],
        "answer": _answer_of(request, conversation),
    }
    return page_or_partial(request, template, context, status=422 if form and form.errors else 200)


def _answer_of(request, conversation):
    if conversation.answer_id is None:
        return None
    return messages_of(conversation, request.user).present().filter(pk=conversation.answer_id).first()


def rules_of(conversation) -> TalkRules | None:
    """The subgroup's rules with whether somebody answers now; None in a direct conversation or without rules."""
    rules = getattr(conversation.subgroup, "talk_rules", None)
    if rules:
        now = timezone.localtime()
        rules.answered_from = rules.next_answered(now)
        rules.is_answered_now = rules.answered_from <= now
    return rules


@require_http_methods(["GET", "HEAD", "POST"])
def talk_rules(request, slug):
    """The managers of a subgroup choose how talking goes in it."""
    subgroup = get_object_or_404(entered_subgroups(request.user), slug=slug)
    if not may_manage(request.user, subgroup):
        raise PermissionDenied
    form = RulesForm(request.POST or None, instance=getattr(subgroup, "talk_rules", TalkRules(subgroup=subgroup)))
    if request.method == "POST" and form_accepts(form, set_rules, rules=form.instance, by=request.user):
        return redirect(subgroup)
    context = {**subgroup_context(request, subgroup, "chat"), "form": form}
    return page_or_partial(request, "conversations/rules.html", context, status=422 if form.errors else 200)


def _form(request, conversation) -> MessageForm:
    form = MessageForm(request.POST, request.FILES) if request.method == "POST" else MessageForm()
    if not may_upload(request.user, conversation):
        del form.fields["files"]
    return form


def _reading(request, conversation) -> dict:
    position = reading(conversation, request.user)
    asked = {name: _number(request.GET.get(param)) for name, param in ASKED.items()}
    shown = stretch(position, request.user, **asked)
    return {"stretch": shown, "is_following": position.is_following}


ASKED = {"around": "om", "before": "before", "since": "from"}


def _number(value) -> int | None:
    return int(value) if value and value.isdecimal() and len(value) < 10 else None


def _posted(request, conversation, form):
    return form.result if form_accepts(form, _post, conversation=conversation, by=request.user) else None


def _post(*, conversation, by, quote, **typed):
    quotes = messages_of(conversation, by).filter(number=quote).first() if quote else None
    return post_message(conversation=conversation, by=by, quotes=quotes, **typed)


def _quoted(request, conversation):
    number = _number(request.GET.get("quote"))
    if number is None:
        return None
    return messages_of(conversation, request.user).present().filter(number=number).select_related("author").first()


def _answer(request, conversation, message):
    """After posting: the new message for a page that adds it itself, else the place where it stands."""
    if not request.htmx:
        return redirect(f"{conversation.get_absolute_url()}?om={message.number}#message-{message.pk}")
    return _fragment(
        request, "conversations/lines.html", {"lines": lines_of([message], request.user), "reader": request.user}
    )


def _refusal(request, form):
    errors = [error for field in form.errors.values() for error in field]
    context = {"errors": errors, "refusal": getattr(form, "refusal", None)}
    return _fragment(request, "conversations/refusal.html", context, status=422)


def _fragment(request, template, context, status=200):
    response = TemplateResponse(request, template, context, status=status)
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response


@require_safe
def threads(request, slug):
    """The discussions of a group, all of them or those of one kind."""
    subgroup = _subgroup(request, slug, "threads")
    kinds = kinds_in(request, subgroup)
    chosen = next((kind for kind in kinds if kind.code == request.GET.get("kind")), None)
    rows = thread_list(subgroup, request.user)
    page = Paginator(chosen.narrow(rows) if chosen else rows, 20).get_page(request.GET.get("page"))
    labels = labels_of([thread.pk for thread in page])
    for thread in page:
        thread.label = labels.get(thread.pk)
    context = {**subgroup_context(request, subgroup, "threads"), "page": page, "kinds": kinds, "chosen": chosen}
    return page_or_partial(request, "conversations/threads.html", context)


def _said_before(request, subgroup) -> str:
    """The message of `?from=` as a quotation with its address, to begin a discussion with."""
    found = visible_messages(request.user).present().filter(conversation__subgroup=subgroup)
    message = found.filter(pk=_number(request.GET.get("from"))).select_related("author").first()
    if message is None:
        return ""
    quoted = "\n".join(f"> {line}" for line in message.text.splitlines())
    author = message.author.first_name if message.author else ""
    return f"{author}:\n{quoted}\n{request.build_absolute_uri(message.get_absolute_url())}\n\n"


@require_http_methods(["GET", "HEAD", "POST"])
def new_thread(request, slug):
    subgroup = _subgroup(request, slug, "threads")
    if not may(request.user, "start_thread", subgroup):
        raise PermissionDenied
    form = ThreadForm(request.POST or None, title=request.GET.get("title", ""), text=_said_before(request, subgroup))
    if request.method == "POST" and form_accepts(form, start_thread, subgroup=subgroup, by=request.user):
        return redirect(form.result)
    context = {**subgroup_context(request, subgroup, "threads"), "form": form, "kinds": kinds_in(request, subgroup)}
    context["mail_address"] = start_address(request.user, subgroup) if request.user.email else ""
    return page_or_partial(request, "conversations/new_thread.html", context, status=422 if form.errors else 200)
