from django import forms
from django.utils.translation import gettext_lazy as _

from groups.subgroups.access import my_places
from theme.cleantext import PlainTextField
from theme.search import Question, sources


class SearchForm(forms.Form):
    """What to look for, and where, by whom and when."""

    q = PlainTextField(one_line=True, label=_("Search for"), max_length=100, widget=forms.TextInput({"type": "search"}))
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    group = forms.TypedChoiceField(label=_("Group"), required=False, coerce=int, empty_value=None)
    person = PlainTextField(one_line=True, label=_("Written by"), required=False, max_length=60)
    since = forms.DateField(label=_("From"), required=False, widget=forms.DateInput({"type": "date"}))
    until = forms.DateField(label=_("Up to"), required=False, widget=forms.DateInput({"type": "date"}))

    def __init__(self, *args, member, **options):
        super().__init__(*args, **options)
        self.fields["kind"].choices = [("", _("Everything")), *((s.code, s.label) for s in sources())]
        groups = [place.subgroup for place in my_places(member) if place.closed_at is None]
        names = sorted(((group.pk, group.name) for group in groups), key=lambda row: row[1].casefold())
        self.fields["group"].choices = [("", _("All groups")), *names]

    def question(self) -> Question:
        typed = self.cleaned_data
        return Question(
            text=typed["q"],
            subgroup_id=typed["group"],
            person=typed["person"] or "",
            since=typed["since"],
            until=typed["until"],
        )
