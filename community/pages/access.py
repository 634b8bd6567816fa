"""Who may read which page, announcement, picture or file, and who may write them."""

from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction, ReferenceIndex

from community.pages.audience import Scope, likes_one, one_of
from community.pages.models import (
    AnnouncementPage,
    Approval,
    ContentPage,
    ForReaders,
    LandingPage,
    NewsIndexPage,
    NewsPage,
    Occurrence,
)
from groups.people.access import current_roles, has_paid, kinds_held, may_for_association
from groups.subgroups.access import entered_ids, holds_right_somewhere, subgroups_with_right, visible_subgroups
from theme.kept import now


def may_edit_pages(member) -> bool:
    """Whether the editor at /cms/ opens for this member: a current role with that right, and nothing else."""
    return member.is_authenticated and may_for_association(member, "edit_pages")


def may_announce_to_all(member) -> bool:
    return may_for_association(member, "announce")


def subgroups_to_announce_to(member):
    """Groups this member may write an announcement for: all, or those where a role gives the right."""
    if may_announce_to_all(member):
        return visible_subgroups(member)
    return subgroups_with_right(member, "announce")


def sees_acknowledgements(member) -> bool:
    """The board, and whoever may ask people to confirm."""
    return may_for_association(member, "see_figures") or may_announce(member)


def may_approve(member) -> bool:
    return may_for_association(member, "manage_subgroups") and may_announce_to_all(member)


def approvals_to_decide(member):
    """What waits for this member's eyes: never the own announcements."""
    waiting = Approval.objects.filter(decided_at__isnull=True).exclude(asked_by=member)
    return waiting if may_approve(member) else waiting.none()


def announcements_to_count(member):
    """Published announcements that ask to confirm: all for who sees figures, else those one may write."""
    asked = AnnouncementPage.objects.filter(acknowledge_by__isnull=False, first_published_at__isnull=False)
    if may_for_association(member, "see_figures"):
        return asked
    return asked.filter(pk__in=writable_announcements(member).values("pk"))


def may_announce(member) -> bool:
    """Whether the member may write announcements for anybody at all."""
    return may_announce_to_all(member) or holds_right_somewhere(member, "announce")


def readable(model, member):
    """Published pages of `model` (one with ForReaders) whose audience the member is in at this moment."""
    # Also in the moment between its last minute and the clock that takes it down.
    pages = model.objects.live().filter(Q(expire_at__isnull=True) | Q(expire_at__gt=now()))
    return _meant_for(model, member, pages)


def _meant_for(model, member, pages):
    """Those of `pages`, published or not, in whose audience the member is."""
    if not member.is_authenticated or not member.is_active:
        return pages.filter(scope=Scope.PUBLIC)
    kinds = [str(kind) for kind in kinds_held(member)]
    through = model.subgroups.through.objects.filter(
        **{model._meta.model_name: OuterRef("pk")}, subgroup__in=entered_ids(member)
    )
    start = Q(scope=Scope.GROUPS) & Exists(through)
    if kinds:
        start |= Q(scope=Scope.EVERYONE)
    narrowed = one_of("kinds", kinds) & one_of("roles", current_roles(member)) & likes_one(member)
    if model is ContentPage:
        narrowed &= Q(needs_paid_fee=False) | Q(has_paid(member))
    return pages.filter(Q(scope=Scope.PUBLIC) | (start & narrowed))


def visible_announcements(member):
    """Announcements meant for this member, found by query: there is no copy per member."""
    return readable(AnnouncementPage, member)


def openable_announcements(member):
    """Those the member may open: the visible ones, and for who announces also what went to others."""
    if may_announce_to_all(member):
        return AnnouncementPage.objects.live().filter(
            Q(pk__in=visible_announcements(member).values("pk")) | Q(pk__in=writable_announcements(member).values("pk"))
        )
    return visible_announcements(member)


def writable_announcements(member):
    """Announcements this member may change: all within reach of the role, in any state."""
    announcements = AnnouncementPage.objects.all()
    if may_for_association(member, "manage_subgroups") and may_announce_to_all(member):
        return announcements
    out_of_reach = AnnouncementPage.subgroups.through.objects.filter(announcementpage=OuterRef("pk")).exclude(
        subgroup__in=subgroups_to_announce_to(member)
    )
    if may_announce_to_all(member):
        return announcements.exclude(Q(scope=Scope.GROUPS) & Exists(out_of_reach))
    mine = AnnouncementPage.subgroups.through.objects.filter(
        announcementpage=OuterRef("pk"), subgroup__in=subgroups_with_right(member, "announce")
    )
    return announcements.filter(Exists(mine), ~Exists(out_of_reach), scope=Scope.GROUPS)


def newsletter_items(member):
    """What can be put in a newsletter: news, pages and announcements this member may read, of the last half year."""
    since = timezone.now() - timedelta(days=183)
    pages = Page.objects.none()
    for model in (NewsPage, ContentPage, AnnouncementPage):
        found = readable(model, member).filter(last_published_at__gte=since)
        pages |= Page.objects.filter(pk__in=found.values("pk"))
    return pages.order_by("-last_published_at")


def own_occurrences(member):
    """The times of recurring announcements that this member may write."""
    return Occurrence.objects.filter(series__example__in=writable_announcements(member).values("pk"))


def may_keep(member, page) -> bool:
    """Whether the member looks after this page, also while it is put away: who edits pages, and its owner while it is
    meant for them.
    """
    if may_edit_pages(member):
        return True
    pages = type(page).objects.filter(pk=page.pk)
    return page.owner_id == member.pk and _meant_for(type(page), member, pages).exists()


def readable_news(member):
    return readable(NewsPage, member)


def may_read_page(member, page) -> bool:
    """The one question for pages: published, its audience, that of each page above it, and Wagtail's restrictions.

    `member` may be anonymous. Who edits pages may read them all.
    """
    page = page.specific
    if _restricted(member, page):
        return False
    if may_edit_pages(member):
        return True
    line = [page, *page.get_ancestors().specific()]
    return page.live and all(_lets_in(above, member) for above in line)


def _lets_in(page, member) -> bool:
    if isinstance(page, AnnouncementPage):
        return openable_announcements(member).filter(pk=page.pk).exists() if member.is_authenticated else False
    if isinstance(page, ForReaders):
        return readable(type(page), member).filter(pk=page.pk).exists()
    if isinstance(page, LandingPage | NewsIndexPage):
        return True
    # Wagtail's own root is above everything; a kind of page that nobody thought of stays closed to visitors.
    return page.depth == 1 or member.is_authenticated


def _restricted(member, page) -> bool:
    """Whether a restriction set in the editor ("private page") keeps this member out."""
    for restriction in page.get_view_restrictions():
        if restriction.restriction_type == PageViewRestriction.GROUPS:
            if not member.groups.filter(pk__in=restriction.groups.values("pk")).exists():
                return True
        elif not member.is_authenticated:
            return True
    return False


def may_read_file(member, file) -> bool:
    """The same question for a picture or document: may the member read one of the pages it stands in?

    A file that stands in no published page is the editors' own business.
    """
    if _collection_closed(member, file):
        return False
    if may_edit_pages(member):
        return True
    references = ReferenceIndex.get_references_to(file)
    pages = references.filter(base_content_type=ContentType.objects.get_for_model(Page))
    ids = {int(pk) for pk in pages.values_list("object_id", flat=True)}
    return any(may_read_page(member, page) for page in Page.objects.live().filter(pk__in=ids).specific())


def _collection_closed(member, file) -> bool:
    return any(
        not member.is_authenticated
        or (
            restriction.restriction_type == PageViewRestriction.GROUPS
            and not member.groups.filter(pk__in=restriction.groups.values("pk")).exists()
        )
        for restriction in file.collection.get_view_restrictions()
    )
