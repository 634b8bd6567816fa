"""On the page of a member: the way to say that something is not all right about them."""

from groups.people.profile_parts import Section, section_registry


@section_registry
def report_person(request, person):
    if person == request.user:
        return None
    return Section("moderation/profile_section.html", 90)
