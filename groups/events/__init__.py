"""The agenda: events of the association and of its groups, answers, waiting list, calendar feeds."""
