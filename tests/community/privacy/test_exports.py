import json
import zipfile
from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from community.privacy.errors import ExportUnderWay
from community.privacy.models import DataExport
from community.privacy.services import ask_export, exports_folder, make_exports, remove_expired_exports
from groups.conversations.models import Conversation, Message
from notifications.models import Notice
from tests.entry import log_in_freshly
from tests.factories import MemberFactory, SubgroupFactory, member_of

pytestmark = pytest.mark.django_db


def write(author, text):
    subgroup = SubgroupFactory()
    conversation = Conversation.objects.create(kind="thread", subgroup=subgroup, title="Botenloods")
    return Message.objects.create(conversation=conversation, author=author, number=1, text=text)


def contents(export):
    return zipfile.ZipFile(exports_folder() / export.file)


def test_an_export_holds_what_the_member_wrote_and_nothing_of_others():
    member, other = MemberFactory(first_name="Anneke"), MemberFactory(first_name="Joost")
    write(member, "De lampen liggen in de kast.")
    write(other, "Dit is van Joost.")

    ask_export(member=member)
    make_exports()

    archive = contents(DataExport.objects.get())
    data = json.loads(archive.read("data.json"))["data"]
    assert data["people.Member"][0]["email"] == member.email
    assert [row["text"] for row in data["conversations.Message"]] == ["De lampen liggen in de kast."]
    assert "Dit is van Joost." not in archive.read("index.html").decode()
    assert "De lampen liggen in de kast." in archive.read("index.html").decode()


def test_the_pages_of_an_export_are_inert():
    member = MemberFactory()
    write(member, "<script>alert(1)</script>")

    ask_export(member=member)
    make_exports()

    assert "<script>" not in contents(DataExport.objects.get()).read("index.html").decode()


def test_asking_twice_makes_one_export():
    member = MemberFactory()
    ask_export(member=member)

    with pytest.raises(ExportUnderWay):
        ask_export(member=member)

    assert DataExport.objects.count() == 1


def test_the_database_itself_allows_one_export_in_the_making():
    member = MemberFactory()
    DataExport.objects.create(member=member)

    with pytest.raises(IntegrityError), transaction.atomic():
        DataExport.objects.create(member=member)


def test_the_member_is_told_that_the_export_is_there():
    member = MemberFactory()
    ask_export(member=member)

    make_exports()
    make_exports()

    assert list(Notice.objects.values_list("member", "kind")) == [(member.pk, "privacy.export_ready")]


def test_after_a_day_the_file_is_gone_and_so_is_its_address(client):
    member = MemberFactory()
    ask_export(member=member)
    make_exports()
    export = DataExport.objects.get()
    path = exports_folder() / export.file

    with time_machine.travel(timezone.now() + timedelta(hours=24, seconds=1)):
        log_in_freshly(client, member)
        answer = client.get(reverse("privacy-download", args=[export.pk]))
        remove_expired_exports()

    assert answer.status_code == 404
    assert not path.exists()


def test_only_the_owner_can_download_an_export(client):
    owner, other = MemberFactory(), MemberFactory()
    ask_export(member=owner)
    make_exports()
    address = reverse("privacy-download", args=[DataExport.objects.get().pk])

    log_in_freshly(client, other)
    refused = client.get(address)
    log_in_freshly(client, owner)
    given = client.get(address)

    assert refused.status_code == 404
    assert zipfile.ZipFile(BytesIO(given.getvalue())).testzip() is None
    assert given["Content-Disposition"].startswith("attachment")


def test_collecting_asks_for_fresh_proof_of_who_it_is(client):
    client.force_login(MemberFactory())

    answer = client.post(reverse("privacy-export"))

    assert answer.status_code == 302
    assert "reauthenticate" in answer["Location"]
    assert not DataExport.objects.exists()


def test_a_member_asks_for_an_export_on_the_page(client):
    member = member_of(SubgroupFactory())
    log_in_freshly(client, member)

    client.post(reverse("privacy-export"))
    page = client.get(reverse("privacy"))

    assert DataExport.objects.filter(member=member).exists()
    assert page.status_code == 200
