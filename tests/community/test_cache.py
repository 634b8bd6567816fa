import asyncio

import pytest
from allauth.core import ratelimit
from django.core.cache import caches
from django.test import RequestFactory
from django.urls import reverse

from community.cache import RedisOrOwnMemory
from groups.people.models import KeptLimit
from tests.factories import MemberFactory
from tests.parallel import at_once

AWAY = "redis://127.0.0.1:1/0"  # nothing listens on port 1


@pytest.fixture
def redis_is_away(settings):
    settings.CACHES = {"default": {"BACKEND": "community.cache.RedisOrOwnMemory", "LOCATION": AWAY}}


def test_what_is_kept_while_redis_is_away_is_found_again_in_this_process():
    cache = RedisOrOwnMemory(AWAY, {})

    cache.set("tries", 1, 60)
    cache.incr("tries")

    assert cache.get("tries") == 2
    assert cache.add("tries", 9, 60) is False
    assert cache.get_many(["tries", "other"]) == {"tries": 2}


def test_open_pages_share_the_connections_of_their_process(redis_is_away):
    async def page():
        return caches["default"]

    one, other = asyncio.run(page()), asyncio.run(page())

    assert one is not other
    assert one._cache is other._cache


@pytest.mark.django_db
def test_a_member_logs_in_and_reads_while_redis_is_away(client, redis_is_away):
    member = MemberFactory()
    client.force_login(member)

    answer = client.get(reverse("home"))

    assert answer.status_code == 200


@pytest.mark.django_db
def test_limits_are_counted_for_all_processes_together_while_redis_is_away():
    one, other = RedisOrOwnMemory(AWAY, {}), RedisOrOwnMemory(AWAY, {})

    one.set("allauth:rl:account:login:ip", [1.0], 60)
    one.set("greeting", "hello", 60)
    taken = [
        one.add("allauth:rl:account:login:ip:lock", True, 10),
        other.add("allauth:rl:account:login:ip:lock", 1, 10),
    ]

    assert other.get("allauth:rl:account:login:ip") == [1.0]
    assert taken == [True, False]
    assert KeptLimit.objects.count() == 2


@pytest.mark.django_db
def test_a_password_cannot_be_guessed_on_while_redis_is_away(client, redis_is_away):
    member = MemberFactory()
    member.set_password("waterhoen-op-het-water")
    member.save()
    address = reverse("account_login")

    for _ in range(6):
        client.post(address, {"login": member.email, "password": "verkeerd-geraden"})
        caches["default"]._own.clear()  # the next try is answered by another process
    answer = client.post(address, {"login": member.email, "password": "waterhoen-op-het-water"})

    assert answer.status_code == 200
    assert "_auth_user_id" not in client.session


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_tries_at_the_same_moment_are_all_counted_while_redis_is_away(redis_is_away):
    def attempt():
        request = RequestFactory().post("/account/login/")
        return ratelimit.consume(request, action="login_failed", key="jan@vereniging.example")

    allowed = at_once(*[attempt] * 8)

    assert allowed.count(True) <= 5
