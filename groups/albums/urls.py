from django.urls import path

from groups.albums.views import albums, photos

urlpatterns = [
    path("photos/", albums.all_albums, name="albums"),
    path("photos/new/", albums.new_album, name="new-album"),
    path("groups/<slug:slug>/photos/", albums.subgroup_albums, name="subgroup-albums"),
    path("groups/<slug:slug>/photos/new/", albums.new_subgroup_album, name="new-subgroup-album"),
    path("albums/<int:album_id>/", albums.album, name="album"),
    path("albums/<int:album_id>/add/", albums.add, name="add-photos"),
    path("albums/<int:album_id>/edit/", albums.edit_album, name="edit-album"),
    path("albums/<int:album_id>/remove/", albums.remove, name="remove-album"),
    path("photos/<uuid:photo_id>/", photos.photo, name="photo"),
    path("photos/<uuid:photo_id>/file/", photos.large, name="photo-file"),
    path("photos/<uuid:photo_id>/small/", photos.small, name="photo-small"),
    path("photos/<uuid:photo_id>/remove/", photos.remove, name="remove-photo"),
    path("photos/<uuid:photo_id>/report/", photos.report, name="report-photo"),
    path("photos/<uuid:photo_id>/object/", photos.ask_removal, name="object-to-photo"),
    path("photo-requests/<int:objection_id>/", photos.objection, name="objection"),
    path("photo-requests/<int:objection_id>/remove/", photos.agree, name="agree-objection"),
    path("photo-requests/<int:objection_id>/take-back/", photos.take_back_request, name="take-back-objection"),
]
