"""Context processor `theme`: everything lazy, so that a fragment pays for nothing it does not show."""

from datetime import date
from functools import cached_property

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from theme import navigation
from theme.banners import Banner, banners
from theme.house import House, house

ACCOUNT_PAGES = (
    ("account_email", _("E-mail")),
    ("account_change_password", _("Password")),
    ("mfa_index", _("Two steps")),
    ("usersessions_list", _("Devices")),
)
SCHEMES, TEXT_SIZES = ("light", "dark"), ("115", "130")


def theme(request: HttpRequest) -> dict:
    return {"theme": Theme(request), "house": SimpleLazyObject(house), "base_url": settings.BASE_URL}


class Theme:
    """What the frame of a page asks for; the member's wishes are attributes of request.user."""

    def __init__(self, request: HttpRequest):
        self.request = request

    account_pages = ACCOUNT_PAGES

    @cached_property
    def house(self) -> House:
        return house()

    @cached_property
    def member(self):
        """Who is logged in, or None: after a fault early in a request, and in a session that has locked."""
        if getattr(self.request, "is_locked", False):
            return None
        user = getattr(self.request, "user", None)
        return user if user is not None and user.is_authenticated else None

    @property
    def scheme(self) -> str:
        """ "light" or "dark" when the member chose; empty follows the device."""
        return _one_of(SCHEMES, getattr(self.member, "scheme", ""))

    @property
    def text_size(self) -> str:
        return _one_of(TEXT_SIZES, str(getattr(self.member, "text_size", "")))

    @property
    def readable_font(self) -> bool:
        return bool(getattr(self.member, "readable_font", False))

    @cached_property
    def bar(self) -> list[navigation.Link]:
        return navigation.links(self.request, "bar")

    @cached_property
    def tools(self) -> list[navigation.Link]:
        return navigation.links(self.request, "tools")

    @cached_property
    def head(self) -> list[navigation.Link]:
        return navigation.links(self.request, "head")

    @cached_property
    def sidebar(self) -> list[navigation.Link]:
        return navigation.links(self.request, "sidebar")

    @cached_property
    def more(self) -> list[navigation.Link]:
        return navigation.links(self.request, "more")

    @cached_property
    def below_groups(self) -> list[navigation.Link]:
        return navigation.links(self.request, "groups")

    @cached_property
    def foot(self) -> list[navigation.Link]:
        return navigation.links(self.request, "foot")

    @property
    def looks_along(self) -> bool:
        """Somebody else's page: it follows nothing live."""
        return getattr(self.request, "looking_along", None) is not None

    @property
    def is_top(self) -> bool:
        """Pages of the bottom bar have nowhere to go back to."""
        return any(link.current == "page" for link in self.bar)

    @cached_property
    def desk(self) -> list[navigation.Link]:
        return navigation.links(self.request, "desk")

    @cached_property
    def banners(self) -> list[Banner]:
        """Nothing for a fault early in a request, and nothing without a member."""
        return [] if self.member is None else banners(self.request)

    @cached_property
    def since(self) -> date | None:
        """The first day of the member's membership; None for a guest."""
        return None if self.member is None else navigation.member_since(self.request)

    @cached_property
    def groups(self) -> list[navigation.GroupRow]:
        return [] if self.member is None else navigation.group_rows(self.request)


def _one_of(allowed: tuple[str, ...], value: str) -> str:
    return value if value in allowed else ""
