from django.urls import path

from tongxing.desk.plan import clauses, cockpit, indicator, releases, remarks, targets
from tongxing.desk.plan.evaluation_urls import urlpatterns as evaluations
from tongxing.desk.plan.register_urls import urlpatterns as register

urlpatterns = [
    path("", cockpit.cockpit, name="plan"),
    path("brief/", cockpit.brief, name="plan-brief"),
    path("indicators/<slug:indicator_id>/", indicator.indicator, name="plan-indicator"),
    path("indicators/<slug:indicator_id>/people/", indicator.behind, name="plan-people"),
    path("clauses/", clauses.clauses, name="plan-clauses"),
    path("clauses/<str:clause_id>/", clauses.clause, name="plan-clause"),
    path("targets/", targets.targets, name="plan-targets"),
    path("targets/<slug:entered>/", targets.do, name="plan-target-do"),
    path("remarks/", remarks.remarks, name="plan-remarks"),
    path("remarks/<int:remark_id>/", remarks.remark, name="plan-remark"),
    path("releases/", releases.releases, name="plan-releases"),
    path("releases/do/", releases.do, name="plan-release-do"),
    *register,
    *evaluations,
]
