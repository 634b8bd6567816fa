"""How an announcement reads as a mail or push message, and when it need not be sent any more."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from community.pages.access import (
    approvals_to_decide,
    may_keep,
    readable,
    visible_announcements,
    writable_announcements,
)
from community.pages.cards import items_for
from community.pages.models import AnnouncementPage, Approval, Broadcast, ContentPage, Proposal, Reading, Urgency
from notifications.budget import LEFT_FOR_SUMMARY
from notifications.digests import DigestPart, digest_registry
from notifications.kinds import NoticeKind, Words, register_kind, row_of, rows_by
from notifications.models import Channel, Delivery, Timing
from notifications.wanted import wanted_channels
from theme.templatetags.theme import long_day

MOST = 10


_announcements = rows_by("announcement", lambda member: AnnouncementPage.objects.select_related("owner"))


def _words(member, context, count):
    announcement = row_of(_announcements, member, context)
    if announcement is None:
        return Words(_("This announcement is no longer there."), "", "/announcements/")
    button = _("Read and confirm") if announcement.acknowledge_by else _("Read on")
    return Words(announcement.title, mail_text(announcement, member), announcement.get_absolute_url(), button)


def mail_text(announcement, member) -> str:
    """The first words and, of a newsletter, the items that this member may read: what its preview shows too."""
    chosen = [page for block in announcement.body if block.block_type == "items" for page in block.value]
    lines = [f"• {item.title}\n{item.text}".strip() for item in items_for(member, chosen)]
    return "\n\n".join([announcement.excerpt, *lines])


def _still_true(member, context):
    """Not when it was taken back, is no longer meant for this member, or was read meanwhile."""
    announcement = visible_announcements(member).filter(pk=context["announcement"])
    return announcement.exists() and not Reading.objects.filter(member=member, announcement__in=announcement).exists()


def _nudge_words(member, context, count):
    announcement = row_of(_announcements, member, context)
    if announcement is None or not announcement.acknowledge_by:
        return _words(member, context, count)
    body = _("Please confirm that you have read this, no later than %(day)s.") % {
        "day": long_day(announcement.acknowledge_by)
    }
    return Words(announcement.title, body, announcement.get_absolute_url(), _("Read and confirm"))


def _not_confirmed(member, context):
    announcement = visible_announcements(member).filter(pk=context["announcement"], acknowledge_by__isnull=False)
    confirmed = Reading.objects.filter(member=member, announcement__in=announcement, acknowledged_at__isnull=False)
    return announcement.exists() and not confirmed.exists()


def _reply_words(member, context, count):
    announcement = writable_announcements(member).filter(pk=context["announcement"]).first()
    if announcement is None:
        return _words(member, context, count)
    title = ngettext("%(count)d reply to “%(title)s”", "%(count)d replies to “%(title)s”", count)
    path = reverse("announcement-report", args=[announcement.pk])
    return Words(title % {"count": count, "title": announcement.title}, "", path, _("Read"))


def _may_read_replies(member, context):
    return writable_announcements(member).filter(pk=context["announcement"]).exists()


def _proposal_words(member, context, count):
    proposal = Proposal.objects.select_related("page", "by").get(pk=context["proposal"])
    title = _("A proposal for “%(page)s”") % {"page": proposal.page.title}
    return Words(title, proposal.note, reverse("proposal", args=[proposal.page_id, proposal.pk]), _("Look"))


def _decided_words(member, context, count):
    proposal = Proposal.objects.select_related("page").get(pk=context["proposal"])
    words = (
        _("Your proposal for “%(page)s” was taken in")
        if proposal.parts_taken
        else _("Your proposal for “%(page)s” was not taken in")
    )
    path = reverse("proposal", args=[proposal.page_id, proposal.pk])
    return Words(words % {"page": proposal.page.title}, proposal.answer, path, _("Look"))


def _approval_words(member, context, count):
    approval = Approval.objects.select_related("announcement").get(pk=context["approval"])
    page = approval.announcement
    path = reverse("announcement-report", args=[page.pk])
    return Words(_("Waits for approval: %(title)s") % {"title": page.draft_title}, page.excerpt, path, _("Judge"))


def _waits_for(member, context):
    return approvals_to_decide(member).filter(pk=context["approval"]).exists()


def _answer_words(member, context, count):
    approval = Approval.objects.select_related("announcement").get(pk=context["approval"])
    words = _("Approved: %(title)s") if approval.is_approved else _("Not approved: %(title)s")
    path = reverse("announcement-report", args=[approval.announcement_id])
    return Words(words % {"title": approval.announcement.draft_title}, approval.reason, path, _("View"))


def _still_writes(member, context):
    return writable_announcements(member).filter(approvals=context["approval"]).exists()


register_kind(
    NoticeKind(
        "announcement-approval", gettext_lazy("Announcements to approve"), "megaphone", _approval_words, _waits_for
    )
)
register_kind(
    NoticeKind(
        "announcement-decided", gettext_lazy("Whether your announcement was approved"), "megaphone", _answer_words,
        _still_writes, personal=True,
    )
)  # fmt: skip


def _still_keeps(member, context):
    proposal = Proposal.objects.select_related("page").get(pk=context["proposal"])
    return proposal.decided_at is None and may_keep(member, proposal.page)


def _still_reads(member, context):
    return readable(ContentPage, member).filter(proposals=context["proposal"]).exists()


register_kind(
    NoticeKind("page-proposal", gettext_lazy("Proposals for your pages"), "pencil", _proposal_words, _still_keeps)
)
register_kind(
    NoticeKind(
        "page-decided", gettext_lazy("What became of your proposals"), "pencil", _decided_words, _still_reads,
        personal=True,
    )
)  # fmt: skip
REPLY = register_kind(
    NoticeKind(
        code="announcement-reply",
        label=gettext_lazy("Replies to your announcements"),
        icon="reply",
        words=_reply_words,
        still_true=_may_read_replies,
        digested=True,
    )
)
NUDGE = register_kind(
    NoticeKind(
        code="announcement-nudge",
        bulk=True,
        optional=False,
        label=gettext_lazy("Reminders to confirm an announcement"),
        icon="megaphone",
        words=_nudge_words,
        rows=_announcements,
        still_true=_not_confirmed,
    )
)
ANNOUNCEMENT = register_kind(
    NoticeKind(
        code="announcement",
        bulk=True,
        label=gettext_lazy("Announcements"),
        icon="megaphone",
        words=_words,
        rows=_announcements,
        still_true=_still_true,
    )
)
# Nobody can switch these off or mute them: the association has to know that they were read.
TO_CONFIRM = register_kind(
    NoticeKind(
        code="announcement.confirm",
        bulk=True,
        optional=False,
        label=gettext_lazy("Announcements that ask you to confirm"),
        icon="megaphone",
        words=_words,
        rows=_announcements,
        still_true=_still_true,
    )
)


# Two people agreed that it cannot wait, so it rings at night, past mutes and past the weekly limit.
URGENT = register_kind(
    NoticeKind(
        code="announcement.urgent",
        bulk=True,
        optional=False,
        urgent=True,
        label=gettext_lazy("Urgent announcements, agreed by two managers"),
        icon="megaphone",
        words=_words,
        rows=_announcements,
        still_true=_still_true,
    )
)


def _urgency_words(sentence, button):
    def words(member, context, count) -> Words:
        announcement = writable_announcements(member).filter(pk=context["announcement"]).first()
        if announcement is None:
            return _words(member, context, count)
        title = str(sentence) % {"name": context.get("by", ""), "title": announcement.title}
        path = reverse("announcement-report", args=[announcement.pk])
        return Words(title, context.get("reason", ""), path, str(button))

    return words


def _urgency_is_open(member, context):
    waiting = Urgency.objects.filter(announcement=context["announcement"], confirmed_at__isnull=True)
    return waiting.exists() and writable_announcements(member).filter(pk=context["announcement"]).exists()


register_kind(
    NoticeKind(
        code="urgency.asked",
        urgent=True,
        personal=True,
        label=gettext_lazy("Urgent announcements that need your yes"),
        icon="megaphone",
        words=_urgency_words(gettext_lazy("%(name)s asks: is “%(title)s” urgent?"), gettext_lazy("Look and decide")),
        still_true=_urgency_is_open,
    )
)
register_kind(
    NoticeKind(
        code="urgency.declined",
        personal=True,
        label=gettext_lazy("Answers about urgent announcements"),
        icon="megaphone",
        words=_urgency_words(gettext_lazy("%(name)s finds “%(title)s” not urgent"), gettext_lazy("View")),
        still_true=_may_read_replies,
    )
)


def kind_for(broadcast: Broadcast) -> str:
    if broadcast.is_nudge:
        return NUDGE.code
    if broadcast.is_urgent:
        return URGENT.code
    return TO_CONFIRM.code if broadcast.announcement.acknowledge_by else ANNOUNCEMENT.code


def _left_for_summary(member, after, until) -> list[int]:
    """Announcements whose mail did not go out at once, because the member had enough of them."""
    left = Delivery.objects.filter(member=member, kind=ANNOUNCEMENT.code, state=Delivery.State.DROPPED)
    left = left.filter(error__in=LEFT_FOR_SUMMARY, done_at__gt=after, done_at__lte=until)
    return [context["announcement"] for context in left.values_list("context", flat=True)]


def kind_for_page(announcement) -> str:
    """The kind of notice that its first broadcast sends."""
    return TO_CONFIRM.code if announcement.acknowledge_by else ANNOUNCEMENT.code


@digest_registry
def announcements_for_summary(member, after, until) -> list[DigestPart]:
    """Those of this span that are meant for the member and not read yet: all for who wants them in the summary, else
    what was held back from the mail.
    """
    wish = wanted_channels([member.pk], ANNOUNCEMENT)[member.pk][Channel.MAIL]
    if wish == Timing.DIGEST:
        asked = Q(first_published_at__gt=after, first_published_at__lte=until)
    elif left := _left_for_summary(member, after, until):
        asked = Q(pk__in=left)
    else:
        return []
    read = Reading.objects.filter(member=member).values("announcement")
    new = visible_announcements(member).filter(asked, acknowledge_by__isnull=True).exclude(pk__in=read)
    words = [
        Words(page.title, page.excerpt, page.get_absolute_url(), "")
        for page in new.order_by("-first_published_at")[:MOST]
    ]
    return [DigestPart(_("Announcements"), words)] if words else []
