"""What members tell about themselves: fields and interests that the association defines, and who may see them."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groups.people.models.belonging import Dated
from groups.people.models.member import Member


class Audience(models.TextChoices):
    """Who may see a value, from wide to narrow; each one includes those below it."""

    MEMBERS = "members", _("All members")
    GROUPS = "groups", _("Members of my groups")
    MANAGERS = "managers", _("Managers of my groups and the board")
    BOARD = "board", _("The board")
    ME = "me", _("Only me")


class ProfileField(models.Model):
    """A question on the profile, for example “Telephone” or “Rowing certificate”."""

    class Kind(models.TextChoices):
        TEXT = "text", _("Text")
        LONG_TEXT = "long_text", _("Long text")
        PHONE = "phone", _("Telephone number")
        DATE = "date", _("Date")
        CHOICE = "choice", _("One of a list")

    name = models.CharField(_("name"), max_length=60, unique=True)
    hint = models.CharField(_("explanation"), max_length=200, blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.TEXT)
    choices = models.TextField(_("choices, one per line"), blank=True)
    audience = models.CharField(
        _("who sees it at first"), max_length=10, choices=Audience, default=Audience.GROUPS,
        help_text=_("Every member can change this for their own answer."),
    )  # fmt: skip
    is_searchable = models.BooleanField(_("can be searched in the directory"), default=False)
    needs_approval = models.BooleanField(_("a change waits for approval"), default=False)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name, verbose_name_plural = _("profile field"), _("profile fields")
        ordering = ["position", "name"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="choice") | ~Q(choices=""), name="profile_field_with_choices_has_some"
            )
        ]

    def __str__(self):
        return self.name

    @property
    def options(self) -> list[str]:
        return [line.strip() for line in self.choices.splitlines() if line.strip()]


class ProfileValue(models.Model):
    """One member's answer to one field. `proposed` waits for approval and nobody else sees it."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="profile_values", verbose_name=_("member"))
    field = models.ForeignKey(ProfileField, models.CASCADE, related_name="values", verbose_name=_("field"))
    value = models.TextField(_("answer"), blank=True)
    proposed = models.TextField(_("waits for approval"), blank=True)
    audience = models.CharField(_("who sees it"), max_length=10, choices=Audience)

    class Meta:
        verbose_name, verbose_name_plural = _("answer on a profile"), _("answers on profiles")
        constraints = [models.UniqueConstraint(fields=["member", "field"], name="profile_value_once")]

    def __str__(self):
        return f"{self.member} · {self.field}"


class Interest(models.Model):
    """Something members like or are good at; `synonyms` are other words that mean the same."""

    name = models.CharField(_("name"), max_length=60)
    synonyms = models.TextField(_("other words for it, one per line"), blank=True)
    members = models.ManyToManyField(Member, related_name="interests", blank=True, verbose_name=_("members"))

    class Meta:
        verbose_name, verbose_name_plural = _("interest"), _("interests")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(Lower("name"), name="interest_name_once")]

    def __str__(self):
        return self.name

    @property
    def words(self) -> list[str]:
        return [self.name, *(line.strip() for line in self.synonyms.splitlines() if line.strip())]


class Dismissal(models.Model):
    """A suggestion the member does not want to see again, for example `subgroup:12` or `member:40`."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="dismissals")
    about = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "about"], name="dismissal_once")]

    def __str__(self):
        return self.about


class Guardianship(Dated):
    """A parent or guardian acts for a child; the child has an account of its own, perhaps without an address."""

    guardian = models.ForeignKey(Member, models.CASCADE, related_name="wards", verbose_name=_("guardian"))
    child = models.ForeignKey(Member, models.CASCADE, related_name="guardians", verbose_name=_("child"))
    given_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta(Dated.Meta):
        verbose_name, verbose_name_plural = _("guardianship"), _("guardianships")
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["guardian", "child"], condition=Q(ends_on__isnull=True), name="guardianship_one_open"
            ),
            models.CheckConstraint(condition=~Q(guardian=F("child")), name="guardianship_of_somebody_else"),
        ]

    def __str__(self):
        return f"{self.guardian} → {self.child}"
