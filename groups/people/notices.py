"""What members are told about people coming in."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from groups.people.access import may_for_association
from groups.people.models import Application, SupportAccess
from notifications.kinds import GONE, NoticeKind, Words, register_kind


def application_words(member, context, count):
    application = Application.objects.filter(pk=context.get("application")).first()
    if application is None:
        return GONE.words(member, context, count)
    return Words(
        _("%(name)s wants to become a member") % {"name": application.display_name},
        application.motivation,
        reverse("application", args=[application.pk]),
        _("Look at the application"),
    )


def application_open(member, context):
    is_open = Application.objects.filter(pk=context.get("application"), decided_at__isnull=True).exists()
    return is_open and may_for_association(member, "decide_applications")


def profile_answer_words(member, context, count):
    field = {"field": context.get("field", "")}
    title = (
        _("“%(field)s” on your profile has been taken over")
        if context.get("accepted")
        else (_("“%(field)s” on your profile stays as it was"))
    )
    text = "" if context.get("accepted") else _("The association looked at your change and did not take it over.")
    return Words(title % field, text, reverse("own-profile"), _("To my profile"))


def support_words(member, context, count):
    access = SupportAccess.objects.filter(pk=context.get("access")).select_related("member").first()
    if access is None:
        return GONE.words(member, context, count)
    return Words(
        _("%(name)s asks you to look along") % {"name": access.member.display_name},
        _("Until then you can see the house as they do; only looking, and every page is noted."),
        reverse("support-desk"),
        _("Look along"),
    )


def support_opened_words(member, context, count):
    access = SupportAccess.objects.filter(pk=context.get("access")).select_related("helper").first()
    if access is None:
        return GONE.words(member, context, count)
    return Words(
        _("%(name)s looks along with you now") % {"name": access.helper.display_name},
        _("You asked for it. You can see which pages were opened, and end it at once."),
        reverse("support"),
        _("Look or end it"),
    )


def support_runs(member, context):
    return SupportAccess.objects.running().filter(pk=context.get("access")).exists()


SUPPORT = {"still_true": support_runs, "optional": False, "personal": True, "urgent": True}
register_kind(NoticeKind("support", gettext_lazy("Looking along"), "eye", support_words, **SUPPORT))
register_kind(
    NoticeKind("support_opened", gettext_lazy("Somebody looks along with me"), "eye", support_opened_words, **SUPPORT)
)
register_kind(NoticeKind("profile_answer", gettext_lazy("Answers on my profile"), "user", profile_answer_words))
register_kind(
    NoticeKind("application", gettext_lazy("Applications"), "user-plus", application_words, still_true=application_open)
)
