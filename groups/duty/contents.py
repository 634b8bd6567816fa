"""Duty, when its group is emptied or deleted: the plan goes, the emergency text is a setting of the group."""

from django.utils.translation import gettext_lazy as _

from groups.duty.models import EmergencyText, Turn
from groups.subgroups.contents import Contents, register_contents

register_contents(
    Contents("turns", _("Turns of duty"), lambda subgroup: Turn.objects.filter(subgroup=subgroup), order=33)
)
register_contents(
    Contents(
        "emergency-text",
        _("The emergency text"),
        lambda subgroup: EmergencyText.objects.filter(subgroup=subgroup),
        is_setting=True,
        order=85,
    )
)
