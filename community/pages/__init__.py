"""Wagtail: announcements, news, pages. The only app with page models."""
