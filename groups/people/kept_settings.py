"""The settings about people whose changes are kept: rules of safety, questions, interests, kinds of membership."""

from django.forms import modelform_factory
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from groups.people.access import may_for_association
from groups.people.forms import SafetyForm
from groups.people.history.kept import KeptSettings, keep
from groups.people.history.services import save_form
from groups.people.models import Interest, MembershipKind, ProfileField, SafetyRules
from groups.people.safety import change_safety_rules

PROFILE_FIELD = ("name", "hint", "kind", "choices", "audience", "is_searchable", "needs_approval", "position")
INTEREST = ("name", "synonyms")
MEMBERSHIP_KIND = ("name", "may_vote", "is_for_minors", "position")


def keep_admin_list(code: str, label, model, fields, address: str, weighs: bool, known=None) -> None:
    """Keep a list that editors of the house look after in the Wagtail admin under `address`.

    `known(member)` gives the rows a member may know of, when that is not all of them.
    """
    form = modelform_factory(model, fields=fields)

    def rows(member):
        found = (known(member) if known else model._default_manager.all()).order_by("pk")
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


def safety_rows(member):
    found = SafetyRules.objects.all()
    return found if may_for_association(member, "manage_roles") else found.none()


def safety_form(row: SafetyRules, data=None) -> SafetyForm:
    return SafetyForm(data, initial={"second_factor_for": row.second_factor_for, "idle_minutes": row.idle_minutes})


keep(
    KeptSettings(
        "safety",
        _("Rules of safety"),
        safety_rows,
        safety_form,
        lambda row, by, form: change_safety_rules(by=by, **form.cleaned_data),
        lambda row: reverse("safety-rules"),
    )
)
keep_admin_list("profile-field", _("Questions on the profile"), ProfileField, PROFILE_FIELD, "profilefield", True)
keep_admin_list("interest", _("Interests"), Interest, INTEREST, "interest", False)
keep_admin_list("membership-kind", _("Kinds of membership"), MembershipKind, MEMBERSHIP_KIND, "membershipkind", True)
