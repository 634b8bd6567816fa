"""What the clock does for people."""

from groups.people.audit import link_entries
from notifications.tasks import minute_registry

minute_registry(link_entries)
