"""The page tree: landing page, announcements, news and pages; pictures; who read what; what was told."""

from community.pages.models.announcements import AnnouncementIndexPage, AnnouncementPage
from community.pages.models.approving import Approval, EditorialRule
from community.pages.models.content import ContentPage, LandingPage, NewsIndexPage, NewsPage
from community.pages.models.library import PageUse, Proposal
from community.pages.models.pictures import Picture, PictureRendition
from community.pages.models.places import LinkedThread, Pin
from community.pages.models.reach import Broadcast, Reading, Reply
from community.pages.models.reader import ForReaders
from community.pages.models.repeating import AnnouncementSeries, Occurrence
from community.pages.models.urgency import Urgency

__all__ = [
    "AnnouncementIndexPage",
    "AnnouncementPage",
    "AnnouncementSeries",
    "Approval",
    "Broadcast",
    "ContentPage",
    "EditorialRule",
    "ForReaders",
    "LandingPage",
    "LinkedThread",
    "NewsIndexPage",
    "NewsPage",
    "Occurrence",
    "PageUse",
    "Picture",
    "PictureRendition",
    "Pin",
    "Proposal",
    "Reading",
    "Reply",
    "Urgency",
]
