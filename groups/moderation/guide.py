"""From six answers to the guidelines of a group."""

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from groups.agreements.models import AgreedText
from groups.agreements.services import publish_text
from groups.conversations.models import TalkRules


@transaction.atomic
def publish_from_answers(*, by, subgroup, answer_days: int, **answers: str) -> AgreedText:
    """Put the answers in force as the group's guidelines, and keep the promise about questions in its rules.

    `answers` are purpose, belongs, manners, hours and trouble. The caller has checked that `by` writes guidelines here.
    """
    TalkRules.objects.update_or_create(subgroup=subgroup, defaults={"answer_days": answer_days})
    with override(settings.LANGUAGE_CODE):  # the language of the house: everybody reads it, whoever answered
        text = _as_text(answer_days, **answers)
    return publish_text(by=by, text=text, subgroup=subgroup)


def _as_text(answer_days: int, **answers: str) -> str:
    promise = ngettext(
        "A question gets an answer within %(days)d day.", "A question gets an answer within %(days)d days.", answer_days
    ) % {"days": answer_days}
    parts = [
        (_("What this group is for"), answers["purpose"]),
        (_("What belongs here"), answers["belongs"]),
        (_("How we talk with each other"), answers["manners"]),
        (_("When we write"), f"{answers['hours']} {promise}"),
        (_("When something goes wrong"), answers["trouble"]),
    ]
    return "\n\n".join(f"**{title}**\n{words}" for title, words in parts)
