"""What members hear of moderation: the reported what and why, the reporter how it ended; neither of the other."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from groups.conversations.text import excerpt
from groups.moderation.models import Act, Report
from notifications.kinds import GONE, NoticeKind, Words, register_kind


def act_words(member, context, count) -> Words:
    act = Act.objects.filter(pk=context["act"], member=member).first()
    if act is None:
        return GONE.words(member, context, count)
    return Words(act.told, excerpt(act.reason), act.get_absolute_url(), _("Read and answer"))


def outcome_words(member, context, count) -> Words:
    report = Report.objects.filter(pk=context["report"], reporter=member).first()
    if report is None:
        return GONE.words(member, context, count)
    body = " ".join(part for part in (report.get_outcome_display() + ".", report.answer) if part)
    return Words(_("Your report has been judged"), body, reverse("guidelines"), _("Guidelines"))


register_kind(
    NoticeKind("moderation.act", gettext_lazy("A moderator's act about you"), "flag", act_words, optional=False)
)
register_kind(NoticeKind("moderation.outcome", gettext_lazy("Outcome of your report"), "flag", outcome_words))
