"""How `{{ form }}` looks everywhere: label above, hint, input of 48 px, error below, and a summary on top."""

from django.core.exceptions import ValidationError
from django.forms import (
    BoundField,
    CheckboxInput,
    CheckboxSelectMultiple,
    ModelMultipleChoiceField,
    RadioSelect,
    Textarea,
)
from django.forms.renderers import TemplatesSetting


class HouseBoundField(BoundField):
    @property
    def is_check(self) -> bool:
        return isinstance(self.field.widget, CheckboxInput)

    @property
    def is_cards(self) -> bool:
        return isinstance(self.field.widget, RadioSelect | CheckboxSelectMultiple)

    @property
    def says_optional(self) -> bool:
        """A field may say itself that it is no choice to leave it empty, though the form does without it."""
        return getattr(self.field, "says_optional", not self.field.required)

    @property
    def is_rare(self) -> bool:
        return self.name in getattr(self.form, "rare", ())

    @property
    def first_choices(self) -> list:
        """What stands in view. A field with `fold_after` folds the rest, so that the button stays within reach."""
        return list(self)[: getattr(self.field, "fold_after", None)]

    @property
    def folded_choices(self) -> list:
        after = getattr(self.field, "fold_after", None)
        return list(self)[after:] if after else []

    @property
    def fold_is_open(self) -> bool:
        return any(choice.data["selected"] for choice in self.folded_choices)

    def build_widget_attrs(self, attrs, widget=None):
        attrs = super().build_widget_attrs(attrs, widget)
        if not (self.is_check or self.is_cards or self.is_hidden):
            own = (widget or self.field.widget).attrs.get("class", "")
            attrs["class"] = f"input {own}".strip()
        if isinstance(self.field.widget, Textarea) and self.field.widget.attrs.get("rows") == "10":
            attrs["rows"] = "4"  # Django's ten rows push the button off a phone's screen
        return attrs


class FoldedFields:
    """Fields that few people need stand folded at the end of the form, open when one of them was filled in."""

    rare: tuple[str, ...] = ()

    @property
    def has_rare(self) -> bool:
        return any(name in self.fields for name in self.rare)

    @property
    def rare_is_open(self) -> bool:
        if self.is_bound:
            return not {*self.errors, *self.changed_data}.isdisjoint(self.rare)
        filled_in = {name for name, value in self.initial.items() if value and name in self.fields}
        return any(self.initial[name] != self.fields[name].initial for name in filled_in.intersection(self.rare))


class HouseRenderer(TemplatesSetting):
    form_template_name = "theme/forms/form.html"
    field_template_name = "theme/forms/field.html"
    bound_field_class = HouseBoundField


class RowsField(ModelMultipleChoiceField):
    """Several rows to choose. An id too large for the database is refused as any other made-up id."""

    def _check_values(self, value):
        try:
            return super()._check_values(value)
        except OverflowError as error:
            raise ValidationError(self.error_messages["invalid_list"], code="invalid_list") from error
