"""The practice corner: five messages to a robot that answers."""

from django import forms
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from community.portal.practice.steps import ROBOT, STEPS, THUMB, lines_of, next_step, progress
from theme.responses import page_or_partial

KEPT = "practice"


class PracticeForm(forms.Form):
    text = forms.CharField(label=_("Your message"), max_length=500, required=False)

    def __init__(self, *args, step, **kwargs):
        super().__init__(*args, **kwargs)
        self.step = step

    def clean_text(self):
        text = self.cleaned_data["text"].strip()
        if self.step is None or not self.step.is_done_by(text):
            raise forms.ValidationError(self.step.hint if self.step else _("You did all five."))
        return text


@require_http_methods(["GET", "HEAD", "POST"])
def practice(request):
    sent = request.session.get(KEPT, [])
    step = next_step(sent)
    form = PracticeForm(request.POST or None, step=step)
    if request.method == "POST" and form.is_valid():
        request.session[KEPT] = [*sent, form.cleaned_data["text"]]
        return redirect("practice")
    context = {
        "robot": ROBOT,
        "thumb": THUMB,
        "lines": lines_of(sent),
        "step": step,
        "progress": progress(sent),
        "done": len(sent),
        "total": len(STEPS),
        "form": form,
    }
    return page_or_partial(request, "portal/practice.html", context, status=422 if form.errors else 200)


@require_POST
def start_again(request):
    request.session.pop(KEPT, None)
    return redirect("practice")
