"""What the clock does for privacy."""

from community.privacy.erasure import erase_due
from community.privacy.retention import wipe_what_is_due
from community.privacy.services import make_exports
from notifications.tasks import minute_registry

minute_registry(make_exports)
minute_registry(erase_due)
minute_registry(wipe_what_is_due)
