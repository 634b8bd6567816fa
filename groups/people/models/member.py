"""The person with an account."""

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from guardian.mixins import GuardianUserMixin

HUES = ["teal", "rose", "violet", "amber", "green", "blue", "slate"]


class MemberManager(BaseUserManager):
    def create_user(self, email, password=None, **fields):
        member = self.model(email=email.lower() if email else None, **fields)
        member.set_password(password)
        member.save(using=self._db)
        return member

    def create_superuser(self, email, password=None, **fields):
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, email):
        return self.get(email=email.lower())


class Member(GuardianUserMixin, AbstractBaseUser, PermissionsMixin):
    """A person with an account. Signs in by e-mail; a child under guardians may have no address of its own."""

    class Scheme(models.TextChoices):
        AUTO = "auto", _("As on my device")
        LIGHT = "light", _("Light")
        DARK = "dark", _("Dark")

    class TextSize(models.IntegerChoices):
        NORMAL = 100, _("Normal")
        LARGE = 115, _("Large")
        LARGER = 130, _("Larger")

    class Consent(models.TextChoices):
        """Nobody is placed in a group without accepting; this says who may even ask."""

        MEMBERS = "members", _("Every member")
        MANAGERS = "managers", _("Only managers of groups")
        NOBODY = "nobody", _("Nobody")

    class Idle(models.IntegerChoices):
        QUARTER = 15, _("after a quarter of an hour")
        HOUR = 60, _("after an hour")
        WORKING_DAY = 480, _("after eight hours")
        DAY = 1440, _("after a day")
        WEEK = 10_080, _("after a week")
        NEVER = 0, _("not by itself")

    email = models.EmailField(_("e-mail address"), unique=True, null=True, blank=True)
    first_name = models.CharField(_("first name"), max_length=60)
    name_prefix = models.CharField(_("prefix"), max_length=20, blank=True, help_text=_("For example “van der”"))
    last_name = models.CharField(_("last name"), max_length=80, blank=True)
    number = models.CharField(_("member number"), max_length=20, unique=True, null=True, blank=True)
    photo = models.ImageField(_("photo"), upload_to="portraits/", blank=True)
    about = models.TextField(_("about me"), max_length=1000, blank=True)

    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, blank=True)
    scheme = models.CharField(_("colours"), max_length=5, choices=Scheme, default=Scheme.AUTO)
    text_size = models.PositiveSmallIntegerField(_("text size"), choices=TextSize, default=TextSize.NORMAL)
    readable_font = models.BooleanField(_("extra readable letters"), default=False)

    consent = models.CharField(
        _("who may invite me to a group"), max_length=8, choices=Consent, default=Consent.MANAGERS
    )
    is_listed = models.BooleanField(
        _("members can find me in the directory"), default=False, help_text=_("Only who says yes is found.")
    )
    shows_groups = models.BooleanField(_("my groups stand on my profile"), default=False)
    # The next step of the welcome, 1 to 4; 0 once it is done or skipped.
    welcome_step = models.PositiveSmallIntegerField(default=0, editable=False)

    # After how long without a tap the sessions ask for proof again; 0 is never, but a role may set a bound.
    idle_minutes = models.PositiveIntegerField(
        _("lock by itself"), choices=Idle, default=Idle.WEEK, help_text=_("For all your devices.")
    )

    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(_("technical administrator"), default=False)
    created_at = models.DateTimeField(_("account made at"), default=timezone.now, editable=False)

    # Whether this object lives for one request only, so that answers about rights may be kept on it
    # (groups/people/middleware.py). Off in tasks, sockets and services, which must ask the database again.
    remembers = False
    blanks = {"email": models.EmailField(), "created_at": models.DateTimeField()}  # theme/kept.py
    noted = ("remembers", "hides_direct", "is_active", "is_authenticated", "is_anonymous", "is_staff")

    # Whether private messages stay out of what is made for this object: somebody looks along without leave for them.
    hides_direct = False
    # Who looks along with this member: what is a surprise for them stays out too.
    looked_along_by: int | None = None
    lists_of_blanks = {"surprisable_ids": models.BigIntegerField()}  # theme/kept.py

    objects = MemberManager()

    USERNAME_FIELD = EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["first_name"]

    class Meta:
        verbose_name, verbose_name_plural = _("member"), _("members")
        ordering = ["last_name", "first_name", "pk"]
        indexes = [models.Index(fields=["last_name", "first_name"], name="member_by_name")]
        constraints = [
            models.CheckConstraint(
                condition=Q(email__isnull=True) | Q(email=Lower("email")), name="member_email_in_lower_case"
            ),
        ]

    def __str__(self):
        return self.display_name

    @property
    def surprisable_ids(self) -> list[int]:
        """Whose surprises stay out of what is made for this object."""
        return [self.pk] if self.looked_along_by is None else [self.pk, self.looked_along_by]

    @property
    def display_name(self) -> str:
        name = " ".join(part for part in (self.first_name, self.name_prefix, self.last_name) if part)
        return name or gettext("Former member")  # who was erased has no name left

    def get_full_name(self):
        return self.display_name

    def get_short_name(self):
        return self.first_name or gettext("Former member")

    @property
    def initials(self) -> str:
        return (self.first_name[:1] + self.last_name[:1]).upper()

    @property
    def hue(self) -> str:
        """The tint of the member's avatar: fixed by id, so that it is the same on every screen."""
        return HUES[(self.pk or 0) % len(HUES)]

    @property
    def photo_url(self) -> str:
        return reverse("portrait", args=[self.pk]) if self.photo else ""

    def get_absolute_url(self):
        return reverse("member", args=[self.pk])
