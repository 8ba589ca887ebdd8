from django.urls import path

from tongxing.public.plan import files, indicators, pages

urlpatterns = [
    path("", pages.home, name="plan"),
    path("easy/", pages.easy, name="plan-easy"),
    path("data/", files.data, name="plan-data"),
    path("data/newest/<str:name>", files.newest_file, name="plan-newest-file"),
    path("data/<slug:number>/<str:name>", files.file, name="plan-file"),
    path("indicators/<slug:figure_id>/", indicators.indicator, name="plan-indicator"),
    path("indicators/<slug:figure_id>/say/", indicators.say, name="plan-say"),
    path("<slug:system_id>/", pages.system, name="plan-system"),
]
