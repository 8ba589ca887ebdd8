"""The addresses that the frames link to, without the faces that answer them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path

from tongxing.ui import views


def plain(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


def failed(request: HttpRequest, status: int) -> HttpResponse:
    message = request.GET.get("message", "")
    return render(request, f"{status}.html", {"reference": "7F3A09C2", "message": message}, status=status)


desk = [path(f"{name}/", plain, name=name) for name in ("home", "people", "duplicates", "urgent")]
public = [
    path("", plain, name="start"),
    path("in/", plain, name="sign-in"),
    path("out/", plain, name="sign-out"),
    path("me/", plain, name="me"),
    path("words/", plain, name="words"),
    path("accessibility/", plain, name="accessibility"),
]
urlpatterns = [
    path("desk/", include((desk, "desk"))),
    path("", include((public, "public"))),
    path("display/", plain, name="display"),
    path("design/", views.design, name="design"),
    path("failed/<int:status>/", failed, name="failed"),
]
