"""What every page of a subgroup shares: head, tab row, rights for the template, cards in the side column.

A view of any module does:

    subgroup = get_object_or_404(with_module(entered_subgroups(request.user), "polls"), slug=slug)
    context = {**subgroup_context(request, subgroup, "polls"), …}

and its template extends subgroups/base.html, filling `tab_title` and `tab_content` (and `side`, if it wants its own).
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from groups.people.access import may_for_association
from groups.subgroups.access import clearings_under_way, is_member, may_manage, members_of, past_ids, rights_by_subgroup
from groups.subgroups.kinds import shows_itself
from groups.subgroups.models import Subgroup
from groups.subgroups.modules import MODULES, tabs_of
from groups.subgroups.services import managers
from theme.kept import Asked
from theme.registry import Registry
from theme.together import together

FACES = 4
FACE = ("first_name", "name_prefix", "last_name", "photo")  # what an avatar and its name are made of


@dataclass(frozen=True, slots=True)
class SideCard:
    """A card beside or above what a group says: a template of the app that registers it, and what it needs."""

    template: str
    position: int
    values: dict = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class HeadLink:
    """A button in the head or a line in its menu. `is_button` puts it beside the menu, as the notification level."""

    label: str
    icon: str
    url: str
    position: int = 50
    is_button: bool = False


@dataclass(frozen=True, slots=True)
class ActiveTab:
    """A tab as one member sees it on one page."""

    module: str
    label: str
    icon: str
    url: str
    badge: int
    is_current: bool


side_card_registry = Registry("Which card for the side column? function(request, subgroup) -> SideCard or None")
feed_card_registry = Registry("What stands above the discussions? function(request, subgroup) -> SideCard or None")
front_card_registry = Registry("What does a branch show to everybody? function(request, subgroup) -> SideCard or None")
frame_question_registry = Registry("What do head and cards ask? function(questions: Together, member, subgroup)")
head_link_registry = Registry("What stands in the head? function(request, subgroup) -> HeadLink or None")


def subgroup_context(request, subgroup: Subgroup, module: str) -> dict:
    """What subgroups/base.html needs; everything in `frame` is asked only when the whole page is rendered."""
    return {
        "subgroup": subgroup,
        "rights": frozenset(rights_by_subgroup(request.user).get(subgroup.pk, ())),
        "frame": Frame(request, subgroup, module),
    }


class Frame:
    """Head, tabs and side column of one subgroup for who is looking."""

    def __init__(self, request, subgroup: Subgroup, module: str):
        self.request, self.subgroup, self.module = request, subgroup, module
        self._badges = self._put_questions()

    def _put_questions(self) -> dict[str, int | str]:
        """{module: its number, or the key of the question}; put before the frame is drawn, so that all go together."""
        questions = together(self.request)
        for ask in frame_question_registry:
            ask(questions, self.request.user, self.subgroup)
        questions.first("clearing", clearings_under_way(self.subgroup), "kind", "due_at", limit=1)
        if self.is_member:
            # Apart: sorted by whether they lead, everybody in the group would be read to show four.
            here = self.request.user, self.subgroup
            questions.first("leads", Asked(_named_managers, *here), *FACE, limit=FACES)
            questions.first("others", Asked(_named_members, *here), *FACE, limit=FACES)
        badges = {}
        for tab in tabs_of(self.subgroup) if self.is_member else []:
            found = tab.badge(self.request.user, self.subgroup) if tab.badge else 0
            if isinstance(found, QuerySet | Asked):
                questions.count(f"tab {tab.module}", found)
                found = f"tab {tab.module}"
            badges[tab.module] = found
        return badges

    @cached_property
    def is_member(self) -> bool:
        return is_member(self.request.user, self.subgroup)

    @cached_property
    def is_reader(self) -> bool:
        """Who is in, and who was in when the group was archived and reads back."""
        if self.subgroup.archived_at is None:
            return self.is_member
        return self.subgroup.pk in past_ids(self.request.user)

    @property
    def clearing(self):
        """What everybody in the group sees coming: that it is emptied or deleted, and when."""
        found = together(self.request)["clearing"] if self.is_reader or self.may_manage else []
        return found[0] if found else None

    @cached_property
    def may_manage(self) -> bool:
        return may_manage(self.request.user, self.subgroup)

    @cached_property
    def may_decide_future(self) -> bool:
        return may_for_association(self.request.user, "manage_subgroups")

    @property
    def modules(self) -> list[tuple[str, str, bool]]:
        return [(code, name, self.subgroup.has_module(code)) for code, name in MODULES.items()]

    @property
    def openness(self) -> str:
        """ "Open", "closed" or "hidden": what an outsider can do, in two words."""
        if self.subgroup.is_hidden:
            return _("Hidden group")
        return _("Open group") if self.subgroup.join_policy == Subgroup.JoinPolicy.OPEN else _("Closed group")

    @property
    def is_open(self) -> bool:
        return not self.subgroup.is_hidden and self.subgroup.join_policy == Subgroup.JoinPolicy.OPEN

    @cached_property
    def tabs(self) -> list[ActiveTab]:
        return [self._tab(tab) for tab in tabs_of(self.subgroup)] if self.is_reader else []

    def _tab(self, tab) -> ActiveTab:
        return ActiveTab(
            module=tab.module,
            label=tab.label,
            icon=tab.icon,
            url=reverse(tab.url_name, args=[self.subgroup.slug]),
            badge=self._badge_of(tab),
            is_current=tab.module == self.module,
        )

    def _badge_of(self, tab) -> int:
        found = self._badges.get(tab.module, 0)  # in an archived group nothing is new
        return together(self.request)[found] if isinstance(found, str) else found

    @cached_property
    def current_tab(self) -> ActiveTab | None:
        return next((tab for tab in self.tabs if tab.is_current), None)

    @cached_property
    def head_links(self) -> list[HeadLink]:
        return _ordered(head_link_registry, self.request, self.subgroup)

    @property
    def buttons(self) -> list[HeadLink]:
        return [link for link in self.head_links if link.is_button]

    @property
    def menu(self) -> list[HeadLink]:
        return [link for link in self.head_links if not link.is_button]

    @cached_property
    def side_cards(self) -> list[SideCard]:
        return _ordered(side_card_registry, self.request, self.subgroup)

    @cached_property
    def feed_cards(self) -> list[SideCard]:
        return _ordered(feed_card_registry, self.request, self.subgroup) if self.is_member else []

    @cached_property
    def front_cards(self) -> list[SideCard]:
        return _ordered(front_card_registry, self.request, self.subgroup) if shows_itself(self.subgroup) else []

    @property
    def faces(self) -> list:
        """Members to recognise the group by: its managers first."""
        if not self.is_member:
            return []
        asked = together(self.request)
        leads = asked["leads"]
        return [*leads, *(person for person in asked["others"] if person not in leads)][:FACES]

    @property
    def more_faces(self) -> int:
        return max(0, self.subgroup.member_count - len(self.faces))


def _named_managers(member, subgroup):
    return managers(subgroup).exclude(first_name="").order_by("pk")


def _named_members(member, subgroup):
    return members_of(subgroup).exclude(first_name="").order_by("pk")


def _ordered(registry: Registry, request, subgroup: Subgroup) -> list:
    found: list[Callable] = [answer for ask in registry if (answer := ask(request, subgroup))]
    return sorted(found, key=lambda answer: answer.position)
