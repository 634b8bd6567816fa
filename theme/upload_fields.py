"""Form fields for files that members add: each is judged by its content before the form is valid."""

from django import forms
from django.utils.translation import gettext_lazy as _

from theme.errors import Refusal
from theme.uploads import take_in

MAX_FILES = 10


class NotAPicture(Refusal):
    message = _("Only photos go here: JPEG, PNG, GIF or WebP.")


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Up to ten files, each judged by its content; a refusal becomes the error of the field."""

    widget = FilesInput
    too_many = _("At most ten files at once.")

    def __init__(self, *, too_many=None, **options):
        self.too_many = too_many or self.too_many
        super().__init__(**options)

    def clean(self, value, initial=None):
        uploads = [upload for upload in value or [] if upload]
        if self.required and not uploads:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        if len(uploads) > MAX_FILES:
            raise forms.ValidationError(self.too_many)
        try:
            return [self.accept(take_in(upload)) for upload in uploads]
        except Refusal as refusal:
            raise forms.ValidationError(refusal.message) from None

    def accept(self, taken):
        return taken


class PicturesField(FilesField):
    """As FilesField, for photos only."""

    widget = FilesInput(attrs={"accept": "image/*"})

    def accept(self, taken):
        if taken.kind.family != "image":
            raise NotAPicture
        return taken
