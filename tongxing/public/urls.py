from django.urls import path

from tongxing.public import start

app_name = "public"
urlpatterns = [
    path("", start.start, name="start"),
    path("sign-in/", start.sign_in, name="sign-in"),
    path("sign-out/", start.sign_out, name="sign-out"),
    path("demo/<slug:username>/enter/", start.enter_demo, name="enter-demo"),
]
