"""Free hours, who waits for a doctor, what a certificate brings along, drafts, and whose identity is looked at."""

from tongxing.applications.queries.asking import (
    Slot,
    answers_in,
    application_for,
    application_of,
    certificate_service,
    draft_by_number,
    draft_of,
    drafts_of,
    ends_soon,
    free_slots,
    linked,
    papers_in,
    renewal,
    slots_for,
    to_assess,
)
from tongxing.applications.queries.identity import check_for, checks_for
from tongxing.applications.queries.unsure import unsure_in, unsure_people

__all__ = [
    "Slot",
    "answers_in",
    "application_for",
    "application_of",
    "certificate_service",
    "check_for",
    "checks_for",
    "draft_by_number",
    "draft_of",
    "drafts_of",
    "ends_soon",
    "free_slots",
    "linked",
    "papers_in",
    "renewal",
    "slots_for",
    "to_assess",
    "unsure_in",
    "unsure_people",
]
