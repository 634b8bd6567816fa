"""Refusals around events that a member can cause."""

from django.utils.translation import gettext_lazy as _

from theme.errors import Refusal


class AnswersClosed(Refusal):
    message = _("You can no longer answer. Ask the organiser if something changed.")


class EventCancelled(Refusal):
    message = _("This event was cancelled.")


class NotYourAgenda(Refusal):
    message = _("You cannot plan events here. Ask a manager of the group.")


class WrongCode(Refusal):
    message = _("This code is not right. It is shown at the event itself.")


class CodeNotValidNow(Refusal):
    message = _("The code works from half an hour before the start until half an hour after the end.")
