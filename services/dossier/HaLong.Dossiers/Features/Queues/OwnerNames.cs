using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Features.Queues;

/// <summary>The keys by which owners are found by name: those of <see cref="Persistence.Schema.QueueSql.Create"/>, made here for what somebody typed.</summary>
internal static class OwnerNames
{
    /// <summary>All keys of a list stand with the dossier, or one of them does: PostgreSQL's words for it.</summary>
    public const string All = "@>", Any = "&&";

    /// <summary>From here on a name is common: the first page comes from walking, not from sorting all of them.</summary>
    public const int Many = 1000;

    private const int MaxWords = 8, ShortestForgiven = 4;

    /// <summary>The words of a name, folded; more than eight do not narrow a search.</summary>
    public static IReadOnlyList<string> Words(string name) =>
        [.. new string([.. Text.Fold(name).Select(c => char.IsAsciiLetterOrDigit(c) ? c : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct().Take(MaxWords)];

    /// <summary>All of these stand with the dossier when the name has the words as typed.</summary>
    public static string[] Exact(string unit, IEnumerable<string> words) => [.. words.Select(w => $"{unit}={w}")];

    /// <summary>One of these stands with the dossier when the name has the word or one that differs by a letter. Of short words nothing is forgiven: too many are alike.</summary>
    public static string[] Near(string unit, string word) =>
        [.. Enumerable.Range(0, word.Length < ShortestForgiven ? 0 : word.Length).Select(i => word.Remove(i, 1)).Prepend(word).Distinct().Select(w => $"{unit}~{w}")];

    /// <summary>How many dossiers fit each of the lists; more than <see cref="Many"/> are not counted.</summary>
    public static Task<int> CountAsync(DossierDbContext db, string[][] lists, string relation, CancellationToken ct)
    {
        var sql = $"SELECT count(*)::int AS \"Value\" FROM ({Hits(lists, relation)}) hits";
        return db.Database.SqlQueryRaw<int>(sql, [.. lists]).SingleAsync(ct);
    }

    /// <summary>
    /// Filed dossiers that fit each of the lists. The planner knows next to nothing about keys, so it is told: few come from the index of keys; where many fit, the latest of the unit are
    /// looked through until a page is full (of a CASE the planner takes half to be true, and no index has it).
    /// </summary>
    public static IQueryable<Dossier> Find(DossierDbContext db, string unit, string[][] lists, string relation, bool many)
    {
        var fit = many ? $"submitted_at IS NOT NULL AND CASE WHEN {Fit(lists, relation)} THEN true ELSE false END" : $"id IN ({Hits(lists, relation)})";
        var sql = "SELECT *, xmin FROM dossier WHERE " + fit;
        var rows = db.Dossiers.FromSqlRaw(sql, [.. lists]);
        return many ? rows.Where(d => d.UnitCode == unit) : rows;
    }

    private static string Hits(string[][] lists, string relation) =>
        $"SELECT id FROM dossier WHERE submitted_at IS NOT NULL AND {Fit(lists, relation)} LIMIT {Many + 1}";

    private static string Fit(string[][] lists, string relation) =>
        string.Join(" AND ", lists.Select((_, i) => $"owner_keys(unit_code, receiving_unit_code, owner_name) {relation} {{{i}}}"));
}
