"""What the clock does for events."""

from groups.events.services import free_places_of_leavers
from notifications.tasks import minute_registry

minute_registry(free_places_of_leavers)
