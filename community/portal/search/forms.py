from django import forms
from django.utils.translation import gettext_lazy as _

from groups.subgroups.access import entered_subgroups
from theme.cleantext import PlainTextField
from theme.search import Question, sources


class SearchForm(forms.Form):
    """What to look for, and where, by whom and when."""

    q = PlainTextField(one_line=True, label=_("Search for"), max_length=100, widget=forms.TextInput({"type": "search"}))
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    group = forms.ModelChoiceField(None, label=_("Group"), required=False, empty_label=_("All groups"))
    person = PlainTextField(one_line=True, label=_("Written by"), required=False, max_length=60)
    since = forms.DateField(label=_("From"), required=False, widget=forms.DateInput({"type": "date"}))
    until = forms.DateField(label=_("Up to"), required=False, widget=forms.DateInput({"type": "date"}))

    def __init__(self, *args, member, **options):
        super().__init__(*args, **options)
        self.fields["kind"].choices = [("", _("Everything")), *((s.code, s.label) for s in sources())]
        self.fields["group"].queryset = entered_subgroups(member)

    def question(self) -> Question:
        typed = self.cleaned_data
        group = typed["group"]
        return Question(
            text=typed["q"],
            subgroup_id=group.pk if group else None,
            person=typed["person"] or "",
            since=typed["since"],
            until=typed["until"],
        )
