"""Reports stay when their group is emptied or deleted, until their own term ends."""

from django.utils.translation import gettext_lazy as _

from groups.moderation.models import Report
from groups.subgroups.contents import Contents, register_contents

register_contents(
    Contents(
        "reports",
        _("Reports to the moderators"),
        lambda subgroup: Report.objects.filter(subgroup=subgroup),
        stays_because=_("Somebody may still object to what was decided; they have a term of their own."),
        order=70,
    )
)
