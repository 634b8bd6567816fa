"""What the theme itself answers: style sheet, icons, manifest, service worker, faults."""

import io
import json
import re

import pytest
from django.contrib.auth.decorators import login_not_required
from django.contrib.staticfiles import finders
from django.db import OperationalError
from django.template.loader import render_to_string
from django.test import Client, override_settings
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from PIL import Image

from tests.factories import MemberFactory
from theme import house as house_module
from theme.house import House, provides_house
from theme.house_style import light_style


@pytest.fixture
def club(monkeypatch):
    monkeypatch.setattr(house_module, "_provider", House)

    def answer(**fields):
        provided = House(**fields)
        provides_house(lambda: provided)
        return provided

    return answer


def png(size=(40, 80), colour="red"):
    target = io.BytesIO()
    Image.new("RGB", size, colour).save(target, "PNG")
    return target.getvalue()


def test_style_sheet_is_public_kept_forever_and_carries_the_colour(client, club):
    own = club(colour="#7a0f5c")

    response = client.get(own.style_url)

    assert f"--brand:{light_style('#7a0f5c').brand}" in response.text
    assert response["Content-Type"] == "text/css"
    assert "immutable" in response["Cache-Control"]


def test_old_address_gives_the_new_colour_and_is_not_kept(client, club):
    club(colour="#7a0f5c")

    response = client.get("/huisstijl.0123456789ab.css")

    assert "--brand:#7a0f5c" in response.text
    assert "immutable" not in response["Cache-Control"]


def test_address_changes_with_the_colour():
    assert House(colour="#7a0f5c").style_version != House(colour="#0e5a78").style_version


@pytest.mark.parametrize(("kind", "size"), [("any", 48), ("any", 192), ("any", 512), ("maskable", 512), ("touch", 180)])
def test_app_icon_is_drawn_from_the_initial(client, club, kind, size):
    own = club(name="Waterhoen", colour="#7a0f5c")

    response = client.get(own.icon_url(kind, size))
    picture = Image.open(io.BytesIO(response.content)).convert("RGBA")

    assert picture.size == (size, size)
    assert picture.getpixel((size // 2, size // 12)) == (0x7A, 0x0F, 0x5C, 255)


def test_app_icon_is_drawn_from_the_crest_when_there_is_one(client, club):
    own = club(crest=png, crest_version="1")

    picture = Image.open(io.BytesIO(client.get(own.icon_url("maskable", 512)).content)).convert("RGBA")

    assert picture.getpixel((256, 256)) == (255, 0, 0, 255)


def test_crest_itself_keeps_its_shape(client, club):
    own = club(crest=png, crest_version="1")

    picture = Image.open(io.BytesIO(client.get(own.crest_url).content))

    assert picture.size == (192, 192)
    assert picture.getpixel((96, 96)) == (255, 0, 0, 255)
    assert picture.getpixel((5, 96))[3] == 0


@pytest.mark.django_db
def test_icon_of_any_other_size_is_not_there(client):
    assert client.get("/house/any-100000.0123456789ab.png").status_code == 404


def test_manifest_names_the_association_and_its_icons(client, club):
    club(name="RV De Waterhoen", colour="#7a0f5c")

    response = client.get("/manifest.webmanifest")
    answer = json.loads(response.content)

    assert response["Content-Type"] == "application/manifest+json"
    assert (answer["name"], answer["short_name"]) == ("RV De Waterhoen", "Waterhoen")
    assert answer["theme_color"] == "#7a0f5c"
    assert [(icon["sizes"], icon["purpose"]) for icon in answer["icons"]] == [
        ("192x192", "any"),
        ("512x512", "any"),
        ("512x512", "maskable"),
    ]
    assert all(client.get(icon["src"]).status_code == 200 for icon in answer["icons"])


@pytest.mark.django_db
def test_service_worker_keeps_only_files_that_exist_and_no_page_of_a_member(client):
    script = client.get("/service-worker.js").text
    files = json.loads(re.search(r"const files = (\[.*?\]);", script).group(1))

    assert all(finders.find(path.removeprefix("/static/")) for path in files if path.startswith("/static/"))
    assert [path for path in files if not path.startswith(("/static/", "/huisstijl."))] == ["/offline/"]


@pytest.mark.django_db
def test_offline_page_knows_nobody(client):
    member = MemberFactory(first_name="Anneke")
    client.force_login(member)

    assert "Anneke" not in client.get("/offline/").text


@pytest.mark.parametrize("template", ["400.html", "403_csrf.html", "500.html"])
def test_fault_pages_ask_nothing_of_the_database(template):
    html = render_to_string(template)  # without a database fixture, a query here is an error

    assert '<html lang="nl">' in html
    assert "<h1>" in html


@pytest.mark.django_db
@override_settings(LANGUAGE_CODE="nl")
def test_unknown_address_gives_a_page_in_the_house_style(client):
    response = client.get("/bestaat-niet/", headers={"accept-language": "nl"})

    assert response.status_code == 404
    assert "Deze pagina is er niet" in response.text


@pytest.mark.django_db
def test_who_opens_the_address_of_a_form_reads_what_to_do(client):
    client.force_login(MemberFactory(language="en"))
    answer = client.get("/privacy/export/")
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "send it again" in answer.text


@pytest.mark.django_db
def test_page_carries_the_wishes_of_the_member(client):
    client.force_login(MemberFactory(scheme="dark", text_size=130, readable_font=True, language="en"))

    html = client.get("/notices/").text

    assert '<html lang="en" data-scheme="dark" data-text="130" data-font="readable">' in html
    assert "atkinson-next-latin.woff2" in html


@pytest.mark.django_db
def test_page_without_wishes_follows_the_device(client):
    client.force_login(MemberFactory(language="nl"))

    html = client.get("/notices/").text

    assert '<html lang="nl">' in html
    assert html.count("<h1") == 1
    assert '<a class="skip" href="#main">' in html


@pytest.mark.django_db
def test_no_page_of_the_frame_breaks_the_content_policy(client):
    client.force_login(MemberFactory())

    html = client.get("/notices/").text

    assert not re.search(r"\sstyle=|\son[a-z]+=|<style|javascript:", html)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", html))


@pytest.mark.django_db
def test_login_page_shows_the_house_and_no_navigation(client, club):
    club(name="RV De Waterhoen", tagline="Roeien aan de Vecht")

    html = client.get("/account/login/", headers={"accept-language": "nl"}).text

    assert "<title>Inloggen · RV De Waterhoen</title>" in html
    assert "Roeien aan de Vecht" in html
    assert "bottom-bar" not in html


@pytest.mark.django_db
def test_wrong_password_says_so_on_the_form_and_in_the_title(client):
    answer = client.post(
        "/account/login/", {"login": "wie@dan.example", "password": "fout"}, headers={"accept-language": "nl"}
    )

    assert "<title>Fout: Inloggen ·" in answer.text
    assert "error-summary" in answer.text


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("/announcements/7/", True),
        ("/groups/", True),
        ("/groups/ploeg/", True),
        ("/groups/ploeg/chat/", True),
        ("/groups/ploeg/threads/12/", True),
        ("/agenda/", True),
        ("/groups/ploeg/members/", False),
        ("/groups/ploeg/desk/", False),
        ("/direct/3/", False),
        ("/desk/", False),
        ("/polls/4/", False),
        ("/pots/4/", False),
        ("/privacy/", False),
        ("/account/email/", False),
    ],
)
def test_only_things_to_read_are_kept_for_when_there_is_no_connection(client, path, kept):
    script = client.get("/service-worker.js").text
    pattern = re.search(r"const item = /(.*)/;", script).group(1).replace(r"\/", "/")

    assert bool(re.search(pattern, path)) is kept


@pytest.mark.django_db
def test_a_fault_gives_back_what_was_typed_and_no_password(settings):
    settings.ROOT_URLCONF = __name__
    browser = Client(raise_request_exception=False)

    answer = browser.post(
        "/",
        {"text": "Wie <zet> koffie?", "choice": "yes", "password": "een lang geheim", "passphrase": "nog een geheim"},
    )
    away = browser.post("/away/", {"text": "Wie <zet> koffie?"}, headers={"accept-language": "nl"})

    assert (answer.status_code, away.status_code, away["Retry-After"]) == (500, 503, "30")
    assert "Wie &lt;zet&gt; koffie?</textarea>" in answer.text
    assert answer.text.count("<textarea") == 1
    assert "We zijn er zo weer" in away.text
    assert "Wie &lt;zet&gt; koffie?</textarea>" in away.text


def breaks(request):
    raise ZeroDivisionError(request.POST["text"])


def finds_no_database(request):
    raise OperationalError("before anybody read what was sent")


handler500 = "theme.views.fault"
urlpatterns = [
    path("", login_not_required(csrf_exempt(breaks))),
    path("away/", login_not_required(csrf_exempt(finds_no_database))),
]
