"""Pictures in pages. Files have random names, carry no location, and are reached only through a view that asks."""

from django.db import models
from wagtail.images.models import AbstractImage, AbstractRendition, Image

from community.pages.cleaning import cleaned_picture


class Picture(AbstractImage):
    admin_form_fields = Image.admin_form_fields

    def save(self, *args, **kwargs):
        # No rule but a way of storing: whoever adds a picture, it is kept without camera, place and own file name.
        if self.file and not self.file._committed:
            self.file = cleaned_picture(self.file)
            self.file_size, self.file_hash = self.file.size, ""
        super().save(*args, **kwargs)


class PictureRendition(AbstractRendition):
    image = models.ForeignKey(Picture, models.CASCADE, related_name="renditions")

    class Meta:
        # Each request for a picture looks its file up.
        indexes = [models.Index(fields=["file"], name="picture_rendition_by_file")]
        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="picture_rendition_once")
        ]
