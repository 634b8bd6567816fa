"""How long what people filled in at events is kept."""

from django.utils.translation import gettext_lazy as _

from groups.events.services import wipe_sensitive
from theme.retention import RetentionRule, register_rule

register_rule(
    RetentionRule("event-replies", _("Sensitive answers at sign-up, after the event"), days=30, wipe=wipe_sensitive)
)
