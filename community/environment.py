"""Reading `COMMUNITY_…` variables: one with an impossible value stops the start with a sentence that names it."""

import os
from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

YES, NO = {"true", "yes", "on", "1"}, {"false", "no", "off", "0", ""}
DATABASES = {"sqlite", "postgres", "postgresql"}


class Environment(environ.Env):
    """django-environ, strict: it would read COMMUNITY_PRODUCTION=ja as “no”."""

    def yes_or_no(self, name: str, default: bool) -> bool:
        value = self.str(name, default=str(default)).strip().lower()
        if value not in YES | NO:
            raise ImproperlyConfigured(f"{name} must be true or false, not “{value}”.")
        return value in YES

    def whole_number(self, name: str, default: int) -> int:
        value = self.str(name, default=str(default))
        if not value.isdecimal():
            raise ImproperlyConfigured(f"{name} must be a whole number, not “{value}”.")
        return int(value)

    def database(self, name: str, default: str) -> dict:
        if urlsplit(self.str(name, default=default)).scheme not in DATABASES:
            raise ImproperlyConfigured(
                f"{name} is not the address of a database; it looks like postgres://name:password@host:5432/paraplu."
            )
        return self.db_url(name, default=default)

    def redis(self, name: str) -> str:
        """The address, or the empty string when there is no Redis."""
        value = self.str(name, default="")
        if value and not (value.startswith(("redis://", "rediss://")) and urlsplit(value).hostname):
            raise ImproperlyConfigured(f"{name} is not the address of a Redis; it looks like redis://host:6379/0.")
        return value

    def mail(self, name: str) -> dict:
        """Django's EMAIL_… settings, or nothing when mail goes to a folder."""
        if not self.str(name, default=""):
            return {}
        try:
            return self.email_url(name)
        except (ValueError, KeyError, ImproperlyConfigured):
            raise ImproperlyConfigured(
                f"{name} is not the address of a mail server; it looks like smtp+tls://name:password@host:587."
            ) from None

    def mollie_key(self, name: str, live: bool) -> str:
        """The key, or the empty string; play money never counts in production."""
        key = self.str(name, default="")
        if key and not key.startswith(("live_", "test_")):
            raise ImproperlyConfigured(f"{name} is not an API key of Mollie; it starts with live_ or test_.")
        if live and key.startswith("test_"):
            raise ImproperlyConfigured(f"{name} is a test key; in production use the one that starts with live_.")
        return key

    def folder(self, name: str, default: Path, writable: bool = True) -> Path:
        """A folder that exists, made when it is not there yet."""
        path = Path(self.str(name, default=str(default)))
        try:
            path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ImproperlyConfigured(f"{name}: the folder {path} cannot be made ({error.strerror}).") from None
        if writable and not os.access(path, os.W_OK):
            raise ImproperlyConfigured(f"{name}: the folder {path} cannot be written to.")
        return path
