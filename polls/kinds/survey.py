"""Vragenlijst: filled in on a page of its own and counted question by question (services/surveys.py)."""

from django.utils.translation import gettext, ngettext

from polls.kinds.base import PollKind


class Survey(PollKind):
    icon = "list-todo"
    least_options = 0

    def answer(self, posted, shape):
        raise NotImplementedError("a survey is filled in with services.surveys.fill_in")

    def chosen(self, answer):
        return {}

    def posted_again(self, posted):
        return {}

    def words(self, answer, shape):
        return ""

    def result(self, profile, shape):
        return {"questions": {}}

    def bars(self, result, shape):
        return []

    def sentence(self, result, shape):
        answered = max((question["answered"] for question in result["questions"].values()), default=0)
        if not answered:
            return gettext("Nobody has filled in this survey.")
        return ngettext("%(n)s person filled it in.", "%(n)s people filled it in.", answered) % {"n": answered}
