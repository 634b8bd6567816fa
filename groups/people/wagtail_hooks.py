"""What the association sets up about people in the Wagtail admin: questions on the profile, interests, kinds."""

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSetGroup

from groups.people.history.admin import KeptViewSet
from groups.people.kept_settings import INTEREST, MEMBERSHIP_KIND, PROFILE_FIELD
from groups.people.models import Interest, MembershipKind, ProfileField


class ProfileFieldViewSet(KeptViewSet):
    model = ProfileField
    kept = "profile-field"
    icon = "form"
    form_fields = PROFILE_FIELD
    list_display = ["name", "kind", "audience", "position"]


class InterestViewSet(KeptViewSet):
    model = Interest
    kept = "interest"
    icon = "tag"
    form_fields = INTEREST
    list_display = ["name", "synonyms"]


class MembershipKindViewSet(KeptViewSet):
    model = MembershipKind
    kept = "membership-kind"
    icon = "group"
    form_fields = MEMBERSHIP_KIND
    list_display = ["name", "may_vote", "position"]


class PeopleViewSetGroup(ViewSetGroup):
    menu_label = _("Members")
    menu_icon = "user"
    items = (ProfileFieldViewSet(), InterestViewSet(), MembershipKindViewSet())


@hooks.register("register_settings_menu_item")
def history_in_menu():
    return MenuItem(_("History of the settings"), reverse_lazy("setting-histories"), icon_name="history", order=900)


@hooks.register("register_admin_viewset")
def people_settings():
    return PeopleViewSetGroup()
