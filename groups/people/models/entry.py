"""How people come in: the online application, and letters to who has no account yet."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groups.people.models.belonging import MembershipKind
from groups.people.models.member import Member


class Application(models.Model):
    """Somebody asks to join the association. An account exists only once the board has said yes."""

    email = models.EmailField(_("e-mail address"))
    first_name = models.CharField(_("first name"), max_length=60)
    name_prefix = models.CharField(_("prefix"), max_length=20, blank=True)
    last_name = models.CharField(_("last name"), max_length=80)
    kind = models.ForeignKey(MembershipKind, models.PROTECT, related_name="+", verbose_name=_("kind of membership"))
    motivation = models.TextField(_("why you want to join"), max_length=1000, blank=True)
    language = models.CharField(max_length=2, default="nl")
    terms_accepted_at = models.DateTimeField(default=timezone.now, editable=False)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    confirmed_at = models.DateTimeField(null=True, editable=False)
    decided_at = models.DateTimeField(null=True, editable=False)
    decided_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+", editable=False)
    is_accepted = models.BooleanField(null=True, editable=False)
    answer = models.TextField(max_length=1000, blank=True)
    member = models.OneToOneField(Member, models.SET_NULL, null=True, related_name="application", editable=False)

    class Meta:
        verbose_name, verbose_name_plural = _("application"), _("applications")
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["email"],
                condition=Q(decided_at__isnull=True, confirmed_at__isnull=False),
                name="application_one_open_per_address",
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, is_accepted__isnull=True)
                | Q(decided_at__isnull=False, is_accepted__isnull=False, confirmed_at__isnull=False),
                name="application_is_decided_after_confirming",
            ),
        ]

    def __str__(self):
        return self.display_name

    @property
    def display_name(self) -> str:
        return " ".join(part for part in (self.first_name, self.name_prefix, self.last_name) if part)


class Letter(models.Model):
    """A mail to an address without an account: an invitation, a confirmation, an answer. Sent at most once."""

    email = models.EmailField()
    subject = models.CharField(max_length=200)
    body = models.TextField()
    path = models.CharField(max_length=300, blank=True)
    button = models.CharField(max_length=80, blank=True)
    language = models.CharField(max_length=2, default="nl")
    created_at = models.DateTimeField(default=timezone.now)
    claimed_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name, verbose_name_plural = _("letter"), _("letters")
        indexes = [models.Index(fields=["not_before"], condition=Q(claimed_at__isnull=True), name="letter_due")]

    def __str__(self):
        return f"{self.subject} · {self.email}"
