"""What personal data the house holds. Each app says it of its own models, in a module `personal_data.py`.

Export, erasure, the register of processing and “who can see me” are all made from these registrations; a test fails
when a model field that holds personal data is in none of them (tests/community/privacy/test_personal_data.py).
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from django.apps import apps
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from theme.registry import Registry

Text = str | Promise


class Basis(Enum):
    """Why the law (GDPR, article 6) allows keeping it."""

    AGREEMENT = _("needed for your membership")
    CONSENT = _("your permission, which you can take back")
    LEGAL_DUTY = _("required by law")
    INTEREST = _("needed to run the association safely")


class Erasure(Enum):
    """What happens with the rows when a member is erased."""

    REMOVE = _("is removed")
    EMPTY = _("is made empty")
    UNNAME = _("stays without your name")
    KEEP = _("stays")


@dataclass(frozen=True, slots=True)
class PersonalData:
    """The personal data in one model.

    `owner` is the lookup from a row to the member it is about (“author”, “membership__member”; “pk” for the member
    itself; empty when `rows` finds them another way). `fields` hold the data, `acted` point at a member who only did
    something with the row (granted, decided), and `impersonal` are free texts that are not about a person. `emptied`
    gives the values that fields get at erasure. `stays_because` is told to the member before erasure.
    """

    model: str  # "people.Member"
    label: Text
    purpose: Text
    kept: Text
    seen_by: Text
    owner: str = ""
    fields: tuple[str, ...] = ()
    acted: tuple[str, ...] = ()
    impersonal: tuple[str, ...] = ()
    basis: Basis = Basis.AGREEMENT
    erasure: Erasure = Erasure.REMOVE
    emptied: tuple[tuple[str, object], ...] = ()
    stays_because: Text = ""
    processor: Text = ""  # somebody outside the association who handles it, with the country
    rows: Callable[[object], QuerySet] | None = None
    erase: Callable[[object], int] | None = None
    remove_by_choice: Callable[[object], int] | None = None  # when the member wants what they wrote to be gone

    def rows_of(self, member) -> QuerySet:
        """The rows about this member."""
        if self.rows:
            return self.rows(member)
        model = apps.get_model(self.model)
        return model._base_manager.filter(**{self.owner: member.pk}) if self.owner else model._base_manager.none()

    def erase_rows_of(self, member, removing_posts: bool = False) -> int:
        """Take the member out of these rows, as `erasure` says; returns how many rows were touched."""
        if removing_posts and self.remove_by_choice:
            return self.remove_by_choice(member)
        if self.erase:
            return self.erase(member)
        if self.erasure is Erasure.REMOVE:
            return self.rows_of(member).delete()[0]
        if self.erasure is Erasure.EMPTY:
            return self.rows_of(member).update(**dict(self.emptied))
        return 0


waiting_registry = Registry("What must be finished before this member is erased? function(member) -> sentence or None")

_registered: dict[str, PersonalData] = {}
_traces: dict[str, tuple[str, ...]] = {}


def register(data: PersonalData) -> PersonalData:
    """Register what one model holds; a second registration of the same model is a mistake."""
    if data.model in _registered and _registered[data.model] is not data:
        raise ValueError(f"The personal data in {data.model} is registered twice")
    _registered[data.model] = data
    return data


def register_traces(model: str, *fields: str) -> None:
    """Register fields of a model that is not about a person, but notes who did something with it.

    After erasure such a field points at a member without a name.
    """
    _traces[model] = fields


def traces_in(model: str) -> tuple[str, ...]:
    return _traces.get(model, ())


def waits_for(member) -> list[str]:
    """Sentences about what must be finished before this member can be erased."""
    return [sentence for ask in waiting_registry if (sentence := ask(member))]


def all_personal_data() -> list[PersonalData]:
    """Everything that is registered, in the order of the apps in which it stands."""
    return list(_registered.values())
