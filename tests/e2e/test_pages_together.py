"""A page that a group writes together, in a real browser: proposing, judging by parts, going back; who stays out."""

import pytest
from playwright.sync_api import expect

# Members 140 to 149 are the winter team: no other test logs in as one of them.
WINTER_TEAM = """
from django.core.files.base import ContentFile
from io import BytesIO
from PIL import Image
from wagtail.documents import get_document_model
from community.pages.audience import Scope
from community.pages.models import ContentPage, LandingPage, Picture
from groups.people.models import Member
from groups.subgroups.services import add_member, create_subgroup

owner, *others = [Member.objects.get(email=f"lid{number}@waterhoen.example") for number in range(140, 149)]
team = create_subgroup(name="{name}", description="Roeit door.", by=owner, manager=owner, is_hidden=True)
for member in others:
    add_member(subgroup=team, member=member, by=owner)
photo = BytesIO()
Image.new("RGB", (960, 640), "teal").save(photo, "JPEG")
picture = Picture.objects.create(title="Steiger", file=ContentFile(photo.getvalue(), name="steiger.jpg"))
document = get_document_model().objects.create(title="Rooster", file=ContentFile(b"Rooster", name="rooster.txt"))
def page(title, body):
    found = LandingPage.objects.get().add_child(
        instance=ContentPage(title=title, body=body, owner=owner, is_open=True, scope=Scope.GROUPS)
    )
    found.subgroups.set([team])
    found.save_revision(user=owner).publish()
    return found.pk
print(page("Winterplan", [("message", "We roeien om tien uur.\\n\\nNeem thee mee.")]))
print(page("Winterfoto", [("picture", picture), ("file", document)]))
"""

LOOKED_AT_FIRST = """
from community.pages.models import EditorialRule
from community.pages.services.approving import set_rule
from groups.people.models import Member
from groups.subgroups.models import Subgroup
by = Member.objects.get(email="beheer@waterhoen.example")
set_rule(subgroup=Subgroup.objects.get(name="Winterploeg"), mode=EditorialRule.Mode.ALL, by=by)
"""


@pytest.fixture(scope="session")
def winter_pages(house):
    """(plan, photo): the numbers of two pages for the winter team alone."""
    printed = house.manage("shell", "-v0", "-c", WINTER_TEAM.replace("{name}", "Winterploeg"))
    return [int(line) for line in printed.split()]


def press(page, name: str):
    page.get_by_role("button", name=name).first.click()


def open_history(visitor, number: int):
    visitor.go(f"/library/{number}/")
    visitor.page.get_by_role("link", name="Geschiedenis", exact=True).click()
    return visitor.page.locator("main ul.rows").first.locator("li")


def test_a_proposal_is_taken_in_by_half_and_an_editor_goes_back_to_the_older_text(visitor, winter_pages):
    plan, _photo = winter_pages
    with visitor("phone", java_script_enabled=False) as member, visitor("desktop") as editor:
        member.log_in("lid141")
        member.go(f"/library/{plan}/")
        member.page.get_by_role("link", name="Wijziging voorstellen").click()
        member.page.fill("textarea[name=text]", "We roeien om elf uur.\n\nNeem thee mee.\n\nEn een muts.")
        member.page.fill("input[name=note]", "Het is te vroeg.")
        press(member.page, "Voorstellen")
        expect(member.page.locator("body")).to_contain_text("Je voorstel ligt bij de eigenaar")

        editor.log_in("beheer")
        before = open_history(editor, plan).count()
        judge(editor.page)
        takes_in_the_second_part_only(editor, plan)
        assert open_history(editor, plan).count() == before + 1
        names_the_writer(editor.page)

        puts_the_oldest_version_back(editor.page)
        expect(editor.page.locator("main ul.rows").first.locator("li")).to_have_count(before + 2)

        member.go(f"/library/{plan}/")
        assert "En een muts." not in member.page.inner_text("article")
        assert "We roeien om tien uur." in member.page.inner_text("article")


def judge(page):
    page.get_by_role("link", name="Voorstellen").or_(page.locator("a[href*='/proposals/']")).first.click()
    expect(page.locator("ins", has_text="We roeien om elf uur.")).to_be_visible()
    expect(page.locator("del", has_text="We roeien om tien uur.")).to_be_visible()


def takes_in_the_second_part_only(editor, plan: int):
    page = editor.page
    page.locator("input[name=parts]").first.uncheck()
    page.fill("input[name=answer]", "Tien uur blijft.")
    press(page, "Beslissen")
    expect(page.locator("main .notice-good")).to_contain_text("1 van 2 delen")
    editor.go(f"/library/{plan}/")
    article = page.inner_text("article")
    assert "We roeien om tien uur." in article
    assert "En een muts." in article


def names_the_writer(page):
    newest = page.locator("main ul.rows").first.locator("li").first.inner_text()
    first = page.locator("main ul.rows").first.locator("li").last.inner_text()
    assert newest.splitlines()[0] != first.splitlines()[0]


def puts_the_oldest_version_back(page):
    page.locator("main ul.rows").first.locator("li").last.get_by_role("link", name="Bekijken").click()
    expect(page.locator(".difference del", has_text="En een muts.")).to_be_visible()
    press(page, "Zet deze versie terug")
    expect(page.locator("main ul.rows").first.locator("li").first).to_contain_text("zo is de pagina nu")


def test_who_approves_sees_on_an_open_desk_what_waits_and_who_wrote_it_that_it_waits(visitor, house, winter_pages):
    house.manage("shell", "-v0", "-c", LOOKED_AT_FIRST)
    with visitor("desktop") as manager, visitor("phone", language="en") as writer:
        manager.log_in("beheer")
        manager.go("/desk/")
        writer.log_in("lid140")
        writer.go("/desk/announcements/new/")
        writer.page.fill("input[name=title]", "Meer thee graag")
        writer.page.fill("textarea[name=text]", "Twee kannen.")
        writer.page.get_by_label("Winterploeg").first.check()
        writer.page.locator("main form button").last.click()
        press(writer.page, "Send now")

        expect(manager.page.locator("#to-do")).to_contain_text("Meer thee graag", timeout=5_000)
        expect(writer.page.locator("main")).to_contain_text("Waits for approval")
        writer.go("/desk/announcements/")
        expect(writer.page.locator("li", has_text="Meer thee graag")).to_contain_text("waits for approval")
        writer.page.get_by_role("link", name="Meer thee graag").click()
        press(writer.page, "Undo")


def test_page_picture_and_file_do_not_exist_for_who_is_not_in_the_group(visitor, winter_pages):
    _plan, photo = winter_pages
    with visitor("phone") as member, visitor("phone") as outsider, visitor("phone") as stranger:
        member.log_in("lid142")
        member.go(f"/library/{photo}/")
        picture = member.page.locator("article img")
        expect(picture).to_be_visible()
        assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
        file = member.page.locator("article a.btn").evaluate("link => link.href")
        addresses = [member.page.url, picture.evaluate("image => image.currentSrc"), file]
        assert [member.page.request.get(address).status for address in addresses] == [200, 200, 200]

        outsider.log_in("lid149")
        assert [outsider.page.request.get(address).status for address in addresses] == [404, 404, 404]
        for address in addresses:
            assert_no_answer(stranger.page.request.get(address))


def assert_no_answer(answer):
    """Somebody without account is asked to log in, as for an address that does not exist, or gets 404."""
    assert answer.status == 404 or "/account/login/" in answer.url
    assert "Winterfoto" not in answer.text()
