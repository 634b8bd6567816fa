"""`{{ form }}` gives every form in the house the same manner."""

import pytest
from django import forms
from django.utils import translation
from django.utils.safestring import mark_safe

from theme.forms import FoldedFields


class ExampleForm(forms.Form):
    name = forms.CharField(label="Naam", help_text="Zoals anderen je kennen")
    about = forms.CharField(label="Over mij", required=False, widget=forms.Textarea)
    kind = forms.ChoiceField(label="Soort", choices=[("a", "Open"), ("b", "Besloten")], widget=forms.RadioSelect)
    agreed = forms.BooleanField(label="Akkoord")
    token = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self):
        if self.cleaned_data.get("name") == "dicht":
            raise forms.ValidationError("Het potje is al dicht.")
        return self.cleaned_data


@pytest.fixture(autouse=True)
def in_dutch():
    with translation.override("nl"):
        yield


def test_label_hint_and_input_belong_together():
    html = str(ExampleForm())

    assert '<label for="id_name">Naam</label>' in html
    assert 'id="id_name_helptext"' in html
    assert 'aria-describedby="id_name_helptext"' in html
    assert 'class="input"' in html


def test_optional_field_says_so_and_required_one_does_not():
    html = str(ExampleForm())

    assert 'Over mij <span class="optional">(niet verplicht)</span>' in html
    assert html.count("(niet verplicht)") == 1


def test_error_stands_by_its_field_and_in_the_summary():
    html = str(ExampleForm({"name": "", "kind": "a", "agreed": "on"}))

    assert 'role="alert" tabindex="-1" data-focus' in html
    assert '<a href="#id_name">Naam</a>: Vul dit nog in.' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_name_error"' in html


def test_refusal_of_the_whole_form_stands_in_the_summary():
    html = str(ExampleForm({"name": "dicht", "kind": "a", "agreed": "on"}))

    assert "<li>Het potje is al dicht.</li>" in html


def test_form_without_errors_has_no_summary():
    assert "error-summary" not in str(ExampleForm())


def test_choices_are_cards_in_a_fieldset_with_a_legend():
    html = str(ExampleForm())

    assert "<legend>Soort</legend>" in html
    assert html.count('<label class="option"') == 2


def test_single_check_has_its_label_beside_it_and_keeps_its_own_look():
    html = str(ExampleForm())

    assert '<label class="check" for="id_agreed"><input type="checkbox"' in html


def test_hidden_fields_are_there_and_unseen():
    assert '<input type="hidden" name="token" id="id_token">' in str(ExampleForm())


def test_a_hint_that_somebody_typed_is_text_and_our_own_markup_stays():
    """The community manager writes hints for the fields of profiles, and every member gets to see them."""

    class Hints(forms.Form):
        typed = forms.CharField(help_text="<img src=x onerror=alert(1)>")
        ours = forms.CharField(help_text=mark_safe("<ul><li>Twaalf tekens</li></ul>"))
        choice = forms.ChoiceField(
            choices=[("a", "A")], widget=forms.RadioSelect, help_text="<script>alert(1)</script>"
        )

    html = str(Hints())

    assert "<img" not in html
    assert "<script" not in html
    assert "<ul><li>Twaalf tekens</li></ul>" in html


class RareForm(FoldedFields, forms.Form):
    name = forms.CharField(label="Naam")
    colour = forms.CharField(label="Kleur", required=False, initial="rood")
    size = forms.IntegerField(label="Maat", required=False)

    rare = ("colour", "size", "of_another_form")


def folded(form) -> str:
    before, _summary, after = str(form).partition("<summary>Meer keuzes</summary>")
    assert [name for name in ("name", "colour", "size") if f'name="{name}"' in before] == ["name"]
    assert [name for name in ("name", "colour", "size") if f'name="{name}"' in after] == ["colour", "size"]
    return before[before.index("<details") :].strip()


@pytest.mark.parametrize(
    "untouched", [RareForm(), RareForm(initial={"colour": "rood"}), RareForm({"name": "Ans", "colour": "rood"})]
)
def test_rare_fields_stand_folded_at_the_end(untouched):
    assert folded(untouched) == '<details class="fold">'


@pytest.mark.parametrize(
    "touched", [RareForm(initial={"size": 4}), RareForm({"name": "", "colour": "geel"}), RareForm({"size": "veel"})]
)
def test_rare_fields_are_open_when_something_stands_in_them_or_is_wrong_with_them(touched):
    assert folded(touched) == '<details class="fold" open>'


def test_nothing_is_folded_where_a_form_has_no_rare_fields_left():
    form = RareForm()
    del form.fields["colour"], form.fields["size"]

    assert "<details" not in str(form)
