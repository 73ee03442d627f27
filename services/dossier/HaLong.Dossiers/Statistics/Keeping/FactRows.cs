using HaLong.Dossiers.Persistence;
using HaLong.Dossiers.Statistics.Facts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;

namespace HaLong.Dossiers.Statistics.Keeping;

/// <summary>The rows of facts, of the table in use or of one that is being made; which columns there are the model says.</summary>
internal sealed class FactRows(DossierDbContext db)
{
    public const string Table = FactTables.Schema + ".fact";

    private readonly List<IProperty> columns = [.. db.Model.FindEntityType(typeof(DossierFact))!.GetProperties()]; // part of the model

    public Task<Dictionary<Guid, DossierFact>> ReadAsync(Guid[] ids, string suffix, CancellationToken ct) =>
        Query(suffix, "WHERE dossier_id = ANY ({0})", ids).ToDictionaryAsync(f => f.DossierId, ct);

    /// <summary>Facts that are in the first table and not in the second.</summary>
    public IAsyncEnumerable<DossierFact> WithoutAsync(string suffix, string other) =>
        Query(suffix, $"f WHERE NOT EXISTS (SELECT FROM {Table}{other} o WHERE o.dossier_id = f.dossier_id)").AsAsyncEnumerable();

    /// <summary>Puts facts in the place of those that are there, in the caller's transaction; null takes one away.</summary>
    public async Task ReplaceAsync(NpgsqlConnection open, IReadOnlyDictionary<Guid, DossierFact?> facts, string suffix, CancellationToken ct)
    {
        await using (var delete = new NpgsqlCommand($"DELETE FROM {Table}{suffix} WHERE dossier_id = ANY ($1)", open))
        {
            delete.Parameters.Add(new() { Value = facts.Keys.ToArray() });
            await delete.ExecuteNonQueryAsync(ct);
        }

        using var copy = Copy(open, suffix);
        foreach (var fact in facts.Values)
        {
            if (fact is not null)
                Write(copy, fact);
        }

        copy.Complete();
    }

    public NpgsqlBinaryImporter Copy(NpgsqlConnection open, string suffix)
    {
        var copy = open.BeginBinaryImport($"COPY {Table}{suffix} ({string.Join(", ", columns.Select(c => c.GetColumnName()))}) FROM STDIN (FORMAT BINARY)");
        copy.Timeout = TimeSpan.FromHours(1);
        return copy;
    }

    public void Write(NpgsqlBinaryImporter copy, DossierFact fact)
    {
        copy.StartRow();
        foreach (var column in columns)
        {
            if (column.GetGetter().GetClrValue(fact) is { } value)
                copy.Write(value);
            else
                copy.WriteNull();
        }
    }

    private IQueryable<DossierFact> Query(string suffix, string where, params object[] parameters)
    {
        // Of constants of this namespace only.
        var sql = $"SELECT * FROM {Table}{suffix} {where}";
        return db.Set<DossierFact>().FromSqlRaw(sql, parameters).AsNoTracking();
    }
}
