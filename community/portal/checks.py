"""What is missing for production, in words. `manage.py check_setup` prints it."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.core.mail import get_connection
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import OperationalError, connection
from django.utils import timezone
from redis import Redis, RedisError

from community.portal.backup.archive import newest
from community.portal.demo import people_to_try
from groups.people.access import members_with_right


def setup_faults() -> Iterator[str]:
    """One sentence for everything that is not right for members to come in."""
    yield from _settings()
    yield from _services()
    yield from _content()
    yield from _backups()


def _settings():
    if not settings.PRODUCTION:
        yield "COMMUNITY_PRODUCTION is not true: cookies and addresses are not protected as they should be."
    if not settings.BASE_URL.startswith("https://"):
        yield "COMMUNITY_BASE_URL does not begin with https://: links in mail would be open to everybody on the way."
    if settings.PRODUCTION and settings.SECURITY_CONTACT.endswith("@localhost"):
        yield "COMMUNITY_SECURITY_CONTACT is not set: who finds a leak has nobody to write to."
    if not settings.PRIVACY_CONTACT:
        yield "COMMUNITY_PRIVACY_CONTACT is not set: the privacy statement names nobody."
    if connection.vendor == "sqlite" and settings.REDIS_URL:
        yield "COMMUNITY_REDIS_URL is set but COMMUNITY_DATABASE_URL is not: several processes need PostgreSQL."
    if connection.vendor != "sqlite" and not settings.REDIS_URL:
        yield "COMMUNITY_REDIS_URL is not set: several processes cannot tell each other what is new."


def _services():
    try:
        connection.ensure_connection()
    except OperationalError:
        yield "The database of COMMUNITY_DATABASE_URL does not answer."
        return
    try:
        call_command("migrate", check_unapplied=True, verbosity=0)
    except (CommandError, SystemExit):
        yield "The tables are of another version: run manage.py migrate."
    if settings.REDIS_URL:
        try:
            Redis.from_url(settings.REDIS_URL, socket_connect_timeout=3).ping()
            cache.set("check_setup", 1, 5)
        except RedisError:
            yield "Redis of COMMUNITY_REDIS_URL does not answer."
    yield from _mail()


def _mail():
    if settings.EMAIL_BACKEND.endswith("filebased.EmailBackend"):
        yield "COMMUNITY_MAIL_URL is not set: mail is written to a folder and reaches nobody."
        return
    try:
        get_connection().open()
    except OSError:
        yield "The mail server of COMMUNITY_MAIL_URL does not let us in."


def _content():
    if not members_with_right("manage_members").exists():
        yield "Nobody is community manager: make one with manage.py make_manager."
    if settings.PRODUCTION and people_to_try():
        yield "The demo association is in this database; everybody knows its passwords."
    if settings.PRODUCTION and not (Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
        yield "The static files are missing: run manage.py collectstatic."


def _backups():
    if not settings.BACKUP_KEY:
        yield "COMMUNITY_BACKUP_KEY is not set: no back-up can be made. Keep the key somewhere else than the back-ups."
    if connection.vendor == "postgresql" and not (shutil.which("pg_dump") and shutil.which("pg_restore")):
        yield "pg_dump and pg_restore are missing: no back-up can be made. Install the package postgresql-client."
    last = newest()
    if last is None or timezone.now().timestamp() - last.stat().st_mtime > timedelta(hours=25).total_seconds():
        yield "There is no back-up of the last day: run manage.py backup every night."
