"""Where processes meet: the cache and the live layer, in memory or in Redis."""

from urllib.parse import urlsplit

from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff


def caches(redis_url: str) -> dict:
    if not redis_url:
        return {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    return {
        "default": {
            "BACKEND": "community.cache.RedisOrOwnMemory",
            "LOCATION": redis_url,
            "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 2},
        }
    }


def channel_layers(redis_url: str) -> dict:
    """The setting CHANNEL_LAYERS; an empty address means that one process does everything."""
    if not redis_url:
        # A process subscribes once for as long as it runs; after the default of one day it would go deaf.
        config = {"capacity": 1000, "group_expiry": 10 * 365 * 24 * 3600}
        return {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer", "CONFIG": config}}
    # No retries in the client: a page must not wait for Redis; the layer itself knocks again every second.
    host = {"address": redis_url, "retry": Retry(NoBackoff(), 0), "socket_connect_timeout": 1}
    # Publishing knows no databases, so two houses on one Redis are told apart by name.
    prefix = f"paraplu-{urlsplit(redis_url).path.strip('/') or 0}"
    # The pub/sub layer: the default Redis layer drops messages in a burst.
    return {
        "default": {
            "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
            "CONFIG": {"hosts": [host], "prefix": prefix},
        }
    }


def broker_options(redis_url: str) -> dict:
    """How tasks are handed to the workers."""
    if not redis_url:
        return {"polling_interval": 0.1}
    # A page must not wait for a broker that is away: without these kombu sleeps two seconds before it gives up.
    # Workers have their own patience and go on trying.
    at_once = {"max_retries": 0, "interval_start": 0, "interval_step": 0, "interval_max": 0}
    return {"visibility_timeout": 600, "socket_connect_timeout": 1, **at_once}
