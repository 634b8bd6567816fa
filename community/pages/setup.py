"""The page tree and the editors' rights that every installation starts with. Running it again changes nothing."""

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page, Site

from community.pages.models import AnnouncementIndexPage, LandingPage, NewsIndexPage
from groups.people.models import AssociationRole
from groups.people.services import role_group_name

SECTIONS = (
    (AnnouncementIndexPage, "Mededelingen", "announcements"),
    (NewsIndexPage, "Nieuws", "news"),
)
PAGE_RIGHTS = ("add_page", "change_page", "publish_page", "lock_page", "unlock_page", "bulk_delete_page")
# What community managers set up in the admin beside pages.
SET_UP = ("housesettings", "profilefield", "interest", "membershipkind", "defaultsubgroup")
FILE_RIGHTS = ("add", "change", "choose")


def after_migrate(**kwargs) -> None:
    """Once all migrations are in. Half-way, the tables do not fit the models yet."""
    executor = MigrationExecutor(connection)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        lay_out_site()


@transaction.atomic
def lay_out_site() -> None:
    landing = LandingPage.objects.first() or _plant_landing_page()
    for model, title, slug in SECTIONS:
        if not model.objects.exists():
            landing.add_child(instance=model(title=title, slug=slug))
    _give_rights(Group.objects.get_or_create(name=role_group_name(AssociationRole.COMMUNITY_MANAGER))[0], landing)


def _plant_landing_page() -> LandingPage:
    """The root of the site: not published, so that nothing is public before the association wants it."""
    root = Page.objects.get(depth=1)
    landing = root.add_child(instance=LandingPage(title="Welkom", slug="welkom", live=False))
    site = Site.objects.filter(is_default_site=True).first() or Site(hostname="localhost", is_default_site=True)
    site.site_name = "Paraplu"
    site.root_page = landing
    site.save()
    # Wagtail's own first page has nothing to say here.
    Page.objects.filter(depth=2, slug="home").exclude(pk=landing.pk).delete()
    return landing


def _give_rights(group: Group, landing: LandingPage) -> None:
    group.permissions.add(Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin"))
    for app in ("people", "subgroups", "portal"):
        # Django makes permissions app by app after a migration; on the first one these may still have to come.
        create_permissions(apps.get_app_config(app), verbosity=0)
    group.permissions.add(*Permission.objects.filter(content_type__model__in=SET_UP))
    pages = Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=PAGE_RIGHTS)
    for permission in pages.filter(content_type__model="page"):
        GroupPagePermission.objects.get_or_create(group=group, page=landing, permission=permission)
    files = [f"{right}_{model}" for right in FILE_RIGHTS for model in ("image", "document")]
    for permission in Permission.objects.filter(
        content_type__app_label__in=("wagtailimages", "wagtaildocs"), codename__in=files
    ):
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=Collection.get_first_root_node(), permission=permission
        )
