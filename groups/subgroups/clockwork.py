"""What the clock does for subgroups: places that end by their date, and places in the queue."""

from groups.people.services.belonging import ended_registry
from groups.subgroups.services.clearing import clear_what_is_due
from groups.subgroups.services.defaults import align_self_filling, end_guests, end_places_without_enrolment
from groups.subgroups.services.invitation_mails import write_second
from groups.subgroups.services.roles import pass_on_what_was_left
from groups.subgroups.services.waiting import sweep_waiting
from notifications.tasks import minute_registry

minute_registry(clear_what_is_due)
minute_registry(end_guests)
minute_registry(end_places_without_enrolment)
minute_registry(sweep_waiting)
minute_registry(write_second)
minute_registry(pass_on_what_was_left)
minute_registry(align_self_filling)
ended_registry(end_places_without_enrolment)
