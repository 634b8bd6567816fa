from polls.models.agenda import AgendaQuestion, MeetingDocument
from polls.models.ballots import Elector, Tally
from polls.models.meetings import AgendaItem, Attendance, Meeting, Proxy, Statutes, Suspension
from polls.models.outcomes import Decision, FollowUp, Outcome
from polls.models.polls import Kind, Option, Poll, Secrecy
from polls.models.secrecy import Draw, PollKey, Teller
from polls.models.surveys import Sheet, SurveyLink, SurveyQuestion

__all__ = [
    "AgendaItem",
    "AgendaQuestion",
    "Attendance",
    "Decision",
    "Draw",
    "Elector",
    "FollowUp",
    "Kind",
    "Meeting",
    "MeetingDocument",
    "Option",
    "Outcome",
    "Poll",
    "PollKey",
    "Proxy",
    "Secrecy",
    "Sheet",
    "Statutes",
    "SurveyLink",
    "SurveyQuestion",
    "Suspension",
    "Tally",
    "Teller",
]
