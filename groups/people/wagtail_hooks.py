"""What the association sets up about people in the Wagtail admin: questions on the profile, interests, kinds."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet

from groups.people.models import Interest, MembershipKind, ProfileField


class ProfileFieldViewSet(ModelViewSet):
    model = ProfileField
    icon = "form"
    form_fields = ["name", "hint", "kind", "choices", "audience", "is_searchable", "needs_approval", "position"]
    list_display = ["name", "kind", "audience", "position"]


class InterestViewSet(ModelViewSet):
    model = Interest
    icon = "tag"
    form_fields = ["name", "synonyms"]
    list_display = ["name", "synonyms"]


class MembershipKindViewSet(ModelViewSet):
    model = MembershipKind
    icon = "group"
    form_fields = ["name", "may_vote", "is_for_minors", "position"]
    list_display = ["name", "may_vote", "position"]


class PeopleViewSetGroup(ViewSetGroup):
    menu_label = _("Members")
    menu_icon = "user"
    items = (ProfileFieldViewSet(), InterestViewSet(), MembershipKindViewSet())


@hooks.register("register_admin_viewset")
def people_settings():
    return PeopleViewSetGroup()
