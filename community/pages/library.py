"""Reading the knowledge base: its pages, who looks after them, what is old, what was proposed."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from wagtail.models import Revision

from community.pages.access import may_edit_pages, may_keep, readable
from community.pages.models import ContentPage, PageUse, Proposal
from community.pages.searching import folded
from groups.people.models import Member
from theme.kept import today

STALE = timedelta(days=365)
HISTORY = 50
WORDS = ("title", "intro", "body")  # what somebody wrote, as it stands in a version


def library_pages(member, words: str = ""):
    """The pages this member may read, by title, with their owner and whether a proposal waits."""
    pages = readable(ContentPage, member).select_related("owner").defer("body")
    for word in folded(words).split():
        pages = pages.filter(words__contains=word)
    waiting = Proposal.objects.filter(page=OuterRef("pk"), decided_at__isnull=True)
    return pages.annotate(has_proposal=Exists(waiting)).order_by("title", "pk")


def kept_pages(member):
    """Pages this member may decide about: their own, or all for who edits pages."""
    pages = ContentPage.objects.all()
    return pages if may_edit_pages(member) else pages.filter(owner=member)


def pages_to_review(member):
    """Own pages whose day has come to look at them again."""
    return ContentPage.objects.live().filter(owner=member, review_on__lte=today()).order_by("review_on")


def proposals_to_decide(member):
    """Open proposals for pages of which this member is the owner; of pages without owner: who edits pages."""
    mine = Q(page__owner=member)
    if may_edit_pages(member):
        mine |= Q(page__owner__isnull=True)
    return Proposal.objects.filter(mine, decided_at__isnull=True).select_related("page", "by").order_by("made_at")


def visible_proposals(member, page):
    """All of them for who keeps the page, else one's own."""
    proposals = page.proposals.select_related("by", "decided_by")
    return proposals if may_keep(member, page) else proposals.filter(by=member)


def stale_pages():
    """Published pages that nobody changed or read for a year, the oldest first."""
    before = timezone.now() - STALE
    used = PageUse.objects.filter(page=OuterRef("pk"), read_on__gt=before.date())
    pages = ContentPage.objects.live().filter(last_published_at__lt=before).filter(~Exists(used))
    return pages.select_related("owner", "use").defer("body").order_by("last_published_at")


def history_of(page):
    """The versions of a page, the newest first, each with who wrote it."""
    return Revision.objects.for_instance(page).select_related("user").order_by("-created_at", "-pk")[:HISTORY]


def contributors(page) -> list:
    """Everybody who changed its words, each once, in the order in which they joined in.

    Who showed it again made a version too, and wrote nothing.
    """
    versions = Revision.objects.for_instance(page).order_by("created_at", "pk")
    writers, before = {}, None
    for writer, *words in versions.values_list("user", *(f"content__{name}" for name in WORDS)):
        if words != before:
            writers.setdefault(writer)
            before = words
    people = Member.objects.in_bulk(pk for pk in writers if pk)
    return [people[pk] for pk in writers if pk in people]


def page_context(member, page) -> dict:
    """What the page of a member shows below the text; a visitor without account sees the text alone."""
    if not member.is_authenticated:
        return {}
    from community.pages.services.library import note_use

    note_use(page)
    return {"contributors": contributors(page), "may_keep": may_keep(member, page)}
