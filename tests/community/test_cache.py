import pytest
from django.urls import reverse

from community.cache import RedisOrOwnMemory
from tests.factories import MemberFactory

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


@pytest.mark.django_db
def test_a_member_logs_in_and_reads_while_redis_is_away(client, redis_is_away):
    member = MemberFactory()
    client.force_login(member)

    answer = client.get(reverse("home"))

    assert answer.status_code == 200
