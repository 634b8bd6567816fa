"""Direct messages: the list, a conversation, a new one, and one's own choices."""

from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from groups.conversations.access import direct_conversations
from groups.conversations.direct import choose, last_seen, receipt, set_barrier, start_direct
from groups.conversations.forms import ChoicesForm, DirectForm, StatusForm
from groups.conversations.queries import direct_list
from groups.conversations.status import last_day, set_status, status_of
from groups.conversations.views.pages import talk
from groups.conversations.writing_to import choices_of, others_in
from groups.people.access import visible_members
from groups.people.picking import picked_part
from groups.people.profile_parts import with_lines
from theme.responses import form_accepts, page_or_partial, told

PER_PAGE = 30


@require_safe
def direct_inbox(request):
    rows = list(direct_list(request.user)[:PER_PAGE])
    for row in rows:
        row.others = [place.member for place in row.participants.all() if place.member_id != request.user.pk]
    return page_or_partial(request, "conversations/direct_inbox.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
def direct_page(request, conversation_id):
    conversation = get_object_or_404(direct_conversations(request.user), pk=conversation_id)

    def frame():
        others = with_lines(others_in(conversation, request.user))
        return {
            "others": others,
            "receipt": receipt(conversation, request.user),
            "last_seen": last_seen(others[0], request.user) if len(others) == 1 else "",
        }

    return talk(request, conversation, "conversations/direct.html", frame)


@require_http_methods(["GET", "HEAD", "POST"])
def direct_new(request):
    """Begin a conversation: with the person of `?to=`, or with who is chosen here."""
    form = DirectForm(request.POST or None, initial={"to": request.GET.get("to")}, member=request.user)
    if part := picked_part(request, form):
        return part
    if request.method == "POST" and form_accepts(form, start_direct, by=request.user):
        return redirect(form.result)
    context = {"form": form}
    return page_or_partial(request, "conversations/direct_new.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def direct_choices(request):
    choices = choices_of(request.user)
    form = ChoicesForm(request.POST or None, initial=ChoicesForm.values_of(choices))
    if request.method == "POST" and form_accepts(form, choose, member=request.user):
        return redirect("direct-choices")
    barriers = request.user.barriers.select_related("against").order_by("against__first_name")
    context = {"form": form, "barriers": barriers}
    return page_or_partial(request, "conversations/direct_choices.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def own_status(request):
    """What others read beside one's name, and until when."""
    status = status_of(request.user)
    initial = {"text": status.text, "until": last_day(status)} if status else {}
    form = StatusForm(request.POST or None, initial=initial)
    if request.method == "POST" and form_accepts(form, set_status, member=request.user):
        return redirect("settings")
    return page_or_partial(request, "conversations/status.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
def barrier(request, member_id):
    """Mute, block, or neither."""
    other = get_object_or_404(visible_members(request.user).exclude(pk=request.user.pk), pk=member_id)
    kind = request.POST.get("kind")
    told(request, set_barrier, member=request.user, against=other, kind=kind if kind in ("mute", "block") else None)
    return redirect("direct-choices")
