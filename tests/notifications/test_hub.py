"""The hub: one subscription per process and stream, in order, leaving nothing behind, with and without Redis."""

import asyncio
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager

import pytest
from asgiref.sync import async_to_sync
from channels.db import database_sync_to_async
from channels.layers import channel_layers
from django.db import connections, transaction

from community import live
from groups.subgroups.services import end_membership
from notifications.live import Hub, publish, publish_after_commit, refresh_member
from tests.factories import MemberFactory, SubgroupFactory, member_of
from tests.notifications.test_live import connected, open_page

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
in_thread = database_sync_to_async

REDIS = shutil.which("redis-server")


@contextmanager
def own_redis():
    """A Redis of our own that may be killed: gives (address, stop, start)."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    running = []

    def start():
        running.append(subprocess.Popen([REDIS, "--port", str(port), "--save", "", "--loglevel", "warning"]))
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    return
            time.sleep(0.05)

    def stop():
        running[-1].kill()
        running[-1].wait()

    start()
    try:
        yield f"redis://127.0.0.1:{port}/0", stop, start
    finally:
        stop()


def use_redis(settings, address):
    settings.CHANNEL_LAYERS = live.channel_layers(address)
    channel_layers.backends.clear()


@pytest.fixture(params=["memory", "redis"])
def layer(request, settings):
    if request.param == "memory":
        channel_layers.backends.clear()
        yield request.param
    elif REDIS is None:
        pytest.skip("no redis-server on this machine")
    else:
        with own_redis() as (address, _, _):
            use_redis(settings, address)
            yield request.param
    channel_layers.backends.clear()


async def heard(page, number, timeout=5):
    return [(await page.receive_json_from(timeout=timeout))["fact"] for _ in range(number)]


def test_facts_arrive_in_the_order_in_which_they_were_published(layer):
    subgroup = SubgroupFactory()
    pages = [open_page(member_of(subgroup)) for _ in range(3)]

    def publish_many():
        for number in range(300):
            publish(subgroup.stream, "chat.message", {"number": number})

    @async_to_sync
    async def story():
        for page in pages:
            await connected(page)
        await in_thread(publish_many)()
        facts = [await heard(page, 300) for page in pages]
        for page in pages:
            await page.disconnect()
        return facts

    assert story() == [[{"number": number} for number in range(300)]] * 3


def test_many_pages_cost_one_subscription_and_closing_them_leaves_nothing_behind(layer):
    subgroup = SubgroupFactory()
    pages = [open_page(member_of(subgroup)) for _ in range(5)]

    @async_to_sync
    async def story():
        for page in pages:
            await connected(page)
        hub = Hub.here()
        during = len(hub.followers), len(hub.followers[subgroup.stream])
        for page in pages:
            await page.disconnect()
        return during, len(hub.followers), len(hub.sockets), hub.pump

    assert story() == ((1, 5), 0, 0, None)


def test_a_plain_thread_beside_the_server_is_heard_at_once(layer):
    subgroup = SubgroupFactory()
    page = open_page(member_of(subgroup))

    @async_to_sync
    async def story():
        await connected(page)
        started = time.monotonic()
        threading.Thread(target=publish, args=(subgroup.stream, "pot.total", {"cents": 1})).start()
        await page.receive_json_from(timeout=2)
        await page.disconnect()
        return time.monotonic() - started

    assert story() < 0.5


def test_what_is_published_after_a_removal_never_reaches_who_was_removed(layer):
    subgroup = SubgroupFactory()
    member, other = member_of(subgroup), member_of(subgroup)
    page, others = open_page(member), open_page(other)

    def remove_and_tell():
        end_membership(subgroup=subgroup, member=member)
        publish(subgroup.stream, "chat.message", {"number": 1})

    @async_to_sync
    async def story():
        await connected(page)
        await connected(others)
        await in_thread(remove_and_tell)()
        reached = await heard(others, 1)
        nothing = await page.receive_nothing(timeout=0.3)
        await page.disconnect()
        await others.disconnect()
        return reached, nothing

    assert story() == ([{"number": 1}], True)


def test_a_member_switched_off_is_sent_away():
    member = MemberFactory()
    page = open_page(member)

    def switch_off():
        type(member).objects.filter(pk=member.pk).update(is_active=False)
        refresh_member(member.pk)

    @async_to_sync
    async def story():
        await connected(page)
        await in_thread(switch_off)()
        return (await page.receive_output())["code"]

    assert story() == 4003


def test_the_eleventh_page_of_one_member_is_asked_to_wait():
    member = MemberFactory()
    pages, late = [open_page(member) for _ in range(10)], open_page(member)

    @async_to_sync
    async def story():
        for page in pages:
            await connected(page)
        await late.connect()
        code = (await late.receive_output())["code"]
        for page in pages:
            await page.disconnect()
        return code

    assert story() == 4029


@pytest.mark.skipif(REDIS is None, reason="no redis-server on this machine")
def test_a_live_layer_that_is_away_costs_nobody_an_act_and_comes_back_by_itself(settings):
    subgroup = SubgroupFactory()
    page = open_page(member_of(subgroup))
    late, later = open_page(member_of(SubgroupFactory())), open_page(member_of(subgroup))

    def act(number):
        with transaction.atomic():
            publish_after_commit(subgroup.stream, "chat.message", {"number": number})

    @async_to_sync
    async def story(stop, start):
        await connected(page)
        await in_thread(act)(1)
        before = await heard(page, 1)

        stop()
        await in_thread(act)(2)
        await late.connect()
        refused = (await late.receive_output(timeout=3))["code"]

        await asyncio.sleep(2.5)
        start()
        catch_up = (await page.receive_json_from(timeout=10))["kind"]
        await asyncio.sleep(1.5)
        await in_thread(act)(3)
        after = await heard(page, 1)
        await connected(later)
        await later.disconnect()
        await page.disconnect()
        return before, refused, catch_up, after

    with own_redis() as (address, stop, start):
        use_redis(settings, address)
        result = story(stop, start)
    channel_layers.backends.clear()

    assert result == ([{"number": 1}], 1013, "ready", [{"number": 3}])


OTHER_PROCESS = """
import django; django.setup()
from notifications.live import publish
publish({stream!r}, "pot.total", {{"cents": 7}})
"""


@pytest.mark.skipif(REDIS is None, reason="no redis-server on this machine")
def test_another_process_is_heard_through_redis(settings):
    subgroup = SubgroupFactory()
    page = open_page(member_of(subgroup))

    def from_another_process(address):
        environment = os.environ | {"COMMUNITY_REDIS_URL": address, "DJANGO_SETTINGS_MODULE": "community.settings"}
        code = OTHER_PROCESS.format(stream=subgroup.stream)
        return subprocess.run([sys.executable, "-c", code], env=environment, timeout=60).returncode

    @async_to_sync
    async def story(address):
        await connected(page)
        code = await asyncio.to_thread(from_another_process, address)
        fact = await heard(page, 1)
        await page.disconnect()
        return code, fact

    with own_redis() as (address, _, _):
        use_redis(settings, address)
        result = story(address)
    channel_layers.backends.clear()
    connections.close_all()

    assert result == (0, [{"cents": 7}])
