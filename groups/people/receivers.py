"""What allauth tells us: a session that ends takes its open pages along."""

import time

from allauth.account.signals import password_changed, password_reset
from allauth.usersessions.models import UserSession
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_delete
from django.dispatch import receiver

from groups.people.idle import ACTIVE_KEY
from notifications.live import disconnect_member


@receiver(post_delete, sender=UserSession)
def close_sockets(instance, **kwargs):
    """A device that is signed out hears nothing more, whichever page or command signed it out."""
    disconnect_member(instance.user_id, instance.session_key)


@receiver([password_changed, password_reset])
def close_all_sockets(user, **kwargs):
    disconnect_member(user.pk)


@receiver(user_logged_in)
def a_log_in_is_a_sign(request, **kwargs):
    """Also of who goes on as a child they act for: that is a new session, in which nothing was proved."""
    request.session[ACTIVE_KEY] = time.time()
