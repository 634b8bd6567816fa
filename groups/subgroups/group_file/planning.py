"""The dry run: each line becomes a new group, a change, nothing, or a rejection with the reason."""

from dataclasses import dataclass, field

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from groups.people.access import enrolled_members
from groups.people.register.reading import Line, read_table
from groups.subgroups.models import MAX_MEMBERS, MAX_SUBGROUPS, GroupImport, Subgroup
from theme.cleantext import clean_line, clean_text

# What a column may be called, in small letters without punctuation; what the export writes is among them.
COLUMNS = {
    "name": {"name", "naam", "group", "groep"},
    "description": {"description", "omschrijving", "beschrijving", "doel", "purpose"},
    "kind": {"kind", "soort", "type"},
    "join_policy": {"joining", "meedoen", "toegang", "lid worden"},
    "is_hidden": {"hidden", "verborgen"},
    "places": {"places", "plaatsen", "maximum"},
    "rules": {"house rules", "huisregels", "rules", "regels"},
    "manager": {"manager", "beheerder"},
    "slug": {"address", "adres", "slug"},
}
NAME_NEEDED = gettext_lazy("The first line must name the columns, with at least “naam” or “name”.")
LABELS = {
    "name": gettext_lazy("name"),
    "description": gettext_lazy("description"),
    "kind": gettext_lazy("kind"),
    "join_policy": gettext_lazy("joining"),
    "is_hidden": gettext_lazy("hidden"),
    "places": gettext_lazy("places"),
    "rules": gettext_lazy("house rules"),
}
YES, NO = {"yes", "ja", "1", "true", "waar", "x"}, {"no", "nee", "0", "false", "onwaar"}
LANGUAGES = ("nl", "en")


class Rejected(Exception):
    """A line that cannot be taken, with the reason a person can act on."""


@dataclass
class Known:
    """What the comparison needs, asked once for the file."""

    by_slug: dict[str, Subgroup] = field(default_factory=dict)
    by_name: dict[str, Subgroup] = field(default_factory=dict)
    seen: dict[str, int] = field(default_factory=dict)
    free: int = 0


def plan_groups(*, name: str, content: bytes, by) -> GroupImport:
    """Store what each line would do and change nothing. Raises ImportRefused for a file that cannot be read."""
    groups = list(Subgroup.objects.all())
    known = Known(
        {group.slug: group for group in groups},
        {group.name.casefold(): group for group in groups},
        free=MAX_SUBGROUPS - sum(group.archived_at is None for group in groups),
    )
    rows = [_row(line, known) for line in read_table(content, COLUMNS, {"name"}, NAME_NEEDED)]
    return GroupImport.objects.create(name=name[:200], by=by, rows=rows)


def _row(line: Line, known: Known) -> dict:
    row = {"line": line.number, "values": line.values, "subgroup": None, "before": {}, "reason": ""}
    try:
        values = _clean(line.values)
        found = _match(values, known, line.number)
        if found is None:
            return {**row, "outcome": "add", "values": _complete(values, known)}
    except Rejected as rejection:
        return {**row, "outcome": "reject", "reason": str(rejection)}
    changes = {key: value for key, value in values.items() if key in LABELS and value != getattr(found, key)}
    words = [
        f"{LABELS[key]}: {str(getattr(found, key))[:40] or '—'} → {str(value)[:40]}" for key, value in changes.items()
    ]
    before = {key: getattr(found, key) for key in changes}
    row |= {"subgroup": found.pk, "before": before, "reason": "; ".join(words)}
    return {**row, "outcome": "change" if changes else "same", "values": {"name": found.name, **changes}}


def _clean(raw: dict[str, str]) -> dict:
    """The cells that say something, as the model has them; an empty cell changes nothing."""
    values = {"name": clean_line(raw.get("name", ""))}
    if not values["name"]:
        raise Rejected(_("There is no name."))
    for key in ("description", "rules"):
        if raw.get(key):
            values[key] = clean_text(raw[key])
    for key, most in (("name", 60), ("description", 1000), ("rules", 2000)):
        if len(values.get(key, "")) > most:
            raise Rejected(_("%(column)s is longer than %(most)s letters.") % {"column": LABELS[key], "most": most})
    for key, choices in (("kind", Subgroup.Kind), ("join_policy", Subgroup.JoinPolicy)):
        if raw.get(key):
            values[key] = _choice(raw[key], choices)
    if raw.get("is_hidden"):
        values["is_hidden"] = _yes_or_no(raw["is_hidden"])
    if raw.get("places"):
        values["places"] = _places(raw["places"])
    return values | {key: raw[key] for key in ("manager", "slug") if raw.get(key)}


def _choice(text: str, choices) -> str:
    """The code of a choice written as its code or as its label in either language."""
    wanted = text.strip().casefold()
    for language in LANGUAGES:
        with override(language):
            found = next((code for code, label in choices.choices if wanted in (code, str(label).casefold())), None)
        if found:
            return found
    raise Rejected(
        _("“%(text)s” is not one of: %(choices)s.")
        % {"text": text[:40], "choices": ", ".join(map(str, choices.labels))}
    )


def _yes_or_no(text: str) -> bool:
    wanted = text.strip().casefold()
    if wanted not in YES | NO:
        raise Rejected(_("“%(text)s” is neither yes nor no.") % {"text": text[:40]})
    return wanted in YES


def _places(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or not 1 <= int(text[:9]) <= MAX_MEMBERS:
        raise Rejected(_("“%(text)s” is not a number of places from 1 to 1,024.") % {"text": text[:40]})
    return int(text)


def _match(values: dict, known: Known, line: int) -> Subgroup | None:
    """The group this line is about: by its address, else by its name."""
    found = known.by_slug.get(values.get("slug", "")) or known.by_name.get(values["name"].casefold())
    mark = str(found.pk) if found else values["name"].casefold()
    if mark in known.seen:
        raise Rejected(_("This group stands on line %(line)s already.") % {"line": known.seen[mark]})
    known.seen[mark] = line
    if found and found.archived_at:
        raise Rejected(_("This group is archived. Open it again first."))
    other = known.by_name.get(values["name"].casefold())
    if found and other and other.pk != found.pk:
        raise Rejected(_("Another group has this name."))
    if found and values.get("places", MAX_MEMBERS) < found.member_count:
        raise Rejected(_("More people are in this group than there would be places."))
    return found


def _complete(values: dict, known: Known) -> dict:
    """A new group needs to say what it is for, a free place under the umbrella, and a manager we know, if any."""
    if not values.get("description"):
        raise Rejected(_("A new group needs a description: what is it for?"))
    if known.free <= 0:
        raise Rejected(_("There is no place left under the umbrella for another group."))
    if "manager" in values:
        values["manager"] = manager_named(values["manager"])
    known.free -= 1
    return values


def manager_named(text: str) -> int:
    """The id of the member with this number or address; it must be one person who belongs today."""
    found = enrolled_members().filter(Q(number=text) | Q(email__iexact=text)).values_list("pk", flat=True)[:2]
    if len(found) != 1:
        raise Rejected(_("There is no member with the number or address “%(text)s”.") % {"text": text[:60]})
    return found[0]
