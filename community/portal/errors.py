"""Refusals on the desk that a member can cause."""

from django.utils.translation import gettext_lazy as _

from theme.errors import Refusal


class NotOnTheList(Refusal):
    message = _("This is no longer on the list: somebody has seen to it.")


class NobodyToAsk(Refusal):
    message = _("This group has no other manager to ask. Open it and see to it yourself.")
