"""Reports, money, results and steps refuse to be changed: every update or delete raises, whoever asks."""

from django.db import migrations

WORDS = "the register is append-only"
TABLES = ("report", "fund", "projectpayment", "result", "satisfaction", "documentstep")


def sqlite():
    for table in TABLES:
        for verb in ("update", "delete"):
            yield f"""CREATE TRIGGER programme_{table}_no_{verb} BEFORE {verb.upper()} ON programme_{table}
            BEGIN SELECT RAISE(ABORT, '{WORDS}'); END"""


def postgres():
    yield f"""CREATE FUNCTION programme_refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION '{WORDS}'; END $$"""
    for table in TABLES:
        yield f"""CREATE TRIGGER programme_{table}_no_change BEFORE UPDATE OR DELETE ON programme_{table}
        FOR EACH ROW EXECUTE FUNCTION programme_refuse()"""


def guard(apps, schema_editor):
    for statement in sqlite() if schema_editor.connection.vendor == "sqlite" else postgres():
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("programme", "0001_initial")]
    operations = [migrations.RunPython(guard, migrations.RunPython.noop)]
