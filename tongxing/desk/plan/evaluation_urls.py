"""Mid-term and final evaluations of the plan."""

from django.urls import path

from tongxing.desk.plan import evaluation_report, evaluations

urlpatterns = [
    path("evaluations/", evaluations.evaluations, name="plan-evaluations"),
    path("evaluations/<int:evaluation_id>/", evaluations.evaluation, name="plan-evaluation"),
    path("evaluations/<int:evaluation_id>/do/", evaluations.do, name="plan-evaluation-do"),
    path("evaluations/<int:evaluation_id>/write/<str:slot>/", evaluations.write, name="plan-evaluation-write"),
    path("evaluations/<int:evaluation_id>/report/", evaluation_report.report, name="plan-evaluation-report"),
    path(
        "evaluations/<int:evaluation_id>/files/<int:number>/<str:name>",
        evaluation_report.file,
        name="plan-evaluation-file",
    ),
]
