"""Photos together: of a group, of an event, or of the whole association."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groups.events.models import Event
from groups.subgroups.models import Subgroup
from theme.uploads import SMALL_SIDE

MAX_PHOTOS = 500


class Album(models.Model):
    """Photos that belong together. Without a subgroup it is of the whole association."""

    class SeenBy(models.TextChoices):
        GROUP = "group", _("Members of the group")
        COMERS = "comers", _("Who came to the event")
        EVERYBODY = "everybody", _("All members of the association")

    subgroup = models.ForeignKey(
        Subgroup, models.CASCADE, null=True, blank=True, related_name="albums", verbose_name=_("group")
    )
    event = models.ForeignKey(
        Event, models.SET_NULL, null=True, blank=True, related_name="albums", verbose_name=_("event")
    )
    title = models.CharField(_("title"), max_length=120)
    description = models.TextField(_("description"), max_length=1000, blank=True)
    seen_by = models.CharField(_("who may see it"), max_length=9, choices=SeenBy, default=SeenBy.GROUP)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name, verbose_name_plural = _("photo album"), _("photo albums")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(seen_by="group") | Q(subgroup__isnull=False), name="album_seen_by_a_group_has_one"
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("album", args=[self.pk])


class Photo(models.Model):
    """One photo, made of pixels alone. Stored under a random name; only a view that asks hands it out."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    album = models.ForeignKey(Album, models.CASCADE, related_name="photos")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    file = models.FileField(upload_to="albums/")
    small = models.FileField(upload_to="albums/")
    name = models.CharField(max_length=100)
    description = models.CharField(_("what is on the photo"), max_length=200, blank=True)
    width = models.PositiveIntegerField(help_text="Pixels")
    height = models.PositiveIntegerField(help_text="Pixels")
    number = models.PositiveIntegerField(help_text="Its place in the album")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name, verbose_name_plural = _("photo"), _("photos")
        ordering = ["album", "number"]
        constraints = [models.UniqueConstraint(fields=["album", "number"], name="photo_number_once_per_album")]

    def __str__(self):
        return f"{self.album_id} · {self.number}"

    def get_absolute_url(self):
        return reverse("photo", args=[self.pk])

    @property
    def small_width(self) -> int:
        return max(1, round(self.width * self._shrink))

    @property
    def small_height(self) -> int:
        return max(1, round(self.height * self._shrink))

    @property
    def _shrink(self) -> float:
        return min(1, SMALL_SIDE / max(self.width, self.height, 1))


class ReportedPhoto(models.Model):
    """The number under which a photo is reported: moderation knows things by numbers, photos have random names."""

    photo = models.OneToOneField(Photo, models.CASCADE, related_name="reported")

    class Meta:
        verbose_name, verbose_name_plural = _("reported photo"), _("reported photos")

    def __str__(self):
        return f"{self.pk} · {self.photo_id}"


class Objection(models.Model):
    """Somebody who is on a photo wants it gone. While it is open nobody sees the photo but who decides."""

    photo = models.ForeignKey(Photo, models.CASCADE, related_name="objections")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="photo_objections")
    asked_at = models.DateTimeField(default=timezone.now)
    kept_at = models.DateTimeField(null=True, blank=True, help_text="Decided that the photo stays")
    kept_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    answer = models.CharField(_("answer to who asked"), max_length=300, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("request to remove a photo"), _("requests to remove photos")
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["photo", "member"], name="objection_once_per_member"),
            models.CheckConstraint(
                condition=Q(kept_at__isnull=True, answer="") | (Q(kept_at__isnull=False) & ~Q(answer="")),
                name="objection_kept_with_answer",
            ),
        ]

    def __str__(self):
        return f"{self.photo_id} · {self.member_id}"
