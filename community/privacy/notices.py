"""What members are told about their own data. None of it can be switched off: it is about their account."""

from datetime import datetime

from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.privacy.access import may_keep_registers
from community.privacy.models import DataExport, DeviceLoss, Erasure
from notifications.kinds import GONE, NoticeKind, Words, register_kind


def export_words(member, context, count) -> Words:
    return Words(
        _("Your data is ready"),
        _("You can download it for 24 hours. Nobody else can."),
        reverse("privacy"),
        _("Download"),
    )


def _export_is_there(member, context) -> bool:
    return DataExport.objects.filter(pk=context["export"], member=member, expires_at__gt=timezone.now()).exists()


def erasure_words(member, context, count) -> Words:
    day = formats.date_format(timezone.localtime(datetime.fromisoformat(context["due_at"])), "j F")
    return Words(
        _("Your account will be erased on %(day)s") % {"day": day},
        _("Was this not you, or have you changed your mind? Until then you can withdraw it."),
        reverse("privacy-erasure"),
        _("Look"),
    )


def _erasure_is_under_way(member, context) -> bool:
    return Erasure.objects.filter(pk=context["erasure"], withdrawn_at__isnull=True, done_at__isnull=True).exists()


def device_words(member, context, count) -> Words:
    loss = DeviceLoss.objects.filter(pk=context["loss"]).select_related("member").first()
    if loss is None:
        return GONE.words(member, context, count)
    return Words(
        _("%(name)s lost a device") % {"name": loss.member.display_name},
        _("It has been signed out. Look at what it could open, and decide whether it is a breach to report."),
        reverse("privacy-requests"),
        _("Look"),
    )


def _may_hear_of_losses(member, context) -> bool:
    return may_keep_registers(member)


register_kind(
    NoticeKind(
        "privacy.device_lost",
        gettext_lazy("Lost devices"),
        "smartphone",
        device_words,
        _may_hear_of_losses,
        optional=False,
        urgent=True,
    )
)
register_kind(
    NoticeKind(
        "privacy.export_ready",
        gettext_lazy("Your data is ready"),
        "download",
        export_words,
        _export_is_there,
        optional=False,
    )
)
register_kind(
    NoticeKind(
        "privacy.erasure_asked",
        gettext_lazy("Your account will be erased"),
        "circle-alert",
        erasure_words,
        _erasure_is_under_way,
        optional=False,
    )
)
