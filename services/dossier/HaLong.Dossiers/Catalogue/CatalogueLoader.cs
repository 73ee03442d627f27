using System.Text.Json;
using System.Text.Json.Nodes;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Catalogue;

/// <summary>
/// Brings the catalogue of Data/procedures.json into the database, in the run mode <c>migrate</c>. Running it again changes nothing; an item
/// whose content changed becomes a new version that begins today, and the old one ends. What administrators have published is theirs: the file
/// does not change it any more.
/// </summary>
internal sealed partial class CatalogueLoader(
    DossierDbContext db, TimeProvider time, IHostEnvironment environment, ILogger<CatalogueLoader> log)
{
    public async Task LoadAsync(CancellationToken ct)
    {
        var added = await LoadProceduresAsync(DataFiles.ReadNodes("procedures.json"), ct);
        var tariff = environment.IsDevelopment() ? await LoadDemoTariffAsync(ct) : 0;
        Loaded(log, added, tariff);
    }

    /// <summary>Loads the items; gives the number of new versions.</summary>
    public async Task<int> LoadProceduresAsync(JsonArray items, CancellationToken ct)
    {
        await using var transaction = await db.BeginOwnTransactionAsync(ct);
        await CatalogueStamp.RaiseAsync(db, ct);
        var now = time.Now();
        var today = LocalTime.Date(now);
        var versions = (await db.Procedures.Where(p => p.ValidTo == null || p.ValidTo >= p.ValidFrom).ToListAsync(ct)).ToLookup(p => p.Code);
        var added = 0;
        foreach (var item in items)
        {
            var text = item!.ToJsonString(DataFiles.Json);
            var canonical = CanonicalJson.Of(text);
            var content = Parse(text);
            var known = versions[content.Code].MaxBy(p => p.ValidFrom);
            // Versions of older releases have the hash of another form of the text, so the texts decide.
            if (versions[content.Code].Any(p => p.DraftId is not null) || (known is not null && CanonicalJson.Of(known.Content) == canonical))
                continue;
            if (known is not null)
            {
                known.EndBefore(today);
                // Saved on its own: no two versions may be in force at once, not even within one statement batch.
                await db.SaveChangesAsync(ct);
            }
            db.Procedures.Add(Version(Guid.CreateVersion7(now), content, text, today, null, now));
            added++;
        }
        await db.SaveChangesAsync(ct);
        if (transaction is not null)
            await transaction.CommitAsync(ct);
        return added;
    }

    /// <summary>Reads the content of a version.</summary>
    public static ProcedureContent Parse(string content) =>
        JsonSerializer.Deserialize<ProcedureContent>(content, DataFiles.Json) ?? throw new JsonException("A procedure is empty.");

    /// <summary>A version to be published.</summary>
    public static Procedure Version(Guid id, ProcedureContent content, string text, DateOnly from, Guid? draft, DateTimeOffset now) => new()
    {
        Id = id,
        Code = content.Code,
        NameVi = content.NameVi,
        NameEn = content.NameEn,
        Field = content.Field.Code,
        Level = content.Level.On(from),
        Content = text,
        ContentHash = CanonicalJson.Hash(JsonElement.Parse(text)),
        DraftId = draft,
        PublishedAt = now,
        ValidFrom = from,
    };

    private async Task<int> LoadDemoTariffAsync(CancellationToken ct)
    {
        var known = (await db.Tariff.AsNoTracking().Select(t => new { t.ProcedureCode, t.Kind, t.ValidFrom }).ToListAsync(ct)).ToHashSet();
        var added = 0;
        foreach (var element in DataFiles.ReadArray("demo-tariff.json", "items"))
        {
            var item = element.Deserialize<TariffItem>(DataFiles.Json)!;
            if (!known.Add(new { item.ProcedureCode, item.Kind, item.ValidFrom }))
                continue;
            db.Tariff.Add(new TariffItem
            {
                Id = Guid.CreateVersion7(),
                ProcedureCode = item.ProcedureCode,
                Kind = item.Kind,
                NameVi = item.NameVi,
                AmountVnd = item.AmountVnd,
                ValidFrom = item.ValidFrom,
                ValidTo = item.ValidTo,
                Assumed = item.Assumed,
            });
            added++;
        }
        await db.SaveChangesAsync(ct);
        return added;
    }

    [LoggerMessage(4001, LogLevel.Information, "Catalogue: {Versions} new versions of procedures, {Tariff} new items of the demonstration tariff")]
    private static partial void Loaded(ILogger log, int versions, int tariff);
}
