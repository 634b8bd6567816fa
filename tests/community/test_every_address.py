"""Every address of the project, asked by a stranger: only those that are public on purpose open."""

import pytest
from django.urls import URLPattern, get_resolver, reverse
from django.utils.regex_helper import normalize

pytestmark = pytest.mark.django_db

# Addresses that a view opens on purpose. A new one fails here until somebody has thought about it.
PUBLIC = {
    "home",
    "health",
    "report-bounce",
    "pot-card",  # title and picture of the group for who has the secret link: tests/finance/test_sharing.py
    "pot-card-picture",
    "mollie-webhook",  # believes nothing it hears: tests/finance/test_mollie.py
    "unsubscribe",
    "apply",
    "confirm-application",
    "answer-invitation",
    "wagtail_serve",  # asks who is looking: tests/community/test_private_pages.py
    "privacy-statement",
    "agreed-text",  # the privacy statement and the terms; guidelines are for members: tests/groups/test_agreements.py
    "agreed-version",
    "security-txt",
    "house_style",
    "house_icon",
    "manifest",
    "service_worker",
    "offline",
}
DOORS = ("account/",)  # allauth's own: entering, a code, a new password; it decides for itself
SAMPLES = {"uuid": "00000000-0000-4000-8000-000000000000", "int": "1"}


def addresses(patterns=None, prefix=""):
    """(name, path) of every pattern, with something that fits in the place of each parameter."""
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        route = prefix + str(entry.pattern).lstrip("^")
        if isinstance(entry, URLPattern):
            yield entry.name or route, "/" + sample(entry, route)
        else:
            yield from addresses(entry.url_patterns, route)


def sample(entry, route: str) -> str:
    path = route
    for name, converter in entry.pattern.converters.items():
        kind = type(converter).__name__.removesuffix("Converter").lower()
        path = path.replace(f"<{kind}:{name}>", SAMPLES.get(kind, "x")).replace(f"<{name}>", "x")
    for kind, value in (("int", "1"), ("slug", "x"), ("str", "x"), ("path", "x"), ("uuid", SAMPLES["uuid"])):
        while f"<{kind}:" in path:
            start = path.index(f"<{kind}:")
            path = path[:start] + value + path[path.index(">", start) + 1 :]
    if any(sign in path for sign in "()?$\\["):
        path = normalize(path)[0][0] % dict.fromkeys(normalize(path)[0][1], "1")
    return path


ALL = sorted({(name, path) for name, path in addresses() if not path.startswith(("/cms/", *[f"/{d}" for d in DOORS]))})
CLOSED = [(name, path) for name, path in ALL if name not in PUBLIC]


@pytest.mark.parametrize(("name", "path"), CLOSED, ids=[name for name, _ in CLOSED])
def test_a_stranger_is_sent_to_the_door(client, name, path):
    answer = client.get(path)

    sent_to_the_door = answer.status_code == 302 and answer["Location"].startswith(reverse("account_login"))
    assert sent_to_the_door or answer.status_code == 404, f"{name}: {answer.status_code}; public on purpose?"


def test_what_is_public_on_purpose_exists():
    assert {name for name, _ in ALL} >= PUBLIC


@pytest.mark.parametrize("path", ["/cms/", "/cms/pages/", "/cms/images/", "/cms/login/", "/cms/password_reset/"])
def test_the_editors_side_has_no_door_of_its_own(client, path):
    answer = client.get(path, follow=False)

    assert answer.status_code in (301, 302)
    assert answer["Location"].startswith(("/account/", "/cms/login/"))
