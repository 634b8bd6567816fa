from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from theme.errors import Refusal


class AlreadyPast(Refusal):
    message = _("A text cannot take effect on a day that is over. Choose today or later.")


class BeforeTheLast(Refusal):
    def __init__(self, day):
        words = _("The version before this one takes effect on %(day)s. Choose that day or a later one.")
        super().__init__(words % {"day": date_format(day, "j F Y")})


class PublishedMeanwhile(Refusal):
    message = _("Somebody published another version a moment ago. Your text is kept here; look at theirs first.")
