"""Refusals around notices that a member can cause."""

from django.utils.translation import gettext_lazy as _

from theme.errors import Refusal


class UnknownPushService(Refusal):
    message = _("This browser uses a push service we do not know. You still get everything in the app and by mail.")


class AlwaysOn(Refusal):
    message = _("This kind of notice cannot be switched off: it is about your own money or safety.")


class UnknownPlace(Refusal):
    message = _("You are no longer in this group.")
