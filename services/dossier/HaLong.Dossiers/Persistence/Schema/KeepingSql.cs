namespace HaLong.Dossiers.Persistence.Schema;

/// <summary>What keeping statistics needs beside its cubes: the notes of a rebuild.</summary>
internal static class KeepingSql
{
    public const string Create = """
        CREATE TABLE statistics.rebuild_touched (dossier_id uuid PRIMARY KEY);
        CREATE UNLOGGED TABLE statistics.rebuild_seen (dossier_id uuid PRIMARY KEY, change bigint NOT NULL);
        """;

    public const string Drop = """
        DROP TABLE statistics.rebuild_seen;
        DROP TABLE statistics.rebuild_touched;
        """;
}
