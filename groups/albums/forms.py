from django import forms
from django.utils.translation import gettext_lazy as _

from groups.albums.models import Album
from theme.cleantext import PlainTextField
from theme.upload_fields import PicturesField

SeenBy = Album.SeenBy


class AlbumForm(forms.Form):
    """`subgroup` and `event` decide which circles can be chosen."""

    title = PlainTextField(one_line=True, label=_("Title"), max_length=120)
    description = PlainTextField(
        label=_("What is it about?"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    seen_by = forms.ChoiceField(label=_("Who may see it?"), widget=forms.RadioSelect)

    def __init__(self, *args, subgroup=None, event=None, **options):
        super().__init__(*args, **options)
        circles = [choice for choice in SeenBy.choices if _fits(choice[0], subgroup, event)]
        self.fields["seen_by"].choices = circles
        self.fields["seen_by"].initial = circles[0][0]


def _fits(circle: str, subgroup, event) -> bool:
    if circle == SeenBy.GROUP:
        return subgroup is not None
    if circle == SeenBy.COMERS:
        return event is not None
    return subgroup is None or not subgroup.is_hidden


class AddPhotosForm(forms.Form):
    photos = PicturesField(
        label=_("Photos"), help_text=_("At most ten at a time. The place and camera in a photo are taken out.")
    )
    description = PlainTextField(
        one_line=True,
        label=_("What is on the photo?"),
        required=False,
        max_length=200,
        help_text=_("For who cannot see it. You can change this per photo afterwards."),
    )


class DescriptionForm(forms.Form):
    description = PlainTextField(one_line=True, label=_("What is on the photo?"), required=False, max_length=200)


class KeepForm(forms.Form):
    answer = PlainTextField(label=_("Why does it stay?"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
