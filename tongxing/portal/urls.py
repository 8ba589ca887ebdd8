from django.urls import path

from tongxing.portal import cases, confirm, demo, enter, find, follow, home, link, my, requests, whom

app_name = "portal"
urlpatterns = [
    path("home/", home.home, name="home"),
    path("help/", home.help_page, name="help"),
    path("enter/", enter.enter, name="enter"),
    path("enter/code/", enter.code, name="code"),
    path("enter/whose/", enter.whose, name="whose"),
    path("follow/", follow.follow, name="follow"),
    path("a/answered/", link.answered, name="answered"),
    path("a/<str:token>/", link.answer, name="link"),
    path("my/", my.things, name="my"),
    path("my/for/", whom.for_whom, name="for-whom"),
    path("my/visit/", requests.visit, name="visit"),
    path("my/helped/end/", whom.helped_end, name="helped-end"),
    path("my/cases/<str:number>/", cases.show, name="case"),
    path("my/cases/<str:number>/do/", cases.do, name="case-do"),
    path("my/cases/<str:number>/letter/", cases.letter, name="letter"),
    path("my/confirm/", confirm.confirm, name="confirm"),
    path("demo/phone/<int:person_id>/", demo.phone, name="demo-phone"),
    # 我能得到什么
    path("find/", find.start, name="find"),
    path("find/question/", find.question, name="find-question"),
    path("find/result/", find.result, name="find-result"),
]
