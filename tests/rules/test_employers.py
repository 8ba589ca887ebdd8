"""What an employer reads on its page is what the night counted."""

from __future__ import annotations

from datetime import date

import numpy as np
import pyarrow as pa
from django.conf import settings

from tongxing.content.instance import pack
from tongxing.demo.employers import reports
from tongxing.organisation.models import Employer
from tongxing.policy.program import program
from tongxing.policy.queries.employers import explain_employer
from tongxing.registry.facts.reported import employer_columns
from tongxing.rules.planes import evaluate

DAY = date(2026, 6, 30)
UNKNOWN = -1


def test_every_report_of_the_demo_gets_the_answers_of_the_night() -> None:
    rules = program(DAY)
    told = reports(rules, 7, {})
    declared = [fact for fact in pack(settings.PACK).facts.values() if fact.unit == "employer"]
    columns = employer_columns(declared, [(n, "459921100201", report) for n, report in enumerate(told)])
    table = pa.table({"employer_id": list(range(len(told)))} | {k: column.arrow() for k, column in columns.items()})
    mine = sorted(name for name, policy in rules.policies.items() if policy.unit == "employer")
    night = evaluate(rules, None, None, table, asks=False, policies=mine)
    each = [explain_employer(Employer(facts=report), DAY).answers for report in told]
    for policy in mine:
        said = [UNKNOWN if answers[policy].eligible is None else int(answers[policy].eligible) for answers in each]
        assert len(set(said)) > 1, "nothing was compared"
        assert np.array_equal(said, night.eligible(policy)), policy
