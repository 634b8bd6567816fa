from polls.models.ballots import Elector, PollKey, Tally
from polls.models.polls import Kind, Option, Poll, Secrecy

__all__ = ["Elector", "Kind", "Option", "Poll", "PollKey", "Secrecy", "Tally"]
