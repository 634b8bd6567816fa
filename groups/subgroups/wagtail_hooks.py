"""What the association sets up about groups in the Wagtail admin: who is in which group from the start."""

from django.forms import modelform_factory
from wagtail import hooks
from wagtail.admin.forms import WagtailAdminModelForm

from groups.people.history.admin import KeptViewSet
from groups.people.models import kept_from
from groups.subgroups.access import known_default_rules
from groups.subgroups.kept_settings import DEFAULT_GROUP
from groups.subgroups.models import DefaultSubgroup


class DefaultSubgroupForm(WagtailAdminModelForm):
    """Offers no group that is a surprise for who fills it in."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("subgroup", "branch"):
            field = self.fields[name]
            field.queryset = field.queryset.exclude(kept_from(self.for_user))


class DefaultSubgroupViewSet(KeptViewSet):
    model = DefaultSubgroup
    kept = "default-group"
    icon = "group"
    add_to_admin_menu = True
    form_fields = DEFAULT_GROUP
    list_display = ["subgroup", "kind", "branch", "fills_itself"]

    def known_rows(self, member):
        return known_default_rules(member)

    def get_form_class(self, for_update=False):
        return modelform_factory(
            DefaultSubgroup, DefaultSubgroupForm, fields=DEFAULT_GROUP, formfield_callback=self.formfield_for_dbfield
        )


@hooks.register("register_admin_viewset")
def default_subgroups():
    return DefaultSubgroupViewSet()
