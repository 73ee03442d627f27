using Microsoft.EntityFrameworkCore.Migrations;

namespace HaLong.Dossiers.Persistence.Schema;

/// <summary>Forms that were issued before papers were made get theirs: the watch takes them up, oldest first.</summary>
internal static class PapersSql
{
    public const string FormsWithoutPapers = """
        INSERT INTO form_paper (id, dossier_id, form_id, kind, created_at, failures, tried_at)
        SELECT gen_random_uuid(), f.dossier_id, f.id, f.kind, f.created_at, 0, f.created_at
        FROM issued_form f JOIN dossier d ON d.id = f.dossier_id
        WHERE f.kind <> 'CONTROL'
           OR (d.status IN ('NOT_ACCEPTED', 'STOPPED', 'WITHDRAWN', 'RETURNED')
               AND f.serial = (SELECT max(l.serial) FROM issued_form l WHERE l.dossier_id = f.dossier_id AND l.kind = 'CONTROL'))
        ON CONFLICT (form_id) DO NOTHING;
        """;

    public static void Up(MigrationBuilder migration) => migration.Sql(FormsWithoutPapers);
}
