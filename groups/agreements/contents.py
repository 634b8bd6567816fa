"""Guidelines of a group go with the group, with who accepted them."""

from django.utils.translation import gettext_lazy as _

from groups.agreements.models import AgreedText
from groups.subgroups.contents import Contents, register_contents

register_contents(
    Contents(
        "guidelines",
        _("Versions of the guidelines"),
        lambda subgroup: AgreedText.objects.filter(subgroup=subgroup),
        is_setting=True,
        order=82,
    )
)
