using HaLong.Identity.Persistence;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.PersonalData;

/// <summary>
/// Part of <c>migrate</c>: tables of evidence, to which the database itself only lets rows be added. Retention may remove the oldest ones in a
/// transaction that says so.
/// </summary>
internal static class AppendOnly
{
    public static Task InstallAsync(IdentityDbContext db, CancellationToken ct) => db.Database.ExecuteSqlRawAsync(
        """
        CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'DELETE' AND current_setting('halong.retention', true) = 'on' THEN
                RETURN OLD;
            END IF;
            RAISE EXCEPTION 'rows of % are only added', TG_TABLE_NAME USING ERRCODE = '55000';
        END $$;
        CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE ON consent FOR EACH ROW EXECUTE FUNCTION refuse_change();
        CREATE OR REPLACE TRIGGER append_only_all BEFORE TRUNCATE ON consent FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
        CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE ON access_log FOR EACH ROW EXECUTE FUNCTION refuse_change();
        CREATE OR REPLACE TRIGGER append_only_all BEFORE TRUNCATE ON access_log FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
        CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE ON destruction_record FOR EACH ROW EXECUTE FUNCTION refuse_change();
        CREATE OR REPLACE TRIGGER append_only_all BEFORE TRUNCATE ON destruction_record FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
        """, ct);

    /// <summary>Lets the current transaction remove rows that have reached the end of their retention.</summary>
    public static Task AllowRetentionAsync(IdentityDbContext db, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"SELECT set_config('halong.retention', 'on', true)", ct);
}
