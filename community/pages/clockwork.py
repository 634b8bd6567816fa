"""What the clock does for pages: publish what was planned, and go on telling what a killed worker left."""

from community.pages.services import continue_broadcasts, plan_occurrences, publish_due
from notifications.tasks import minute_registry

minute_registry(plan_occurrences)
minute_registry(publish_due)
minute_registry(continue_broadcasts)
