import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groups.conversations.models.talk import Message


class Attachment(models.Model):
    """A photo, film, sound or file with a message. Stored under a random name; only a view that asks hands it out."""

    class Family(models.TextChoices):
        IMAGE = "image", _("photo")
        VIDEO = "video", _("video")
        AUDIO = "audio", _("sound")
        FILE = "file", _("file")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    message = models.ForeignKey(Message, models.CASCADE, related_name="attachments")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    family = models.CharField(max_length=5, choices=Family)
    file = models.FileField(upload_to="messages/")
    small = models.FileField(upload_to="messages/", blank=True)
    name = models.CharField(max_length=100)
    description = models.CharField(_("description"), max_length=200, blank=True)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField(help_text="Bytes")
    width = models.PositiveIntegerField(default=0, help_text="Pixels")
    height = models.PositiveIntegerField(default=0, help_text="Pixels")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name, verbose_name_plural = _("attachment"), _("attachments")
        ordering = ["created_at", "id"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("attachment", args=[self.pk])

    @property
    def small_url(self) -> str:
        return reverse("attachment-small", args=[self.pk])

    @property
    def small_width(self) -> int:
        return (
            min(480, self.width) if self.width >= self.height else round(self.width * self.small_height / self.height)
        )

    @property
    def small_height(self) -> int:
        return (
            min(480, self.height)
            if self.height > self.width
            else round(self.height * min(480, self.width) / self.width)
        )
