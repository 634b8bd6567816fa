"""The banners of looking along: the helper's own, and the member's while somebody may look."""

from django.db.models import Value
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from groups.people.access import standing_registry, standing_rows
from groups.people.models import SupportAccess
from theme.banners import Banner, banner_registry


@standing_registry
def running_support(member):
    rows = SupportAccess.objects.running().filter(member_id=member.pk).order_by()
    return rows.values_list(Value("support"), "pk", "helper__first_name")


@banner_registry
def banner(request) -> Banner | None:
    access = getattr(request, "looking_along", None)
    if access is not None:
        text = _("You see the house as %(name)s does. You can only look, until %(time)s.") % {
            "name": access.member.display_name,
            "time": f"{timezone.localtime(access.until):%H:%M}",
        }
        return Banner(text, reverse("stop-looking-along"), _("Stop looking"), "eye", ends=True)
    member = getattr(request, "user", None)
    if member is None or not member.is_authenticated:
        return None
    for _number, name in standing_rows(member, "support"):
        text = _("%(name)s may see the house as you do, because you asked for help.") % {"name": name}
        return Banner(text, reverse("end-support"), _("End it now"), "eye", ends=True)
    return None
