"""Refusals at the counter that a member can cause."""

from django.utils.translation import gettext_lazy as _

from theme.errors import Refusal


class ReasonNeeded(Refusal):
    message = _("Say why it is not possible, so that the member knows.")


class RequestClosed(Refusal):
    message = _("This request is finished. Ask again if something is missing.")


class ManyOpen(Refusal):
    message = _("You have five open requests for this already. Wait until one of them is finished.")


class NotAHandler(Refusal):
    message = _("This person does not answer requests at the counter.")


class TitleTaken(Refusal):
    message = _("There is a service with this title already.")
