"""Updates and deletes of the journal are refused by the database itself (S13)."""

from django.db import migrations

WORDS = "the journal is append-only"
SQLITE = [
    f"""CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal_entry
    BEGIN SELECT RAISE(ABORT, '{WORDS}'); END""",
    f"""CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal_entry
    BEGIN SELECT RAISE(ABORT, '{WORDS}'); END""",
]
POSTGRES = [
    f"""CREATE FUNCTION journal_refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION '{WORDS}'; END $$""",
    """CREATE TRIGGER journal_no_change BEFORE UPDATE OR DELETE ON journal_entry
    FOR EACH ROW EXECUTE FUNCTION journal_refuse()""",
]


def guard(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRES:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]
    operations = [migrations.RunPython(guard, migrations.RunPython.noop)]
