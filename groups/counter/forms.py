from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from groups.counter.access import handlers
from groups.counter.models import Service, ServiceRequest
from groups.people.picking import choose_from
from theme.cleantext import PlainTextField

State = ServiceRequest.State


class AskForm(forms.Form):
    text = PlainTextField(max_length=2000, widget=forms.Textarea(attrs={"rows": 5}))

    def __init__(self, *args, question: str, **options):
        super().__init__(*args, **options)
        self.fields["text"].label = question


class AnswerForm(forms.Form):
    state = forms.ChoiceField(
        label=_("How does it stand?"),
        choices=[(State.BUSY, _("Still busy")), (State.DONE, _("Done")), (State.DECLINED, _("Not possible"))],
        widget=forms.RadioSelect,
        initial=State.BUSY,
    )
    note = PlainTextField(label=_("Message to the member"), max_length=2000, required=False)
    due_on = forms.DateField(
        label=_("Promise another day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date", "class": "input-short"}),
        help_text=_("Only while you are busy with it. The member sees it."),
    )

    def clean_due_on(self):
        day = self.cleaned_data["due_on"]
        if day and day < timezone.localdate():
            raise forms.ValidationError(_("Choose today or a later day."))
        return day


class OwnerForm(forms.Form):
    owner = forms.ModelChoiceField(None, label=_("Hand over to"), empty_label=None)

    def __init__(self, *args, request, by, **options):
        super().__init__(*args, **options)
        others = handlers().exclude(pk__in={request.member_id, request.owner_id} - {None})
        choose_from(self.fields["owner"], others, by)


class ServiceForm(forms.ModelForm):
    description = PlainTextField(label=_("What is it, and for whom?"), max_length=2000)
    is_closed = forms.BooleanField(label=_("not offered for now"), required=False)

    class Meta:
        model = Service
        fields = ["title", "description", "question", "kinds", "needs_paid_fee", "keeper", "answer_days", "is_closed"]
        widgets = {"kinds": forms.CheckboxSelectMultiple}

    def __init__(self, *args, by, **options):
        super().__init__(*args, **options)
        choose_from(self.fields["keeper"], handlers(), by)
        self.fields["keeper"].empty_label = _("Whoever takes it")
        self.initial["is_closed"] = bool(self.instance.closed_at)
