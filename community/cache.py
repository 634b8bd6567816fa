"""The shared cache, and what happens while Redis is away: no page fails, and limits are counted in the database."""

import logging
import time
from functools import cache, cached_property

from django.core.cache.backends.db import DatabaseCache
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

LIMITS = "allauth:rl:"  # how the keys of limits on log-in, codes and applications begin
LIMITS_TABLE = "people_kept_limit"
PAUSE = 5  # seconds in which a Redis that was away is not asked again, so that pages do not queue up behind it


# Django makes a cache for every task of the event loop. Were each to have its own connections, every open page would
# hold one, and Redis lets in no more than 10,000.
_away_until: dict[tuple, float] = {}  # addresses, and the moment at which they are asked again


@cache
def _client(addresses: tuple, options: tuple) -> RedisCacheClient:
    return RedisCacheClient(list(addresses), **dict(options))


class RedisOrOwnMemory(RedisCache):
    """Redis; and while it cannot be reached, memory of this process, and for limits a table of the database.

    Sessions then come from the database (`cached_db`). Limits are counted for all processes together: counted by each
    for itself, who guesses a password would have as many times the tries as there are processes.
    """

    def __init__(self, server, params):
        super().__init__(server, params)
        self._own = LocMemCache("while-redis-is-away", dict(params))
        self._limits = DatabaseCache(LIMITS_TABLE, dict(params))
        self._addresses = tuple(self._servers)

    @cached_property
    def _cache(self):
        return _client(self._addresses, tuple(sorted(self._options.items())))

    def _ask(self, act: str, *args, **kwargs):
        if time.monotonic() >= _away_until.get(self._addresses, 0):
            try:
                return getattr(super(), act)(*args, **kwargs)
            except (RedisError, OSError) as error:
                logger.warning("the shared cache is away: %s", type(error).__name__)
                _away_until[self._addresses] = time.monotonic() + PAUSE
        return getattr(self._instead(act, args), act)(*args, **kwargs)

    def _instead(self, act: str, args):
        is_limit = act not in ("get_many", "set_many", "delete_many", "clear") and str(args[0]).startswith(LIMITS)
        return self._limits if is_limit else self._own

    def add(self, *args, **kwargs):
        return self._ask("add", *args, **kwargs)

    def get(self, *args, **kwargs):
        return self._ask("get", *args, **kwargs)

    def set(self, *args, **kwargs):
        return self._ask("set", *args, **kwargs)

    def touch(self, *args, **kwargs):
        return self._ask("touch", *args, **kwargs)

    def delete(self, *args, **kwargs):
        return self._ask("delete", *args, **kwargs)

    def get_many(self, *args, **kwargs):
        return self._ask("get_many", *args, **kwargs)

    def set_many(self, *args, **kwargs):
        return self._ask("set_many", *args, **kwargs)

    def delete_many(self, *args, **kwargs):
        return self._ask("delete_many", *args, **kwargs)

    def has_key(self, *args, **kwargs):
        return self._ask("has_key", *args, **kwargs)

    def incr(self, *args, **kwargs):
        return self._ask("incr", *args, **kwargs)

    def clear(self):
        self._own.clear()
        return self._ask("clear")
