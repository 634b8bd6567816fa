"""The settings about people whose changes are kept: questions on the profile, interests, kinds of membership."""

from django.forms import modelform_factory
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from groups.people.access import may_for_association
from groups.people.history.kept import KeptSettings, keep
from groups.people.history.services import save_form
from groups.people.models import Interest, MembershipKind, ProfileField

PROFILE_FIELD = ("name", "hint", "kind", "choices", "audience", "is_searchable", "needs_approval", "position")
INTEREST = ("name", "synonyms")
MEMBERSHIP_KIND = ("name", "may_vote", "is_for_minors", "position")


def keep_admin_list(code: str, label, model, fields, address: str, weighs: bool) -> None:
    """Keep a list that editors of the house look after in the Wagtail admin under `address`."""
    form = modelform_factory(model, fields=fields)

    def rows(member):
        found = model._default_manager.order_by("pk")
        return found if may_for_association(member, "edit_pages") else found.none()

    keep(
        KeptSettings(
            code,
            label,
            rows,
            lambda row, data=None: form(data, instance=row),
            save_form(code),
            lambda row: reverse(f"{address}:edit", args=[row.pk]) if row.pk else reverse(f"{address}:index"),
            weighs,
            model,
        )
    )


keep_admin_list("profile-field", _("Questions on the profile"), ProfileField, PROFILE_FIELD, "profilefield", True)
keep_admin_list("interest", _("Interests"), Interest, INTEREST, "interest", False)
keep_admin_list("membership-kind", _("Kinds of membership"), MembershipKind, MEMBERSHIP_KIND, "membershipkind", True)
