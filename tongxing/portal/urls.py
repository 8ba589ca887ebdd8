from django.urls import path

from tongxing.portal import find

app_name = "portal"
urlpatterns = [
    path("find/", find.start, name="find"),
    path("find/question/", find.question, name="find-question"),
    path("find/result/", find.result, name="find-result"),
]
