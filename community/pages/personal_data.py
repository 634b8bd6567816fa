"""What personal data pages hold."""

from django.utils.translation import gettext_lazy as _

from theme.personal_data import Basis, Erasure, PersonalData, register, register_traces

register(
    PersonalData(
        "pages.Reading",
        owner="member",
        label=_("Which announcements you opened and confirmed"),
        purpose=_("Unread marks, and knowing whether a message reached everybody."),
        kept=_("Two years after the announcement, or as your association chose."),
        seen_by=_("Numbers for the sender; names only of who was asked to confirm and did not do so yet."),
        fields=("announcement", "seen_at", "acknowledged_at"),
        basis=Basis.INTEREST,
        erasure=Erasure.REMOVE,
    )
)
register(
    PersonalData(
        "pages.Reply",
        owner="member",
        label=_("Your replies to announcements"),
        purpose=_("So that the sender can answer you."),
        kept=_("As long as the announcement stands."),
        seen_by=_("The managers who may write to the same people; in an open discussion everybody who got it."),
        fields=("announcement", "text", "written_at", "removed_at"),
        acted=("removed_by",),
        basis=Basis.AGREEMENT,
        erasure=Erasure.REMOVE,
    )
)
register(
    PersonalData(
        "pages.Proposal",
        owner="by",
        label=_("Changes you proposed for pages"),
        purpose=_("Writing pages together; the history names who contributed."),
        kept=_("As long as the page stands."),
        seen_by=_("The owner of the page and who edits pages."),
        fields=("page", "text", "note", "made_at", "answer", "parts_taken", "decided_at"),
        acted=("decided_by",),
        impersonal=("base",),
        basis=Basis.AGREEMENT,
        erasure=Erasure.UNNAME,
        emptied=(("by", None),),
        stays_because=_("The page was written with it."),
    )
)
register_traces("pages.Approval", "asked_by", "decided_by", "reason")
register_traces("pages.Broadcast", "by")
register_traces("pages.Urgency", "asked_by", "confirmed_by", "reason", "fingerprint")
register_traces("pages.AnnouncementSeries", "started_by", "stopped_by")
register_traces("pages.Occurrence", "skipped_by")
register_traces("pages.Picture", "uploaded_by_user", "title", "description", "file", "file_hash")

# Every page of Wagtail notes who owns and who locked it; its texts are published for others, by who may do so.
OF_EVERY_PAGE = (
    "path", "url_path", "title", "draft_title", "seo_title", "search_description", "owner", "locked_by",
)  # fmt: skip
FOR_READERS = ("kinds", "roles", "interests", "words")
register_traces("pages.LandingPage", *OF_EVERY_PAGE, "intro")
register_traces("pages.AnnouncementIndexPage", *OF_EVERY_PAGE)
register_traces("pages.NewsIndexPage", *OF_EVERY_PAGE)
register_traces("pages.AnnouncementPage", *OF_EVERY_PAGE, *FOR_READERS, "sender")
register_traces("pages.ContentPage", *OF_EVERY_PAGE, *FOR_READERS, "intro")
register_traces("pages.NewsPage", *OF_EVERY_PAGE, *FOR_READERS, "intro")
