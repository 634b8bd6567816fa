"""What the clock does for people."""

from groups.people.audit import link_entries
from groups.people.letters import send_letters
from groups.people.services import align_ended_roles
from groups.people.services.support import end_what_is_over
from groups.people.tasks import take_over_what_was_left
from notifications.tasks import minute_registry

minute_registry(link_entries)
minute_registry(send_letters)
minute_registry(align_ended_roles)
minute_registry(end_what_is_over)
minute_registry(take_over_what_was_left)
