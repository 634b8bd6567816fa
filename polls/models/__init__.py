from polls.models.ballots import Elector, Tally
from polls.models.meetings import AgendaItem, Attendance, Decision, Meeting, Outcome, Proxy, Statutes, Suspension
from polls.models.polls import Kind, Option, Poll, Secrecy
from polls.models.secrecy import Draw, PollKey, Teller
from polls.models.surveys import Sheet, SurveyLink, SurveyQuestion

__all__ = [
    "AgendaItem",
    "Attendance",
    "Decision",
    "Draw",
    "Elector",
    "Kind",
    "Meeting",
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
