"""Reads feeds/<id>.yaml: what a department's list looks like and what being on it means."""

from __future__ import annotations

from collections.abc import Mapping

from tongxing.content.blocks import Block, Value
from tongxing.content.facts import UNITS, Codes
from tongxing.content.fields import Fields, Mistakes
from tongxing.content.inline_tests import value_of
from tongxing.content.pack import Fact, Feed, FeedColumn, FeedSets
from tongxing.content.rooms import check_known
from tongxing.lib.place import Text, nearest

COLUMN_TYPES = ("id_number", "certificate_number", "name", "date", "division", "code", "money", "int", "text")
FORMATS = ("xlsx", "csv")
MATCHES = ("id_number", "certificate_number")
SCOPES = ("division", "city")


def read_feed(block: Block, stem: str, mistakes: Mistakes) -> Feed:
    fields = Fields(block, mistakes, "名单")
    id_ = fields.text("id", need=True) or Text(stem, block.place)
    if id_ != stem:
        mistakes.note(f"id 是 {id_}，文件名是 {stem}.yaml，两个要一样", id_.place)
    feed = Feed(
        id=id_,
        name=fields.words("name", stem, need=True),
        department=fields.text("department", need=True) or Text("", block.place),
        unit=fields.choice("unit", UNITS[:2], "person"),
        format=fields.names("format") or FORMATS,
        columns=tuple(_column(item, mistakes) for item in fields.items("columns", need=True)),
        match_by=fields.names("match_by", need=True),
        sets=_sets(fields.raw("sets"), mistakes),
        complete=fields.flag("complete"),
        scope=fields.choice("scope", SCOPES, "division"),
    )
    for name in fields.names("format"):
        check_known(name, FORMATS, "格式", mistakes)
    fields.finish()
    return feed


def _column(item: Value, mistakes: Mistakes) -> FeedColumn:
    fields = Fields(item, mistakes, "列")
    type_ = fields.choice("type", COLUMN_TYPES)
    column = FeedColumn(
        name=fields.text("name", need=True) or Text("", fields.place),
        field=fields.text("field", need=True) or Text("", fields.place),
        type=type_,
        aliases=fields.names("aliases"),
        codes=fields.text("codes", need=type_ == "code") or Text(""),
        required=fields.flag("required"),
    )
    fields.finish()
    return column


def _sets(value: Value, mistakes: Mistakes) -> FeedSets | None:
    if value is None:
        return None
    fields = Fields(value, mistakes, "sets ")
    fact = fields.text("fact", need=True) or Text("", fields.place)
    sets = FeedSets(fact, fields.text("value") or Text("true"), fields.text("from") or Text(""))
    fields.finish()
    return sets


def check_feed(
    feed: Feed, facts: Mapping[str, Fact], codes: Codes, departments: Mapping[str, object], mistakes: Mistakes
) -> None:
    """What a feed names must be there: department, fact and value, columns, code lists."""
    check_known(feed.department, departments, "部门", mistakes)
    columns = {column.field: column for column in feed.columns}
    _check_twice(feed, mistakes)
    for column in feed.columns:
        if column.codes:
            check_known(column.codes, codes, "代码表", mistakes)
    for name in feed.match_by:
        check_known(name, MATCHES, "对人的办法", mistakes)
        check_known(name, columns, "这一列的 field", mistakes)
    if feed.sets:
        _check_sets(feed.sets, feed.unit, facts, columns, mistakes)
    elif feed.complete:
        mistakes.note("complete 的名单要有 sets，说明在名单上就是什么", feed.id.place)


def _check_twice(feed: Feed, mistakes: Mistakes) -> None:
    """A title or a field that two columns claim."""
    titles: set[str] = set()
    for column in feed.columns:
        for title in (column.name, *column.aliases):
            if title in titles:
                mistakes.note(f"列名“{title}”写了两遍", title.place)
            titles.add(title)
    fields = [column.field for column in feed.columns]
    for field in fields:
        if fields.index(field) != next(at for at, other in enumerate(fields) if other is field):
            mistakes.note(f"field {field} 写了两遍", field.place)


def _check_sets(
    sets: FeedSets, unit: str, facts: Mapping[str, Fact], columns: Mapping[Text, FeedColumn], mistakes: Mistakes
) -> None:
    fact = facts.get(sets.fact)
    if fact is None:
        mistakes.note(f"没有事实 {sets.fact}{nearest(sets.fact, facts)}", sets.fact.place)
    elif fact.unit != unit:
        mistakes.note(f"事实 {sets.fact} 的单位是 {fact.unit}，名单写的是 {unit}", sets.fact.place)
    else:
        try:
            value_of(fact, sets.value)
        except ValueError as wrong:
            mistakes.note(str(wrong), sets.value.place)
    if sets.from_field:
        check_known(sets.from_field, columns, "这一列的 field", mistakes)
        if sets.from_field in columns and columns[sets.from_field].type != "date":
            mistakes.note("from 要是日期那一列", sets.from_field.place)
