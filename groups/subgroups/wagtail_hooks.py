"""What the association sets up about groups in the Wagtail admin: who is in which group from the start."""

from wagtail import hooks

from groups.people.history.admin import KeptViewSet
from groups.subgroups.kept_settings import DEFAULT_GROUP
from groups.subgroups.models import DefaultSubgroup


class DefaultSubgroupViewSet(KeptViewSet):
    model = DefaultSubgroup
    kept = "default-group"
    icon = "group"
    add_to_admin_menu = True
    form_fields = DEFAULT_GROUP
    list_display = ["subgroup", "kind", "branch", "fills_itself"]


@hooks.register("register_admin_viewset")
def default_subgroups():
    return DefaultSubgroupViewSet()
