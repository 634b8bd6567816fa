"""What allauth tells us: a session that ends takes its open pages along."""

from allauth.account.signals import password_changed, password_reset
from allauth.usersessions.models import UserSession
from django.db.models.signals import post_delete
from django.dispatch import receiver

from notifications.live import disconnect_member


@receiver(post_delete, sender=UserSession)
def close_sockets(instance, **kwargs):
    """A device that is signed out hears nothing more, whichever page or command signed it out."""
    disconnect_member(instance.user_id, instance.session_key)


@receiver([password_changed, password_reset])
def close_all_sockets(user, **kwargs):
    disconnect_member(user.pk)
