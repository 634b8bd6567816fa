"""Shapes of what is posted; the rules are in services."""

from polls.forms.fields import DayField, MomentField
from polls.forms.formal import AgainForm, BarForm, DrawForm, ElectionForm, FollowUpForm, MotionForm, OutcomeForm
from polls.forms.informal import (
    ConsentForm,
    DatesForm,
    GaugeForm,
    MarksForm,
    PointsForm,
    RankingForm,
    SignupForm,
    StatementForm,
)
from polls.forms.surveys import QuestionForm, SurveyForm
from polls.models import Kind

__all__ = [
    "FORMS",
    "AgainForm",
    "BarForm",
    "DayField",
    "DrawForm",
    "FollowUpForm",
    "MomentField",
    "OutcomeForm",
    "QuestionForm",
]

FORMS = {
    Kind.GAUGE: GaugeForm,
    Kind.STATEMENT: StatementForm,
    Kind.DATES: DatesForm,
    Kind.RANKING: RankingForm,
    Kind.POINTS: PointsForm,
    Kind.MARKS: MarksForm,
    Kind.SIGNUP: SignupForm,
    Kind.SURVEY: SurveyForm,
    Kind.CONSENT: ConsentForm,
    Kind.MOTION: MotionForm,
    Kind.ELECTION: ElectionForm,
}
