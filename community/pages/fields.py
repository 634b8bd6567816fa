"""A column for a few short codes."""

from django import forms
from django.db import models


class CodesField(models.CharField):
    """A list of codes, kept as `,board,treasurer,` so that `contains=",board,"` finds one on any database.

    Codes are plain text and not foreign keys on purpose: when what a code stands for is gone, the code stays and
    matches nobody, whereas an emptied relation would widen “only youth members” to everybody.
    """

    def __init__(self, *args, pick_from=None, **kwargs):
        self.pick_from = pick_from  # function giving the choices of the form field
        kwargs.update(max_length=200, blank=True, default=kwargs.get("default", ""))
        super().__init__(*args, **kwargs)

    def from_db_value(self, value, expression, connection):
        return self.to_python(value)

    def to_python(self, value):
        if isinstance(value, str):
            return [code for code in value.split(",") if code]
        return list(value or [])

    def get_prep_value(self, value):
        if isinstance(value, str):
            return value
        codes = [str(code) for code in value or []]
        return f",{','.join(codes)}," if codes else ""

    def value_to_string(self, obj):
        return self.get_prep_value(self.value_from_object(obj))

    def clean(self, value, model_instance):
        return self.to_python(value)

    def formfield(self, **kwargs):
        options = {key: kwargs[key] for key in ("label", "help_text") if key in kwargs}
        options = {"label": self.verbose_name, "help_text": self.help_text, **options}
        return forms.MultipleChoiceField(
            choices=self.pick_from or [], required=False, widget=forms.CheckboxSelectMultiple, **options
        )
