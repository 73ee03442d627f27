using System.Globalization;
using System.Text.Json;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Persistence;
using Microsoft.EntityFrameworkCore;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Queues;

/// <summary>Fills a unit with dossiers in whatever state, by copies of one that was really filed; and reads queues.</summary>
internal static class QueueKit
{
    private static int units, codes;

    /// <summary>A unit that no other test knows.</summary>
    public static string NewUnit() => string.Create(CultureInfo.InvariantCulture, $"06{900000 + Interlocked.Increment(ref units)}");

    /// <summary>A dossier of the unit with these columns, as JSON.</summary>
    public static async Task<Guid> PutAsync(this DossierFixture dossiers, string unit, object columns)
    {
        var id = Guid.CreateVersion7();
        var number = Interlocked.Increment(ref codes);
        var given = JsonSerializer.SerializeToNode(columns)!.AsObject();
        given["id"] = id;
        given["unit_code"] = unit;
        given["code"] ??= string.Create(CultureInfo.InvariantCulture, $"T90-251123-{number:00000000}");
        given["status"] ??= DossierStatus.Processing;
        given["accepted_at"] ??= given["status"]!.GetValue<string>() is DossierStatus.Submitted or DossierStatus.SupplementReception ? null : "2026-11-01T00:00:00Z";
        await dossiers.CopyAsync(1, $"'{given.ToJsonString().Replace("'", "''", StringComparison.Ordinal)}'::jsonb");
        return id;
    }

    /// <summary>So many copies of a filed dossier; <paramref name="columns"/> is SQL that makes the JSON of the columns that differ, g counts.</summary>
    public static async Task CopyAsync(this DossierFixture dossiers, int count, string columns)
    {
        var template = await dossiers.TemplateAsync();
        await dossiers.InDbAsync(async db =>
        {
            var names = await db.Database.SqlQuery<string>(
                $"SELECT quote_ident(column_name) AS \"Value\" FROM information_schema.columns WHERE table_name = 'dossier' AND is_generated = 'NEVER'").ToListAsync(Ct);
            var (list, sql) = (string.Join(", ", names), "");
            sql = $"INSERT INTO dossier ({list}) SELECT {string.Join(", ", names.Select(n => "r." + n))} FROM generate_series(1, {count}) g, dossier d, "
                + $"LATERAL jsonb_populate_record(d, {columns}) r WHERE d.id = '{template}'";
            db.Database.SetCommandTimeout(TimeSpan.FromMinutes(3));
            // No format: what stands in braces is JSON.
            return await db.Database.ExecuteSqlRawAsync(sql.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal), Ct);
        });
    }

    /// <summary>Ids of a queue in its order, page by page.</summary>
    public static async Task<List<Guid>> IdsAsync(this HttpClient official, string query, int limit = 100)
    {
        var (ids, after) = (new List<Guid>(), (string?)null);
        do
        {
            var page = await GetAsync(official, $"/api/v1/inbox?{query}&limit={limit}{(after is null ? "" : "&after=" + after)}");
            ids.AddRange(page.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("id").GetGuid()));
            after = page.GetProperty("after").GetString();
        }
        while (after is not null);
        return ids;
    }

    public static async Task<JsonElement> CountsAsync(this HttpClient official) => await GetAsync(official, "/api/v1/inbox/counts");

    /// <summary>The plan of a query, as text.</summary>
    public static async Task<string> PlanAsync(this DossierDbContext db, string sql)
    {
        await using var command = db.Database.GetDbConnection().CreateCommand();
        await db.Database.OpenConnectionAsync(Ct);
        command.CommandText = "EXPLAIN (FORMAT JSON) " + sql;
        return (string)(await command.ExecuteScalarAsync(Ct))!;
    }

    // Filed in a unit of its own, so that it is in nobody's queue.
    private static async Task<Guid> TemplateAsync(this DossierFixture dossiers)
    {
        var known = await dossiers.InDbAsync(db => db.Dossiers.AsNoTracking().Where(d => d.UnitCode == "06999999").Select(d => (Guid?)d.Id).FirstOrDefaultAsync(Ct));
        return known ?? await SubmittedAsync(dossiers.Citizen(), Free, "06999999");
    }
}
