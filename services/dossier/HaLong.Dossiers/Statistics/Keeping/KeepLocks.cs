using Npgsql;

namespace HaLong.Dossiers.Statistics.Keeping;

/// <summary>Advisory locks of the database: whoever changes facts and cubes has the first, whoever makes them anew the second.</summary>
internal static class KeepLocks
{
    public const string TryKeep = "SELECT pg_try_advisory_xact_lock(766, 1)", Keep = "SELECT pg_advisory_xact_lock(766, 1)";
    public const string HoldKeep = "SELECT pg_advisory_lock(766, 1)", LeaveKeep = "SELECT pg_advisory_unlock(766, 1)";
    public const string TryRebuild = "SELECT pg_try_advisory_lock(766, 2)";

    /// <summary>Whether somebody makes them anew.</summary>
    public const string IsRebuilt = """
        SELECT EXISTS (SELECT FROM pg_locks l JOIN pg_database d ON d.oid = l.database
        WHERE l.locktype = 'advisory' AND d.datname = current_database() AND l.classid = 766 AND l.objid = 2 AND l.objsubid = 2 AND l.granted)
        """;

    public static async Task<bool> AskAsync(NpgsqlConnection open, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, open);
        return await command.ExecuteScalarAsync(ct) is not false;
    }
}
