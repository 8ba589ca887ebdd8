"""`tongxing plan report --kind mid_term|final --out FOLDER [--json]`: an evaluation report and its files."""

from __future__ import annotations

import argparse
import json
from datetime import date
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from tongxing.commands.answers import day, print_json, sorry
from tongxing.content.plan import plan
from tongxing.evaluation.assemble import assemble
from tongxing.evaluation.models import Evaluation
from tongxing.evaluation.queries.evaluations import REPORT, count_for
from tongxing.evaluation.queries.figures import entered_now
from tongxing.evaluation.queries.gather import Making, gather
from tongxing.lib.files import write_atomically
from tongxing.reports.document import document_bytes
from tongxing.reports.docx import docx_file
from tongxing.reports.pdf import pdf_file


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--kind", choices=Evaluation.Kind.values, default=Evaluation.Kind.MID_TERM)
    parser.add_argument("--from", dest="since", type=day, help="评的时间从哪天，缺省是规划的第一天")
    parser.add_argument("--until", type=day, default=date.today())
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--json", action="store_true")


def report(options: argparse.Namespace) -> int:
    """Writes report.json, .html, .docx and .pdf as they stand; nothing is kept and nothing is signed."""
    count = count_for(options.until)
    if count is None:
        return sorry("还没有数过指标。先运行 tongxing nightly。")
    since = options.since or plan(settings.PACK).about.from_date
    passing = Evaluation(kind=options.kind, from_date=since, until_date=options.until, count=count)
    document = document_bytes(assemble(gather(Making(passing, entered_now(), 0))))
    read = json.loads(document)
    page = render_to_string("desk/plan/evaluation_file.html", {"report": read, "sheet": _sheet()})
    files = {
        REPORT: document,
        "report.html": page.encode(),
        "report.docx": docx_file(read),
        "report.pdf": pdf_file(read),
    }
    for name, content in files.items():
        write_atomically(options.out / name, content)
    if options.json:
        print_json({"as_of": read["as_of"], "files": [str(options.out / name) for name in files]})
    else:
        print(f"写好了 {len(files)} 个文件，在 {options.out}。数据截到 {read['as_of']}。")
    return 0


def _sheet() -> SafeString:
    """The style element of a file that stands by itself. No page of the site may carry one."""
    return format_html("<style>{}</style>", SafeString((Path(__file__).parent / "report.css").read_text("utf-8")))
