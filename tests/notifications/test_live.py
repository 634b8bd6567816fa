import asyncio

import pytest
from asgiref.sync import async_to_sync
from channels.db import database_sync_to_async
from channels.testing import WebsocketCommunicator
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from community.asgi import application
from groups.subgroups.services import add_member, end_membership
from notifications.live import disconnect_member, publish
from tests.factories import MemberFactory, SubgroupFactory, member_of

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def open_page(member=None, origin=b"http://localhost"):
    """A browser page's socket, logged in with a real session cookie."""
    headers = [(b"origin", origin), (b"host", b"localhost")]
    if member:
        session = SessionStore()
        session[SESSION_KEY], session[HASH_SESSION_KEY] = str(member.pk), member.get_session_auth_hash()
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session.save()
        headers.append((b"cookie", f"{settings.SESSION_COOKIE_NAME}={session.session_key}".encode()))
    return WebsocketCommunicator(application, "/live/", headers=headers)


async def connected(page):
    await page.connect()
    assert (await page.receive_json_from())["kind"] == "ready"
    return page


in_thread = database_sync_to_async


def test_a_fact_reaches_the_members_of_its_stream_and_nobody_else():
    subgroup = SubgroupFactory()
    member, outsider = member_of(subgroup), MemberFactory()
    inside, outside = open_page(member), open_page(outsider)

    @async_to_sync
    async def story():
        await connected(inside)
        await connected(outside)

        await in_thread(publish)(subgroup.stream, "pot.total", {"collected_cents": 1000})

        assert await inside.receive_json_from() == {
            "stream": subgroup.stream,
            "kind": "pot.total",
            "fact": {"collected_cents": 1000},
        }
        assert await outside.receive_nothing()
        await inside.disconnect()
        await outside.disconnect()

    story()


def test_who_is_removed_hears_nothing_more_on_the_page_that_is_open():
    subgroup = SubgroupFactory()
    member = member_of(subgroup)
    page = open_page(member)

    @async_to_sync
    async def story():
        await connected(page)

        await in_thread(end_membership)(subgroup=subgroup, member=member)
        await asyncio.sleep(0.2)
        await in_thread(publish)(subgroup.stream, "chat.message", {"number": 1})

        assert await page.receive_nothing(timeout=0.3)
        await page.disconnect()

    story()


def test_who_joins_hears_the_subgroup_on_the_page_that_is_already_open():
    subgroup = SubgroupFactory()
    member = MemberFactory()
    page = open_page(member)

    @async_to_sync
    async def story():
        await connected(page)

        await in_thread(add_member)(subgroup=subgroup, member=member)
        await asyncio.sleep(0.2)
        await in_thread(publish)(subgroup.stream, "chat.message", {"number": 1})

        assert (await page.receive_json_from())["fact"] == {"number": 1}
        await page.disconnect()

    story()


@pytest.mark.parametrize("who", ["anonymous", "other site"])
def test_a_socket_without_session_or_from_another_site_is_closed(who):
    page = open_page(MemberFactory(), origin=b"https://evil.example") if who == "other site" else open_page()

    @async_to_sync
    async def story():
        accepted, _ = await page.connect()
        closed = await page.receive_output() if accepted else {"code": 4401}
        return accepted, closed["code"]

    assert story() in [(False, 4401), (True, 4401)]


def test_a_socket_that_talks_is_cut_off():
    page = open_page(MemberFactory())

    @async_to_sync
    async def story():
        await connected(page)
        await page.send_to(text_data="{}")
        return (await page.receive_output())["code"]

    assert story() == 4003


def test_ending_one_session_closes_only_that_sessions_page():
    member = MemberFactory()
    here, elsewhere = open_page(member), open_page(member)

    @async_to_sync
    async def story():
        await connected(here)
        await connected(elsewhere)
        cookie = dict(elsewhere.scope["headers"])[b"cookie"].decode().partition("=")[2]

        await in_thread(disconnect_member)(member.pk, cookie)

        assert (await elsewhere.receive_output())["code"] == 4003
        assert await here.receive_nothing()
        await here.disconnect()

    story()
