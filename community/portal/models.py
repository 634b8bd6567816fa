"""How the association presents itself: set in the admin, followed by every page, mail and PDF."""

from django.conf import settings
from django.core.cache import cache
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from groups.people.history.admin import KeptAdminForm
from theme.house_style import contrast_report

HOUSE_CACHE_KEY = "house"

hex_colour = RegexValidator(r"^#[0-9a-fA-F]{6}$", _("Write the colour as # and six digits or letters, like #0e5a78."))


class ContrastPanel(HelpPanel):
    """The contrasts that the saved colour reaches on every ground, so that nobody has to guess."""

    class BoundPanel(HelpPanel.BoundPanel):
        template_name = "portal/admin/house_preview.html"

        @property
        def contrasts(self):
            return contrast_report(self.instance.colour)


class HouseAdminForm(KeptAdminForm):
    code = "house"


@register_setting(icon="cog", order=10)
class HouseSettings(BaseGenericSetting):
    """Name, colour and crest. Everything else of the house style is computed from the one colour."""

    ICONS = ["sailboat", "umbrella", "anchor", "bike", "heart", "leaf", "music", "star", "trophy", "users", "waves"]

    name = models.CharField(_("name of the association"), max_length=80, default="Paraplu")
    tagline = models.CharField(_("one line about it"), max_length=120, blank=True)
    colour = models.CharField(_("house colour"), max_length=7, default="#0e5a78", validators=[hex_colour])
    icon = models.CharField(
        _("sign"), max_length=20, default="umbrella", choices=[(icon, icon) for icon in ICONS],
        help_text=_("Shown while there is no crest."),
    )  # fmt: skip
    crest = models.ForeignKey(
        "pages.Picture", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("crest or logo")
    )

    base_form_class = HouseAdminForm
    panels = [
        MultiFieldPanel(["name", "tagline"], heading=_("The association")),
        MultiFieldPanel([FieldPanel("colour"), "icon", "crest"], heading=_("House style")),
        ContrastPanel(heading=_("How it looks, with the contrasts measured")),
    ]

    class Meta:
        verbose_name = _("House style")

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        # Not a rule but a cache to drop: the house stands on every page and would cost each a query.
        super().save(*args, **kwargs)
        cache.delete(HOUSE_CACHE_KEY)


class Visit(models.Model):
    """When a member was last on home, and the time before: what came in between is what they missed."""

    member = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="visit")
    seen_at = models.DateTimeField()
    before = models.DateTimeField(null=True, blank=True, help_text="The end of the visit before this one")

    class Meta:
        verbose_name, verbose_name_plural = _("last visit"), _("last visits")

    def __str__(self):
        return f"{self.member_id} · {self.seen_at}"


class WeekAnswer(models.Model):
    """What a community manager did about one line of a week's list: it is gone for all of them, for that week."""

    class Act(models.TextChoices):
        ASKED = "asked", _("asked the managers")
        LATER = "later", _("not this week")

    week = models.DateField(help_text="The Monday")
    item = models.CharField(max_length=60)
    act = models.CharField(max_length=5, choices=Act)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name, verbose_name_plural = _("answer to the week's list"), _("answers to the week's list")
        constraints = [models.UniqueConstraint(fields=["week", "item"], name="week_answer_once")]

    def __str__(self):
        return f"{self.week} · {self.item}"
