"""Whether a group asks for a paid fee is a setting of the group."""

from django.utils.translation import gettext_lazy as _

from finance.fees.models import Condition
from groups.subgroups.contents import Contents, register_contents

register_contents(
    Contents(
        "fee-condition",
        _("The rule that a fee must be paid"),
        lambda subgroup: Condition.objects.filter(subgroup=subgroup),
        is_setting=True,
        order=83,
    )
)
