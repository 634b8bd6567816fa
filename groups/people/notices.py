"""What members are told about people coming in."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from groups.people.access import may_for_association
from groups.people.models import Application
from notifications.kinds import GONE, NoticeKind, Words, register_kind


def application_words(member, context, count):
    application = Application.objects.filter(pk=context.get("application")).first()
    if application is None:
        return GONE.words(member, context, count)
    return Words(
        _("%(name)s wants to become a member") % {"name": application.display_name},
        application.motivation,
        reverse("application", args=[application.pk]),
        _("Look at the application"),
    )


def application_open(member, context):
    is_open = Application.objects.filter(pk=context.get("application"), decided_at__isnull=True).exists()
    return is_open and may_for_association(member, "decide_applications")


register_kind(
    NoticeKind("application", gettext_lazy("Applications"), "user-plus", application_words, still_true=application_open)
)
