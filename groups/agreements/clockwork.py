"""What the clock does for the texts that members accept."""

from groups.agreements.services import tell_members
from notifications.tasks import minute_registry

minute_registry(tell_members)
