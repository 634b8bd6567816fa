"""Choosing people out of tens of thousands: search by name, tick, go on. Works without JavaScript.

    class DirectForm(PickingForm):
        members = PeopleField(label=_("To"))        # or PersonField for one

The form says `choose_from(self.fields["members"], people, by)`: only people in that queryset can be found or chosen,
and beside a name stands what `by` may see anyway, so that two of one name are told apart. The view asks `picked_part`
first, which answers a search while somebody types. A form on a page with another address than its own says where it
searches: `self.fields["member"].widget.search_at = reverse(…)`.
"""

from django import forms
from django.forms.utils import ErrorDict
from django.template.response import TemplateResponse

from groups.people.queries import by_name
from groups.people.telling_apart import namesakes, tell_apart
from theme.forms import RowsField

SHOWN = 20


class PeoplePicker(forms.Widget):
    """Who is chosen and who was found, as rows to tick; never the whole queryset."""

    template_name = "people/picker.html"
    use_fieldset = True
    allow_multiple_selected = True
    choices = ()  # set by the field; its queryset says who can be found
    search = ""
    search_at = ""  # the address of the page itself
    by = None  # who chooses

    def value_from_datadict(self, data, files, name):
        self.search = data.get(f"{name}-search", "").strip()[:60]
        values = data.getlist(name) if hasattr(data, "getlist") else data.get(name, [])
        return values if self.allow_multiple_selected else next(iter(values), None)

    def value_omitted_from_data(self, data, files, name):
        return False  # nobody ticked sends nothing

    def get_context(self, name, value, attrs):
        people = self.choices.queryset
        chosen = people.filter(pk__in=_ids(value))
        found = by_name(people, self.search).exclude(pk__in=chosen)[: SHOWN + 1] if self.search else []
        return {
            **super().get_context(name, value, attrs),
            "kind": "checkbox" if self.allow_multiple_selected else "radio",
            "search": self.search,
            "search_at": self.search_at,
            "chosen": tell_apart(self.by, chosen),
            "found": tell_apart(self.by, found[:SHOWN]),
            "has_more": len(found) > SHOWN,
        }


class PersonPicker(PeoplePicker):
    allow_multiple_selected = False


def _ids(value) -> list[int]:
    values = value if isinstance(value, list | tuple) else [value]
    return [int(item) for item in map(str, values) if item.isdecimal() and len(item) < 10]


class PeopleField(RowsField):
    widget = PeoplePicker

    def __init__(self, **options):
        super().__init__(None, **options)


class PersonField(forms.ModelChoiceField):
    widget = PersonPicker

    def __init__(self, **options):
        super().__init__(None, empty_label=None, **options)


def choose_from(field, people, by) -> None:
    """Let this field, a picker or a list to choose from, offer `people` to `by`, with namesakes told apart."""
    field.queryset = people
    if isinstance(field.widget, PeoplePicker):
        field.widget.by = by
    else:
        field.label_from_instance = _Labels(people, by)


class _Labels:
    """The name, and for who shares it with another in the list some words more. Asked when the list is drawn."""

    def __init__(self, people, by):
        self.people, self.by, self.words = people, by, None

    def __call__(self, person) -> str:
        if self.words is None:
            self.words = {each.pk: each.apart for each in tell_apart(self.by, namesakes(self.people))}
        words = self.words.get(person.pk)
        return f"{person.display_name} ({words})" if words else person.display_name


class PickingForm(forms.Form):
    """A press on Search keeps everything that was filled in and checks nothing yet."""

    @property
    def picker(self):
        """The field whose Search was pressed, or None."""
        fields = (name for name, field in self.fields.items() if isinstance(field.widget, PeoplePicker))
        return next((self[name] for name in fields if f"{self.add_prefix(name)}-find" in self.data), None)

    def full_clean(self):
        if not self.picker:
            return super().full_clean()
        self._errors, self.cleaned_data = ErrorDict(), {}
        return None

    def is_valid(self):
        return not self.picker and super().is_valid()


def picked_part(request, form: PickingForm) -> TemplateResponse | None:
    """The rows alone, for htmx while somebody types; None when the whole page is wanted."""
    if not (request.htmx and form.picker):
        return None
    return TemplateResponse(request, "people/picker_part.html", {"field": form.picker})
