"""The ledger refuses to be changed: every update or delete raises, whoever asks."""

from django.db import migrations

WORDS = "the ledger is append-only"
SQLITE = [
    f"""CREATE TRIGGER ledger_no_update BEFORE UPDATE ON payments_entry
    BEGIN SELECT RAISE(ABORT, '{WORDS}'); END""",
    f"""CREATE TRIGGER ledger_no_delete BEFORE DELETE ON payments_entry
    BEGIN SELECT RAISE(ABORT, '{WORDS}'); END""",
]
POSTGRES = [
    f"""CREATE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION '{WORDS}'; END $$""",
    """CREATE TRIGGER ledger_no_change BEFORE UPDATE OR DELETE ON payments_entry
    FOR EACH ROW EXECUTE FUNCTION ledger_refuse()""",
]


def guard(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRES:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("payments", "0001_initial")]
    operations = [migrations.RunPython(guard, migrations.RunPython.noop)]
