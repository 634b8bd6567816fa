from polls.models.ballots import Elector, Tally
from polls.models.polls import Kind, Option, Poll, Secrecy
from polls.models.secrecy import Draw, PollKey, Teller

__all__ = ["Draw", "Elector", "Kind", "Option", "Poll", "PollKey", "Secrecy", "Tally", "Teller"]
