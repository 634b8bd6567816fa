"""Refusals around tasks that a member can cause."""

from django.utils.translation import gettext_lazy as _

from theme.errors import Refusal


class NotInThisGroup(Refusal):
    message = _("This person is not in the group. Choose somebody who is.")


class AlreadyTaken(Refusal):
    message = _("Somebody else has just taken this task.")


class AlreadyDone(Refusal):
    message = _("This task is done already.")


class NotYours(Refusal):
    message = _("Only who does this task, who made it, or a manager of the group can do that.")


class NeedsMoment(Refusal):
    message = _("Choose a day and time first; then it can repeat or remind you.")
