from django.conf import settings
from django.core.management import CommandError, call_command
from django.core.management.base import BaseCommand
from django.db import OperationalError, connection
from redis import Redis, RedisError

from community.portal.demo import people_to_try
from groups.people.models import Member


class Command(BaseCommand):
    help = "Set up what is missing and serve everything in one process: pages, live updates, worker and clock."

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--host", default="127.0.0.1")

    def handle(self, *, port, host, **options):
        from community.portal.server import is_port_free, serve

        if not is_port_free(host, port):
            raise CommandError(f"Port {port} is in use. Choose another one: make run PORT={port + 1}")
        refuse_what_does_not_answer()
        self.stdout.write("Preparing the database …")
        call_command("migrate", verbosity=0)
        # Never in production: everybody knows the demo's password.
        if not settings.PRODUCTION and not Member.objects.exists():
            self.stdout.write("Loading the demo association (once) …")
            call_command("load_demo")
        connection.close()
        from community.asgi import application

        self.stdout.write("Starting pages, live updates, worker and clock …")
        serve(application, host, port, on_ready=lambda: self.welcome(port))
        self.stdout.write("Stopped.")

    def welcome(self, port):
        self.stdout.write(self.style.SUCCESS(f"\nParaplu is open at http://localhost:{port}   (Ctrl-C stops it)\n"))
        for person in people_to_try():
            self.stdout.write(f"  {person.role:<20} {person.email:<34} {person.password}")
        self.stdout.write("")


def refuse_what_does_not_answer() -> None:
    """Say in one sentence which service is away, before anything is set up halfway."""
    try:
        connection.ensure_connection()
    except OperationalError as error:
        reason = str(error).strip().splitlines()[0]
        raise CommandError(f"The database does not answer; look at COMMUNITY_DATABASE_URL. {reason}") from None
    try:
        if settings.REDIS_URL:
            Redis.from_url(settings.REDIS_URL, socket_connect_timeout=3).ping()
    except RedisError as error:
        raise CommandError(f"Redis does not answer; look at COMMUNITY_REDIS_URL. {error}") from None
