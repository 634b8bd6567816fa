from django.utils.translation import gettext_lazy as _

from groups.subgroups.modules import Tab, tab_registry


@tab_registry
def members_tab() -> Tab:
    return Tab(module="members", label=_("Members"), icon="users", url_name="subgroup-members", position=90)
