"""Refusals around events that a member can cause."""

from django.utils.translation import gettext_lazy as _

from theme.errors import Refusal


class AnswersClosed(Refusal):
    message = _("You can no longer answer. Ask the organiser if something changed.")


class EventCancelled(Refusal):
    message = _("This event was cancelled.")


class NotYourAgenda(Refusal):
    message = _("You cannot plan events here. Ask a manager of the group.")


class QuestionOpen(Refusal):
    message = _("Some questions still need your answer before you can come.")


class AlreadyAsked(Refusal):
    message = _("People have answered these questions already, so they stay as they are.")


class ShiftFull(Refusal):
    message = _("This shift has all the people it needs. Choose another one.")


class ShiftOver(Refusal):
    message = _("This shift has begun already.")


class NotYourShift(Refusal):
    message = _("You do not do this shift.")


class CannotSwap(Refusal):
    message = _("You cannot swap with this person: they do this shift already, or are not in the group.")


class SwapAnswered(Refusal):
    message = _("This question was answered or taken back already.")


class WrongCode(Refusal):
    message = _("This code is not right. It is shown at the event itself.")


class CodeNotValidNow(Refusal):
    message = _("The code works from half an hour before the start until half an hour after the end.")
