"""Every address of the site. Each view says who may open it, or the server does not start."""

from django.urls import include, path

from tongxing.accounts.access import open_to_all
from tongxing.public.display import display
from tongxing.ui.views import design

urlpatterns = [
    path("", include("tongxing.public.urls")),
    path("", include("tongxing.portal.urls")),
    path("desk/", include("tongxing.desk.urls")),
    path("display/", display, name="display"),
    path("design/", open_to_all(design), name="design"),
]
handler400 = "tongxing.public.errors.bad_request"
handler403 = "tongxing.public.errors.forbidden"
handler404 = "tongxing.public.errors.not_found"
handler500 = "tongxing.public.errors.broken"
