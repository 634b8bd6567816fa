"""The short form of the desk. It makes the same page as Wagtail's editor."""

from datetime import datetime, time, timedelta

from django import forms
from django.forms.utils import from_current_timezone
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from community.pages.access import may_announce_to_all, newsletter_items, subgroups_to_announce_to
from community.pages.audience import Scope
from community.pages.models import AnnouncementPage, EditorialRule
from community.pages.models.reader import interest_choices, kind_choices, role_choices
from groups.events.models import Series
from theme.forms import FoldedFields, RowsField
from theme.templatetags.theme import day


class GroupsField(RowsField):
    fold_after, says_optional = 12, False

    def label_from_instance(self, subgroup):
        return f"{subgroup.name} ({subgroup.member_count})"


class ItemsField(RowsField):
    """What can be put in a newsletter, the newest in view; the kind and the day tell two with one title apart."""

    fold_after = 8

    def label_from_instance(self, page):
        kind = page.cached_content_type.model_class()._meta.verbose_name
        return format_html("{}<small>{} · {}</small>", page.title, capfirst(kind), day(page.last_published_at))


class AudienceForm(forms.Form):
    """For whom. Managers of a group are offered only the groups in which they may post announcements."""

    scope = forms.ChoiceField(
        label=_("For whom"), choices=[(s.value, s.label) for s in (Scope.EVERYONE, Scope.GROUPS)],
        widget=forms.RadioSelect, initial=Scope.EVERYONE,
    )  # fmt: skip
    subgroups = GroupsField(
        label=_("Which groups"), queryset=None, required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Somebody who is in several of them gets it once."),
    )  # fmt: skip
    kinds = forms.MultipleChoiceField(
        label=_("Only these kinds of membership"), choices=kind_choices, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    roles = forms.MultipleChoiceField(
        label=_("Only who has this role"), choices=role_choices, required=False, widget=forms.CheckboxSelectMultiple
    )

    interests = forms.MultipleChoiceField(
        label=_("Only who has this interest"), choices=interest_choices, required=False,
        widget=forms.CheckboxSelectMultiple, help_text=_("Members choose their interests in their profile."),
    )  # fmt: skip

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.fields["interests"].choices:
            del self.fields["interests"]
        self.fields["subgroups"].queryset = subgroups_to_announce_to(by)
        if not may_announce_to_all(by):
            for name in ("kinds", "roles"):
                del self.fields[name]
            self.fields["scope"].choices = [(Scope.GROUPS.value, Scope.GROUPS.label)]
            self.fields["scope"].initial = Scope.GROUPS

    def clean(self):
        values = super().clean()
        if values.get("scope") == Scope.GROUPS and not values.get("subgroups"):
            self.add_error("subgroups", _("Choose at least one group."))
        return values


class AnnouncementForm(FoldedFields, AudienceForm):
    title = forms.CharField(label=_("Title"), max_length=120)
    text = forms.CharField(
        label=_("Text"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("A blank line starts a new paragraph, a line with - in front becomes a list."),
    )  # fmt: skip
    sender = forms.CharField(
        label=_("In the name of"), max_length=60, required=False,
        help_text=_("For example “The board”. Empty: your own name."),
    )  # fmt: skip
    acknowledge_by = forms.DateField(
        label=_("Confirm reading by"), required=False, widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Members are asked to press “I have read this” up to and including this day."),
    )  # fmt: skip
    pinned_until = forms.DateField(
        label=_("Pinned up to and including"), required=False, widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("At most three stand on top at once."),
    )  # fmt: skip
    expires_on = forms.DateField(
        label=_("Disappears after"), required=False, widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("It leaves the lists at the end of that day. You can show it again."),
    )  # fmt: skip
    reply_mode = forms.ChoiceField(
        label=_("Replies"), choices=AnnouncementPage.ReplyMode, widget=forms.RadioSelect,
        initial=AnnouncementPage.ReplyMode.NONE,
    )  # fmt: skip

    field_order = ("title", "text", "sender", "scope", "subgroups", "kinds", "roles", "interests")
    rare = ("sender", "kinds", "roles", "interests", "pinned_until", "expires_on", "reply_mode")

    def clean(self):
        values = super().clean()
        # A day ends at midnight in Amsterdam; the page itself knows moments.
        day = values.pop("expires_on", None)
        values["expire_at"] = timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min)) if day else None
        return values


class MoveForm(forms.Form):
    """Another day, and perhaps another time; `shift` moves it by whole days from there."""

    day = forms.DateField(label=_("Day"))
    time = forms.TimeField(label=_("Time"), required=False)
    shift = forms.IntegerField(required=False, min_value=-31, max_value=31)

    def clean(self):
        values = super().clean()
        if values.get("day"):
            day = values["day"] + timedelta(days=values.get("shift") or 0)
            try:
                values["at"] = from_current_timezone(datetime.combine(day, values.get("time") or time(9)))
            except forms.ValidationError as error:
                self.add_error("time", error)
        return {"at": values["at"]} if "at" in values else values


class RepeatForm(forms.Form):
    rhythm = forms.ChoiceField(label=_("Repeat"), choices=Series.Rhythm)
    first_at = forms.DateTimeField(
        label=_("First time"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    until = forms.DateField(
        label=_("Up to and including"), required=False,
        widget=forms.DateInput(attrs={"type": "date", "class": "input-short"}),
        help_text=_("Empty: until somebody stops it. It belongs to the group, not to you."),
    )  # fmt: skip


class ProposalForm(forms.Form):
    text = forms.CharField(
        label=_("The text as it should be"), max_length=50_000, widget=forms.Textarea(attrs={"rows": 14}),
        help_text=_("Change what you want. The owner sees what is different and can take it in by parts."),
    )  # fmt: skip
    note = forms.CharField(label=_("Why?"), max_length=300, required=False)


class DecideForm(forms.Form):
    parts = forms.TypedMultipleChoiceField(required=False, coerce=int)
    answer = forms.CharField(label=_("Answer to who proposed it"), max_length=300, required=False)

    def __init__(self, *args, parts, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["parts"].choices = [(part.number, str(part.number)) for part in parts]


class ReviewForm(forms.Form):
    review_on = forms.DateField(
        label=_("Look at it again on"),
        widget=forms.DateInput(attrs={"type": "date", "class": "input-short"}, format="%Y-%m-%d"),
    )


class PinForm(forms.Form):
    until = forms.DateField(
        label=_("Pinned up to and including"),
        widget=forms.DateInput(attrs={"type": "date", "class": "input-short"}, format="%Y-%m-%d"),
    )


class NewsletterForm(AnnouncementForm):
    items = ItemsField(
        label=_("What stands in it"), queryset=None, widget=forms.CheckboxSelectMultiple,
        help_text=_("Each reader gets only what they may read."),
    )  # fmt: skip
    rare = (*AnnouncementForm.rare, "acknowledge_by")
    field_order = ("title", "text", "items", "sender", "scope", "subgroups", "kinds", "roles", "interests")

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, by=by, **kwargs)
        self.fields["items"].queryset = newsletter_items(by)
        self.fields["text"].label = _("Introduction")
        self.fields["text"].widget.attrs["rows"] = 4


class EditorialRuleForm(forms.Form):
    subgroup = forms.ModelChoiceField(label=_("Group"), queryset=None, empty_label=_("Choose a group"))
    mode = forms.ChoiceField(
        label=_("Look at its announcements first"),
        choices=[("", _("No, they appear at once")), *EditorialRule.Mode.choices], required=False,
    )  # fmt: skip

    def __init__(self, *args, groups, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["subgroup"].queryset = groups


class SeeAsForm(forms.Form):
    name = forms.CharField(label=_("Name of a member"), max_length=60)


class ReplyForm(forms.Form):
    text = forms.CharField(label=_("Your reply"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class PlanForm(forms.Form):
    at = forms.DateTimeField(
        label=_("Day and time"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    )


class UrgencyForm(forms.Form):
    reason = forms.CharField(
        label=_("Why can it not wait?"), max_length=200,
        help_text=_("For example: the harbour is closed, boats must go now."),
    )  # fmt: skip


def values_of(announcement: AnnouncementPage) -> dict:
    """What the short form starts with."""
    names = ("title", "sender", "scope", "kinds", "roles", "interests", "acknowledge_by", "pinned_until", "reply_mode")
    values = {name: getattr(announcement, name) for name in names}
    texts = [str(block.value) for block in announcement.body if block.block_type == "message"]
    if announcement.expire_at:
        values["expires_on"] = timezone.localdate(announcement.expire_at - timedelta(seconds=1))
    return {**values, "text": "\n\n".join(texts), "subgroups": announcement.subgroups.all()}


def fits_short_form(announcement: AnnouncementPage) -> bool:
    """Pictures, files and buttons are changed in the editor; the short form would lose them."""
    return all(block.block_type in ("message", "items") for block in announcement.body)
