"""Where the account that members pay to stands, whichever account it is today."""

from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class StandingAccount:
    pk: str = "main"

    def __str__(self):
        return _("Bank account")


THE_ACCOUNT = StandingAccount()
