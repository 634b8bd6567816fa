"""What the association sets up about groups in the Wagtail admin: who is in which group from the start."""

from wagtail import hooks
from wagtail.admin.viewsets.model import ModelViewSet

from groups.subgroups.models import DefaultSubgroup


class DefaultSubgroupViewSet(ModelViewSet):
    model = DefaultSubgroup
    icon = "group"
    add_to_admin_menu = True
    form_fields = ["subgroup", "kind", "branch", "fills_itself"]
    list_display = ["subgroup", "kind", "branch", "fills_itself"]


@hooks.register("register_admin_viewset")
def default_subgroups():
    return DefaultSubgroupViewSet()
