from celery import shared_task

from community.pages.services import continue_broadcasts


@shared_task
def broadcast_announcements() -> int:
    return continue_broadcasts()
