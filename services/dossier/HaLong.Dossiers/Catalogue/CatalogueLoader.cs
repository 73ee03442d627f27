using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Catalogue;

/// <summary>
/// Brings the catalogue of Data/procedures.json into the database, in the run mode <c>migrate</c>. Running it again changes nothing;
/// an item whose content changed becomes a new version that begins today, and the old one ends.
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
        var today = LocalTime.Date(time.GetUtcNow());
        var inForce = await db.Procedures.Where(p => p.ValidTo == null).ToDictionaryAsync(p => p.Code, ct);
        var added = 0;
        foreach (var item in items)
        {
            var text = item!.ToJsonString(DataFiles.Json);
            var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
            var content = Parse(text);
            var known = inForce.GetValueOrDefault(content.Code);
            if (known?.ContentHash == hash)
                continue;
            if (known is not null)
            {
                known.EndBefore(today);
                // Saved on its own: no two versions may be in force at once, not even within one statement batch.
                await db.SaveChangesAsync(ct);
            }
            db.Procedures.Add(new Procedure
            {
                Id = Guid.CreateVersion7(),
                Code = content.Code,
                NameVi = content.NameVi,
                NameEn = content.NameEn,
                Field = content.Field.Code,
                Level = content.Level.Since20250701,
                SearchText = SearchText.Fold($"{content.Code} {content.NameVi} {content.ShortNameVi} {content.NameEn} {content.Field.Vi}"),
                Content = text,
                ContentHash = hash,
                ValidFrom = today,
            });
            added++;
        }
        await db.SaveChangesAsync(ct);
        return added;
    }

    /// <summary>Reads the content of a version.</summary>
    public static ProcedureContent Parse(string content) =>
        JsonSerializer.Deserialize<ProcedureContent>(content, DataFiles.Json) ?? throw new JsonException("A procedure is empty.");

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
