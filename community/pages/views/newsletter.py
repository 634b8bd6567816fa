"""A newsletter is an announcement with chosen items; and seeing an announcement as a member gets it."""

from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_safe

from community.pages.access import may_announce_to_all, visible_announcements, writable_announcements
from community.pages.forms import NewsletterForm, SeeAsForm
from community.pages.notices import kind_for_page, mail_text
from community.pages.queries import audience_size
from community.pages.services import write_announcement
from community.pages.services.writing import audience_from
from community.pages.views.desk import writers_only
from groups.people.access import findable_members, visible_members
from notifications.kinds import notice_kind
from notifications.wanted import wanted_channels
from theme.responses import form_accepts, page_or_partial

FOUND = 10


@require_http_methods(["GET", "HEAD", "POST"])
def new_newsletter(request):
    writers_only(request)
    form = NewsletterForm(request.POST or None, by=request.user)
    if request.method == "POST" and form_accepts(form, write_announcement, by=request.user):
        return redirect("announcement-report", pk=form.result.pk)
    scope = form.get_initial_for_field(form.fields["scope"], "scope")
    context = {"form": form, "announcement": None, "size": audience_size(audience_from(scope)), "is_newsletter": True}
    return page_or_partial(request, "pages/announcement_form.html", context, status=422 if form.errors else 200)


@require_safe
def see_as(request, pk):
    """Whether a chosen member gets it, over which channels, and the words of the mail: the same as will be sent."""
    writers_only(request)
    announcement = get_object_or_404(writable_announcements(request.user), pk=pk)
    form = SeeAsForm(request.GET or None)
    people = _people(request.user, announcement, form.cleaned_data["name"]) if form.is_valid() else []
    rows = [_as(announcement, person) for person in people]
    context = {"announcement": announcement, "form": form, "rows": rows}
    return page_or_partial(request, "pages/see_as.html", context, status=422 if form.errors else 200)


def _people(member, announcement, name: str) -> list:
    """By name: anybody for who writes to all members, else who gets it (whose names are shown anyway) or is met."""
    known = Q(pk__in=findable_members(member).values("pk")) | Q(pk__in=announcement.audience.members().values("pk"))
    found = visible_members(member) if may_announce_to_all(member) else visible_members(member).filter(known)
    for word in name.split():
        found = found.filter(Q(first_name__istartswith=word) | Q(last_name__istartswith=word))
    return list(found.distinct().order_by("first_name", "last_name", "pk")[:FOUND])


def _as(announcement, person) -> dict:
    gets_it = announcement.audience.members().filter(pk=person.pk).exists()
    wanted = wanted_channels([person.pk], notice_kind(kind_for_page(announcement)))[person.pk]
    return {
        "person": person,
        "gets_it": gets_it,
        "sees_it": announcement.live and visible_announcements(person).filter(pk=announcement.pk).exists(),
        "mail": wanted.get("mail"),
        "push": wanted.get("push"),
        "text": mail_text(announcement, person) if gets_it else "",
    }
