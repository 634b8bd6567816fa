"""Why a mail is not posted. What is not certainly from the member is dropped without an answer."""

from django.utils.translation import gettext_lazy as _

from theme.errors import Refusal


class Dropped(Exception):
    """Not for us, automatic, or not from who it says: nobody is answered, as that would spread the harm."""


class ForgedSender(Dropped):
    pass


class PlaceGone(Refusal):
    message = _("You can no longer write there. Perhaps you left the group, or the discussion was closed.")


class SubjectNeeded(Refusal):
    message = _("Give your mail a subject: it becomes the title of the discussion.")
