"""Every address of the house against everybody who can knock: rights_table.txt says what each of them gets.

A new address fails here until its line stands in the table. The failure shows the line as it is now: look at every
answer, ask whether it should be so, and only then put it in.
"""

from pathlib import Path

import pytest
from django.db import transaction
from django.template.base import Template
from django.test import Client
from django.urls import reverse
from django.utils.safestring import mark_safe

from tests.community.rights_world import ROLES, World, doors
from tests.entry import log_in_freshly

TABLE = Path(__file__).with_name("rights_table.txt")
STILL_OPEN = {"act-as-myself"}  # a guardian who looks through the eyes of a child must get back
# What is of one other member alone, so that nobody in the table may see it.
SOMEBODY_ELSES = {
    *(
        "act-for",
        "answer-mine",
        "answer-swap",
        "direct",
        "end-own-mandate",
        "handover",
        "lost-device",
        "meeting-proxy-accept",
    ),
    *("meeting-proxy-withdraw", "moderation-act", "my-invitation", "open-notice", "practice-bank", "privacy-download"),
    *("provider-return", "purpose-answer", "role-offer", "stay-member", "stop-membership", "swap-shift"),
    *("take-back-objection", "hand-over-turn", "keep-turn", "answer-turn", "forget-listed-device"),
    "start-looking-along",
}
# Opened by a secret, not by a role; and what this house does not have or does not show. Each has tests of its own.
BY_TOKEN = {"answer-invitation", "calendar-ics", "invitation", "survey-by-link", "unsubscribe", "report-bounce"}
BY_TOKEN |= {"pot-card", "pot-card-picture"}
NOT_HERE = {"house_icon", "mail-folder", "mail-folder-html", "mail-folder-mail", "picture", "dismiss-suggestion"}
WORDS = {
    200: "ok",
    204: "ok",
    301: "on",
    302: "on",
    400: "bad",
    403: "no",
    404: "-",
    405: "-",
    422: "form",
    500: "FAULT",
    503: "busy",
}


@pytest.fixture
def answers(db, settings, monkeypatch):
    """{name of the address: [the answer to each role]}; what a page says is not of interest here, so none is drawn."""
    world = World()
    monkeypatch.setattr(Template, "render", lambda template, context: mark_safe(""))
    found = {name: [] for name, _ in doors()}
    for role in ROLES:
        settings.REQUIRE_MFA = role == "unproven"
        client = Client(raise_request_exception=False)
        if world.people[role]:
            log_in_freshly(client, world.people[role])
        for name, parts in dict(doors()).items():
            path = reverse(name, kwargs={part: world.value(name, part, kind) for part, kind in parts.items()})
            found[name].append(knock(client, path))
    return found


def knock(client, path: str) -> str:
    """Look; where looking is not possible, press the button. Nothing that happens stays."""
    with transaction.atomic():
        answer = client.get(path)
        if answer.status_code == 405:
            answer = client.post(path)
        transaction.set_rollback(True)
    if answer.status_code in (301, 302):
        return redirect_word(answer["Location"])
    return WORDS.get(answer.status_code, str(answer.status_code))


def redirect_word(location: str) -> str:
    if location.startswith(reverse("account_login")):
        return "login"
    if location.startswith(reverse("mfa_index")):
        return "second"
    return "prove" if "reauthenticate" in location else "on"


def lines() -> dict[str, list[str]]:
    """The table: a name and, in the order of ROLES, what each gets. Lines that begin with # explain."""
    rows = [line.split() for line in TABLE.read_text().splitlines() if line and not line.startswith("#")]
    return {name: answers for name, *answers in rows}


def line(name: str, answers: list[str]) -> str:
    return f"{name:28}" + "".join(f"{answer:10}" for answer in answers).rstrip()


def test_everybody_gets_at_every_address_what_the_table_says(answers):
    table = lines()

    missing = [line(name, given) for name, given in answers.items() if name not in table]
    changed = [line(name, given) for name, given in answers.items() if table.get(name, given) != given]
    gone = sorted(set(table) - set(answers))

    told = [f"Order: {' '.join(ROLES)}", "Not in the table yet; judge each answer, then add:", *missing]
    told += ["Answers that changed:", *changed, "In the table but no longer an address:", *gone]
    assert {name: given for name, given in answers.items() if "FAULT" in given} == {}
    assert not (missing or changed or gone), "\n".join(told)


def test_a_line_of_nothing_but_not_found_is_one_where_that_was_meant():
    """Else a row is missing in rights_objects.py, and the line would be green with the check taken out as well."""
    empty = {name for name, given in lines().items() if set(given[1:-1]) == {"-"}}

    assert empty == SOMEBODY_ELSES | BY_TOKEN | NOT_HERE


def test_the_table_lets_no_stranger_in_by_accident():
    """What a stranger may open is also named in test_every_address; here it is counted from the table itself."""
    from tests.community.test_every_address import PUBLIC

    let_in = {name for name, given in lines().items() if given[0] not in ("login", "-")}

    assert let_in <= PUBLIC | {"survey-by-link", "calendar-ics", "invitation", "provider-notice", "shared-pot"}


def test_without_a_second_factor_a_manager_gets_no_further_than_the_set_up():
    unproven = ROLES.index("unproven")
    closed = {name: given for name, given in lines().items() if given[0] == "login"}

    assert {name for name, given in closed.items() if given[unproven] != "second"} == STILL_OPEN
