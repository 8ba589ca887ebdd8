from django.urls import path

from tongxing.public.plan import files, indicators, pages, reports

urlpatterns = [
    path("", pages.home, name="plan"),
    path("easy/", pages.easy, name="plan-easy"),
    path("data/", files.data, name="plan-data"),
    path("data/newest/<str:name>", files.newest_file, name="plan-newest-file"),
    path("data/<slug:number>/<str:name>", files.file, name="plan-file"),
    path("reports/", reports.reports, name="plan-reports"),
    path("reports/<int:report_id>/", reports.report, name="plan-report"),
    path("reports/<int:report_id>/<str:name>", reports.report_file, name="plan-report-file"),
    path("indicators/<slug:figure_id>/", indicators.indicator, name="plan-indicator"),
    path("indicators/<slug:figure_id>/say/", indicators.say, name="plan-say"),
    path("<slug:system_id>/", pages.system, name="plan-system"),
]
