"""The register of the plan: tasks, projects, documents, evidence."""

from django.urls import path

from tongxing.desk.plan import documents, pieces, projects, tasks

urlpatterns = [
    path("tasks/", tasks.tasks, name="plan-tasks"),
    path("tasks/<str:clause_id>/", tasks.task, name="plan-task"),
    path("tasks/<str:clause_id>/do/", tasks.do, name="plan-task-do"),
    path("projects/", projects.projects, name="plan-projects"),
    path("projects/<slug:project_key>/", projects.project, name="plan-project"),
    path("projects/<slug:project_key>/do/", projects.do, name="plan-project-do"),
    path("projects/<slug:project_key>/money/", projects.money, name="plan-project-money"),
    path("documents/", documents.documents, name="plan-documents"),
    path("documents/<slug:document_key>/", documents.document, name="plan-document"),
    path("documents/<slug:document_key>/do/", documents.do, name="plan-document-do"),
    path("evidence/<int:evidence_id>/", pieces.look, name="plan-evidence"),
]
