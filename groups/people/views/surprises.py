"""One page for every surprise: for whom, and until when."""

from datetime import timedelta

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from groups.people.picking import PersonField, PickingForm, choose_from, picked_part
from groups.people.surprises import keep_surprise, surprise_kind
from theme.responses import form_accepts, page_or_partial

LONGEST = timedelta(days=366)


class SurpriseForm(PickingForm):
    hidden_from = PersonField(label=gettext_lazy("For whom is it a surprise?"))
    hidden_until = forms.DateField(
        label=gettext_lazy("Appears on"),
        error_messages={"required": gettext_lazy("Choose the day on which it appears.")},
        widget=forms.DateInput(attrs={"type": "date", "class": "input-short"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("On this day it shows for them as for everybody."),
    )

    def __init__(self, *args, people, by, **options):
        super().__init__(*args, **options)
        choose_from(self.fields["hidden_from"], people, by)

    def clean_hidden_until(self):
        today, day = timezone.localdate(), self.cleaned_data["hidden_until"]
        if not today < day <= today + LONGEST:
            raise forms.ValidationError(_("Choose a day from tomorrow, up to a year ahead."))
        return day


@require_http_methods(["GET", "HEAD", "POST"])
def surprise(request, kind, number):
    found = surprise_kind(kind)
    thing = found and found.find(request.user, number)
    if thing is None:
        raise Http404
    initial = {"hidden_from": thing.surprised_id, "hidden_until": thing.hidden_until}
    people = found.people(request.user, thing).exclude(pk=request.user.pk)
    if "end" in request.POST:
        keep_surprise(kind=kind, thing=thing, hidden_from=None, hidden_until=None, by=request.user)
        messages.success(request, _("It is no surprise any more."))
        return redirect(thing)
    sent = request.POST if request.method == "POST" else None
    form = SurpriseForm(sent, initial=initial, people=people, by=request.user)
    if part := picked_part(request, form):
        return part
    if request.method == "POST" and form_accepts(form, keep_surprise, kind=kind, thing=thing, by=request.user):
        messages.success(request, _("It is kept."))
        return redirect(thing)
    context = {"form": form, "thing": thing, "is_kept": thing.surprised_id is not None}
    return page_or_partial(request, "people/surprise.html", context, status=422 if form.errors else 200)
