"""First texts about a data breach: a notice to the members and a report to the authority, in Dutch and in English."""

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from theme.house import house
from theme.personal_data import all_personal_data

LANGUAGES = ("nl", "en")


def drafts(breach) -> dict[str, str]:
    """{field of the breach: text}; a start that the officer reads and changes."""
    texts = {}
    for language in LANGUAGES:
        with override(language):
            texts[f"notice_{language}"] = notice(breach)
            texts[f"report_{language}"] = report(breach)
    return texts


def kind_names(codes) -> list[str]:
    names = {data.model: str(data.label) for data in all_personal_data()}
    return [names[code] for code in codes if code in names]


def notice(breach) -> str:
    return "\n\n".join(
        [
            _("Something went wrong with your data, and we tell you about it."),
            _("What happened: %(story)s") % {"story": breach.story},
            _("We discovered it on %(moment)s.") % {"moment": _moment(breach.discovered_at)},
            _("It is about: %(kinds)s.") % {"kinds": _kinds(breach)},
            _("What we did: the device or the log-in was closed at once. What you can do: look at your devices under "
              "Settings, and be careful with messages that ask you for money or codes."),
            _("Questions? Write to the privacy officer of %(house)s.") % {"house": house().name},
        ]
    )  # fmt: skip


def report(breach) -> str:
    reached = ngettext("%(count)s person", "%(count)s people", breach.people) % {"count": breach.people}
    lines = [
        _("Who reports: %(house)s") % {"house": house().name},
        _("Discovered: %(moment)s. To be reported before: %(due)s.")
        % {"moment": _moment(breach.discovered_at), "due": _moment(breach.due_at)},
        _("What happened: %(story)s") % {"story": breach.story},
        _("Whom it is about: %(people)s.") % {"people": reached},
        *(_("In the group %(group)s: %(count)s.") % {"group": name, "count": n} for _pk, name, n in breach.by_group),
        _("Kinds of data: %(kinds)s.") % {"kinds": _kinds(breach)},
        _("Likely consequences: to be filled in."),
        _("What was done: the log-in was closed, and the members concerned are told."),
        _("Whom to ask: the privacy officer of %(house)s.") % {"house": house().name},
    ]
    return "\n".join(lines)


def _kinds(breach) -> str:
    return ", ".join(kind_names(breach.kinds)) or _("to be filled in")


def _moment(value) -> str:
    return formats.date_format(timezone.localtime(value), "j F Y H:i")
