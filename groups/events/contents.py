"""Events, when their group is emptied or deleted: with them go who came and what was answered."""

from django.utils.translation import gettext_lazy as _

from groups.events.models import Event, Series
from groups.subgroups.contents import Contents, register_contents

register_contents(Contents("events", _("Events"), lambda subgroup: Event.objects.filter(subgroup=subgroup), order=30))
register_contents(
    Contents("series", _("Series of events"), lambda subgroup: Series.objects.filter(subgroup=subgroup), order=31)
)
