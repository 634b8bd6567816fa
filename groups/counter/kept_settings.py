"""The services of the counter, as kept settings."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from groups.counter.access import all_services
from groups.counter.forms import ServiceForm
from groups.counter.models import Service
from groups.counter.services import keep_service
from groups.people.history.kept import KeptSettings, keep


class KeptServiceForm(ServiceForm):
    """As on its page, for nobody in particular: the history names who it was and offers no list to pick from."""

    def __init__(self, *args, **options):
        super().__init__(*args, by=None, **options)
        self.fields["keeper"].label_from_instance = lambda person: person.display_name


keep(
    KeptSettings(
        "service",
        _("Services of the counter"),
        lambda member: all_services(member).order_by("title"),
        lambda row, data=None: KeptServiceForm(data, instance=row),
        lambda row, by, form: keep_service(service=row, by=by, **form.cleaned_data),
        lambda row: reverse("edit-service", args=[row.pk]),
        weighs=False,
        model=Service,
    )
)
