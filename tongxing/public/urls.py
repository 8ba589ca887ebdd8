from django.urls import include, path

from tongxing.public import confirm, me, notices, reading, signing, start

app_name = "public"
urlpatterns = [
    path("", start.start, name="start"),
    path("sign-in/", signing.sign_in, name="sign-in"),
    path("sign-in/code/", signing.second_factor, name="second-factor"),
    path("sign-in/password/", signing.first_password, name="first-password"),
    path("sign-in/set-up/", signing.set_up, name="set-up"),
    path("sign-out/", signing.sign_out, name="sign-out"),
    path("confirm/", confirm.confirm, name="confirm"),
    path("me/", me.me, name="me"),
    path("me/post/", me.choose_post, name="choose-post"),
    path("me/phone/", me.new_phone, name="new-phone"),
    path("me/codes/", me.new_codes, name="new-codes"),
    path("me/passkeys/", me.add_passkey, name="add-passkey"),
    path("me/passkeys/<int:passkey_id>/remove/", me.remove_passkey, name="remove-passkey"),
    path("me/devices/<int:device_id>/end/", me.end_device, name="end-device"),
    path("me/devices/end-others/", me.end_others, name="end-others"),
    path("notices/", notices.notices, name="notices"),
    path("notices/<str:number>/", notices.notice, name="notice"),
    path("words/", reading.words, name="words"),
    path("accessibility/", reading.accessibility, name="accessibility"),
    path("plan/", include("tongxing.public.plan.urls")),
    path("demo/<slug:username>/enter/", start.enter_demo, name="enter-demo"),
]
