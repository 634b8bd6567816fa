"""The shared cache, and what happens while Redis is away: each process remembers for itself, and no page fails."""

import logging
import time

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

PAUSE = 5  # seconds in which a Redis that was away is not asked again, so that pages do not queue up behind it


class RedisOrOwnMemory(RedisCache):
    """Redis; and while it cannot be reached, memory of this process.

    Sessions then come from the database (`cached_db`), and the limits on log-in and codes keep counting, per process.
    """

    def __init__(self, server, params):
        super().__init__(server, params)
        self._own = LocMemCache("while-redis-is-away", dict(params))
        self._away_until = 0.0

    def _ask(self, act: str, *args, **kwargs):
        if time.monotonic() >= self._away_until:
            try:
                return getattr(super(), act)(*args, **kwargs)
            except (RedisError, OSError) as error:
                logger.warning("the shared cache is away: %s", type(error).__name__)
                self._away_until = time.monotonic() + PAUSE
        return getattr(self._own, act)(*args, **kwargs)

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
