using System.Collections.Concurrent;
using HaLong.Dossiers.Contracts;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Catalogue;

/// <summary>Finds procedures and what filing them costs.</summary>
internal sealed class ProcedureCatalogue(DossierDbContext db, ParsedProcedures parsed, TimeProvider time)
{
    /// <summary>The version in force today.</summary>
    public Task<Procedure?> FindAsync(string code, CancellationToken ct) => FindAsync(code, LocalTime.Date(time.GetUtcNow()), ct);

    /// <summary>The version in force on a local day, past or future.</summary>
    public Task<Procedure?> FindAsync(string code, DateOnly day, CancellationToken ct) => IsCode(code)
        ? db.Procedures.AsNoTracking().SingleOrDefaultAsync(p => p.Code == code && p.ValidFrom <= day && (p.ValidTo == null || p.ValidTo >= day), ct)
        : Task.FromResult<Procedure?>(null);

    /// <summary>The version that a dossier is bound to.</summary>
    public Task<Procedure> GetAsync(Guid id, CancellationToken ct) => db.Procedures.AsNoTracking().SingleAsync(p => p.Id == id, ct);

    public ProcedureContent ContentOf(Procedure procedure) => parsed.Of(procedure);

    /// <summary>Amounts of the tariff for a procedure.</summary>
    public Task<List<TariffItem>> TariffAsync(string code, CancellationToken ct) =>
        db.Tariff.AsNoTracking().Where(t => t.ProcedureCode == code).ToListAsync(ct);

    /// <summary>Fees due at filing through a channel on a day.</summary>
    public async Task<List<FeeItem>> FeesAsync(Procedure procedure, string channel, DateOnly day, CancellationToken ct)
    {
        var content = ContentOf(procedure);
        var open = content.Fees.Any(f => f.AmountVnd is null);
        return FeeSchedule.Due(content, open ? await TariffAsync(procedure.Code, ct) : [], channel, day);
    }

    /// <summary>True for what can be the code of a procedure.</summary>
    public static bool IsCode(string code) => code.Length is > 0 and <= 32 && code.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-');
}

/// <summary>Parsed contents by version: a version never changes, so they are kept.</summary>
internal sealed class ParsedProcedures
{
    private readonly ConcurrentDictionary<Guid, ProcedureContent> contents = new();

    public ProcedureContent Of(Procedure procedure) => contents.GetOrAdd(procedure.Id, (_, text) => CatalogueLoader.Parse(text), procedure.Content);
}
