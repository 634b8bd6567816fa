"""What the clock does for conversations."""

from groups.conversations.telling import tell_untold
from notifications.tasks import minute_registry

minute_registry(tell_untold)
