"""The register of the plan: tasks, projects, documents, and what they share."""

from tongxing.programme.models.document import Document, DocumentStep, OwnIndicator
from tongxing.programme.models.project import Fund, Project, ProjectPayment, Result, Satisfaction, Source
from tongxing.programme.models.shared import Climb, Evidence, Milestone
from tongxing.programme.models.task import Confirmation, PlanTask, Report

__all__ = [
    "Climb",
    "Confirmation",
    "Document",
    "DocumentStep",
    "Evidence",
    "Fund",
    "Milestone",
    "OwnIndicator",
    "PlanTask",
    "Project",
    "ProjectPayment",
    "Report",
    "Result",
    "Satisfaction",
    "Source",
]
