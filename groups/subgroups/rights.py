"""What each right is called, for people and for docs/roles.md."""

from django.utils.translation import gettext_lazy as _

RIGHT_LABELS = {
    "enter": _("Read the group"),
    "post_chat": _("Post in the chat"),
    "start_thread": _("Start a discussion"),
    "reply": _("Reply in a discussion"),
    "upload": _("Add files and photos"),
    "start_poll": _("Start a poll"),
    "open_pot": _("Open a pot"),
    "plan_event": _("Plan an event"),
    "invite": _("Invite people"),
    "announce": _("Post announcements"),
    "moderate": _("Moderate"),
    "manage_members": _("Let members in and remove them"),
    "manage_settings": _("Change the group"),
}
