"""Surveys to start from. Texts are written in the language of who starts one."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from polls.models import SurveyQuestion

Kind = SurveyQuestion.Kind


@dataclass(frozen=True, slots=True)
class Line:
    kind: str
    text: str
    options: tuple[str, ...] = ()
    section: str = ""
    required: bool = False
    depends: tuple[int, str] | None = None  # number of an earlier question, and its answer


def target_group() -> list[Line]:
    you, wishes = _("About you"), _("What you would like")
    years = (_("Less than a year"), _("1 to 5 years"), _("Longer"))
    parts = (_("Training"), _("Matches"), _("Trips"), _("Committees"))
    return [
        Line(Kind.SINGLE, _("How long have you been a member?"), years, you),
        Line(Kind.MULTIPLE, _("What do you take part in?"), parts, you),
        Line(Kind.SCALE, _("I feel at home in this association."), section=wishes, required=True),
        Line(Kind.YES_NO, _("Would you like to do something for the association?"), section=wishes),
        Line(Kind.TEXT, _("What would you like to do?"), section=wishes, depends=(4, "yes")),
        Line(Kind.LONG_TEXT, _("What should we start, stop or keep doing?"), section=wishes),
    ]


def group_pulse() -> list[Line]:
    return [
        Line(Kind.SCALE, _("I know what our group is working on."), required=True),
        Line(Kind.SCALE, _("I feel free to say what I think."), required=True),
        Line(Kind.GRADE, _("Which mark do you give our group?"), required=True),
        Line(Kind.LONG_TEXT, _("What would raise that mark by one?")),
    ]


def event_review() -> list[Line]:
    good = (_("Programme"), _("Place"), _("Food"), _("Company"))
    reasons = (_("No time"), _("Not my thing"), _("I did not know"))
    return [
        Line(Kind.YES_NO, _("Were you there?"), required=True),
        Line(Kind.GRADE, _("Which mark do you give it?"), depends=(1, "yes")),
        Line(Kind.MULTIPLE, _("What was good?"), good, depends=(1, "yes")),
        Line(Kind.SINGLE, _("Why not?"), reasons, depends=(1, "no")),
        Line(Kind.LONG_TEXT, _("What should be different next time?")),
    ]


TEMPLATES = {
    "target_group": (gettext_lazy("Survey of a target group"), target_group),
    "group_pulse": (gettext_lazy("Pulse of a group"), group_pulse),
    "event_review": (gettext_lazy("Review of an event"), event_review),
}
