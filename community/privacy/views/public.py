"""What anybody may read: the privacy statement, and whom to write to about a leak."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from groups.agreements.access import visible_texts
from groups.agreements.models import Kind
from groups.agreements.queries import announced, in_force
from theme.personal_data import all_personal_data
from theme.responses import page_or_partial


@login_not_required
@require_safe
def statement(request):
    versions = visible_texts(request.user).filter(kind=Kind.PRIVACY)
    context = {
        "text": in_force(versions).first(),
        "coming": announced(versions).first(),
        "data": all_personal_data(),
        "contact": settings.PRIVACY_CONTACT,
        "hosting": settings.HOSTING,
        "base_url": settings.BASE_URL,
    }
    return page_or_partial(request, "privacy/statement.html", context)


@login_not_required
@require_safe
def security_txt(request):
    """RFC 9116."""
    lines = [
        f"Contact: mailto:{settings.SECURITY_CONTACT}",
        f"Expires: {timezone.now() + timedelta(days=180):%Y-%m-%dT00:00:00Z}",
        "Preferred-Languages: nl, en",
        f"Canonical: {settings.BASE_URL}{reverse('security-txt')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
