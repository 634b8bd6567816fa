"""What the form of every poll asks."""

from django import forms
from django.utils.translation import gettext_lazy as _

from groups.people.picking import PickingForm
from polls.access import membership_kinds, subgroups_to_ask
from polls.forms.fields import QUORUMS, DayField, LinesField, MomentField, next_week_at_eight
from polls.models import Secrecy
from polls.reminding import AT_MOST
from polls.rules import Audience, Rules, Shown
from theme.forms import FoldedFields


class PollForm(FoldedFields, PickingForm):
    """What every poll asks of its maker, in the order in which people think of it."""

    question = forms.CharField(label=_("Question"), max_length=200)
    explanation = forms.CharField(
        label=_("Explanation"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )
    options = LinesField(label=_("Options"), help_text=_("One per line."))
    closes_at = MomentField(label=_("Closes at"), initial=next_week_at_eight)
    opens_at = MomentField(label=_("Opens at"), required=False, help_text=_("Leave empty to open it yourself."))
    secrecy = forms.ChoiceField(
        label=_("Who sees the choices?"),
        choices=Secrecy.choices,
        initial=Secrecy.OPEN,
        widget=forms.RadioSelect,
    )
    shown = forms.ChoiceField(
        label=_("When is the result seen?"),
        choices=[
            (Shown.AFTER_CLOSE, _("When voting has closed")),
            (Shown.AFTER_VOTE, _("By each voter after voting")),
            (Shown.LIVE, _("By everybody, all the time")),
            (Shown.AFTER_PUBLICATION, _("When it is published")),
        ],
        initial=Shown.AFTER_CLOSE,
        widget=forms.RadioSelect,
    )
    audience = forms.ChoiceField(
        label=_("Who sees the result?"),
        choices=[
            (Audience.EVERYBODY, _("Everybody who sees the poll")),
            (Audience.BOARD, _("The board and whoever made the poll")),
        ],
        initial=Audience.EVERYBODY,
        widget=forms.RadioSelect,
    )
    kinds = forms.ModelMultipleChoiceField(
        queryset=None,
        label=_("Which kinds of membership may vote?"),
        help_text=_("Tick nothing when all of them may."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    record_on = DayField(
        label=_("Only who was a member on"),
        required=False,
        help_text=_("Leave empty when everybody may vote who is a member at opening."),
    )
    quorum = forms.ChoiceField(
        label=_("How many must take part?"),
        choices=QUORUMS,
        required=False,
        help_text=_("With fewer the result decides nothing, and says so."),
    )
    may_change = forms.BooleanField(label=_("A vote may be changed until closing"), required=False, initial=True)

    remind_days = forms.TypedMultipleChoiceField(
        label=_("Remind who has not voted"),
        choices=[
            ("7", _("A week before closing")),
            ("3", _("Three days before")),
            ("1", _("The day before")),
            ("0", _("On the day itself")),
        ],
        initial=["3", "1"],
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("At most two. A vote one second earlier stops it, also in a secret poll."),
    )
    remind_hour = forms.TypedChoiceField(
        label=_("At what hour?"),
        choices=[("", _("The hour of closing")), *((f"{hour}", f"{hour}.00") for hour in range(7, 22))],
        coerce=int,
        empty_value=None,
        required=False,
    )
    also_in = forms.ModelMultipleChoiceField(
        queryset=None,
        label=_("Ask other groups too?"),
        help_text=_("One poll, one result: members of all these groups vote in it, each of them once."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    field_order = ["question", "explanation", "options"]
    rare = (
        *("opens_at", "audience", "kinds", "record_on", "quorum", "may_change", "remind_days", "remind_hour"),
        *("also_in", "shuffle", "adds_options", "abstain", "blank", "receipts", "figures_when_few", "base"),
        "counts_blank",
    )

    def __init__(self, *args, maker, subgroup=None, **kwargs):
        super().__init__(*args, **kwargs)
        for name in self.LEFT_OUT:
            del self.fields[name]
        self.fields["kinds"].queryset = membership_kinds()
        if subgroup:
            del self.fields["kinds"]
        others = subgroups_to_ask(maker, subgroup) if subgroup else None
        if others:
            self.fields["also_in"].queryset = others
        else:
            del self.fields["also_in"]

    def clean(self):
        cleaned = super().clean()
        late = (Shown.AFTER_CLOSE, Shown.AFTER_PUBLICATION)
        if cleaned.get("secrecy") == Secrecy.SECRET and cleaned.get("shown") not in late:
            self.add_error("shown", _("The result of a secret poll can only be seen after closing."))
        if len(cleaned.get("remind_days") or ()) > AT_MOST:
            self.add_error("remind_days", _("Tick at most two moments."))
        return cleaned

    LEFT_OUT = ()
    # Fields that are the poll's own; all others are rules.
    OWN = (
        "question",
        "explanation",
        "options",
        "closes_at",
        "opens_at",
        "secrecy",
        "adds_options",
        "tellers",
        "also_in",
    )

    def making(self) -> dict:
        """The arguments for create_poll."""
        fields = {name: self.cleaned_data[name] for name in self.OWN if name in self.cleaned_data}
        fields.setdefault("options", [])
        if not fields.get("opens_at"):
            fields.pop("opens_at", None)
        chosen = {name: value for name, value in self.cleaned_data.items() if name in Rules.__dataclass_fields__}
        chosen["kinds"] = [kind.pk for kind in chosen.get("kinds") or ()]
        chosen["record_on"] = chosen["record_on"].isoformat() if chosen.get("record_on") else ""
        return {**fields, "rules": Rules(**{name: value for name, value in chosen.items() if value is not None})}
