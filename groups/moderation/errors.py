from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from theme.errors import Refusal


class PostingLimited(Refusal):
    def __init__(self, until):
        words = _("A moderator asked you to wait with posting until %(day)s. You can read everything meanwhile.")
        super().__init__(words % {"day": date_format(until, "j F")})


class GuidelinesChanged(Refusal):
    message = _("The guidelines are new. Read and accept them first (More, then Guidelines); your text is kept.")
    way_on, way_words = "guidelines", _("To the guidelines")


class AlreadyReported(Refusal):
    message = _("You reported this already. A moderator will look at it.")


class AlreadyAnswered(Refusal):
    message = _("You have answered already. A moderator will read it.")


class ReportClosed(Refusal):
    message = _("Another moderator has finished this report.")
