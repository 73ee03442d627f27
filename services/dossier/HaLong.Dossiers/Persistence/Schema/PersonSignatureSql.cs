using Microsoft.EntityFrameworkCore.Migrations;

namespace HaLong.Dossiers.Persistence.Schema;

/// <summary>A corrected result that its approver signs himself comes to a dossier that is closed already, like the other steps of its making.</summary>
internal static class PersonSignatureSql
{
    private const string Kinds = "'result', 'unsignedResult', 'form', 'unsignedForm', 'controlSlip'";

    public static void Up(MigrationBuilder migration) => migration.Sql(Function(Kinds + ", 'personSigned'"));

    public static void Down(MigrationBuilder migration) => migration.Sql(Function(Kinds));

    private static string Function(string kinds) => $"""
        CREATE OR REPLACE FUNCTION refuse_change_of_closed_documents() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE
            changed dossier_document := coalesce(NEW, OLD);
        BEGIN
            IF coalesce(current_setting('halong.destroying', true), '') = 'on' OR (TG_OP = 'INSERT' AND NEW.kind IN ({kinds})) THEN
                RETURN changed;
            END IF;
            IF EXISTS (SELECT 1 FROM dossier d WHERE d.id = changed.dossier_id AND d.status IN ('RETURNED', 'NOT_ACCEPTED', 'WITHDRAWN', 'STOPPED') AND d.closed_at IS NOT NULL) THEN
                RAISE EXCEPTION 'dossier % is closed', changed.dossier_id USING ERRCODE = 'serialization_failure';
            END IF;
            RETURN changed;
        END $$;
        """;
}
