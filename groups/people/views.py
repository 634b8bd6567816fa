from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from groups.people.access import visible_members
from theme.responses import page_or_partial


@require_safe
def member_page(request, member_id):
    member = get_object_or_404(visible_members(request.user), pk=member_id)
    return page_or_partial(request, "people/member.html", {"person": member})


@require_safe
def portrait(request, member_id):
    member = get_object_or_404(visible_members(request.user), pk=member_id)
    if not member.photo:
        raise Http404
    response = FileResponse(member.photo.open(), content_type="image/webp")
    response["Cache-Control"] = "private, max-age=86400"
    return response
