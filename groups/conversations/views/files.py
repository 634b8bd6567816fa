"""Files of messages, for who may read the message."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from groups.conversations.access import visible_attachments
from theme.serving import serve_private


@require_safe
def attachment(request, attachment_id):
    found = get_object_or_404(visible_attachments(request.user), pk=attachment_id)
    return serve_private(request, found.file, name=found.name, content_type=found.content_type)


@require_safe
def attachment_small(request, attachment_id):
    found = get_object_or_404(visible_attachments(request.user), pk=attachment_id)
    if not found.small:
        raise Http404
    return serve_private(request, found.small, name=found.name, content_type="image/webp")
