using System.Text.Json;
using HaLong.Identity.Seeding;
using HaLong.Identity.Tests.Staff;
using HaLong.Identity.Units;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Tests.Administration;

/// <summary>The platform as it was on 30 June 2025, and the reform of the next day as a document made from the data file.</summary>
internal static class ReorganisationKit
{
    public static readonly DateOnly Reform = new(2025, 7, 1);

    public static readonly UnitCatalogue Catalogue = ReferenceData.Read<UnitCatalogue>(UnitCatalogue.File);

    /// <summary>Takes everything of the reform out again, so that only the old units are left.</summary>
    public static Task<int> GoBackAsync(this IdentitySite site) => site.DatabaseAsync(async db =>
    {
        // The administrators work for the province, which stays; everybody else's work is of the new order.
        await db.Assignments.Where(a => a.UnitCode != "22").ExecuteDeleteAsync();
        await db.UnitTransitions.Where(t => t.Effective == Reform).ExecuteDeleteAsync();
        await db.ReceivingPlaces.Where(p => p.ValidFrom == Reform).ExecuteDeleteAsync();
        await db.UnitGroupPeriods.Where(p => p.ValidFrom == Reform).ExecuteDeleteAsync();
        await db.Units.Where(u => u.ValidFrom == Reform).ExecuteDeleteAsync();
        await db.UnitGroupPeriods.ExecuteUpdateAsync(p => p.SetProperty(x => x.ValidTo, (DateOnly?)null));
        await db.ReceivingPlaces.Where(p => p.ValidTo == Reform.AddDays(-1)).ExecuteUpdateAsync(p => p.SetProperty(x => x.ValidTo, (DateOnly?)null));
        return await db.Units.Where(u => u.ValidTo == Reform.AddDays(-1)).ExecuteUpdateAsync(u => u.SetProperty(x => x.ValidTo, (DateOnly?)null).SetProperty(x => x.EndLegalBasis, (string?)null));
    });

    /// <summary>The reform of 1 July 2025.</summary>
    public static Dictionary<string, object?> Document(DateOnly? effective = null) => new()
    {
        ["effective"] = (effective ?? Reform).Iso(),
        ["legalBasis"] = "Nghị quyết 1679/NQ-UBTVQH15 (16/06/2025)",
        ["units"] = Catalogue.Items.Where(u => u.ValidFrom == Reform).Select(u => new
        {
            u.Code,
            u.NameVi,
            u.ShortNameVi,
            u.NameEn,
            u.Kind,
            u.Level,
            u.ParentCode,
            u.FormedFromVi,
            u.SeatVi,
            u.Note,
        }).ToList(),
        ["ends"] = new[] { "193@2020-01-01", "202@2020-01-01" },
        ["transitions"] = Catalogue.Transitions.Where(t => t.Effective == Reform).Select(t => new
        {
            from = t.FromId,
            to = t.ToId.Split('@')[0],
            t.Kind,
            t.Part,
            t.Automatic,
            t.Confirmed,
            t.LegalBasis,
            t.Note,
        }).ToList(),
        ["groups"] = new[] { new { code = "HALONG", unitCodes = Catalogue.ReportingGroups[0].Periods[1].UnitCodes } },
        ["receivingPlaces"] = Catalogue.ReceivingPlaces.Where(p => p.ValidFrom == Reform).Select(p => new
        {
            p.Id,
            p.Kind,
            p.NameVi,
            p.NameEn,
            unit = p.UnitId.Split('@')[0],
            p.Receives,
            p.AgencyCode,
            p.SeatVi,
            p.Note,
        }).ToList(),
    };

    public static async Task<Reply> SubmitAsync(this IdentitySite site, Dictionary<string, object?> document) =>
        (await site.PostAsync("reorganisations", await site.AdministratorAsync(), JsonSerializer.Serialize(document, JsonSerializerOptions.Web))).Expect(System.Net.HttpStatusCode.Created);

    public static async Task<Reply> ApplyAsync(this IdentitySite site, Guid id) => await site.PostAsync($"reorganisations/{id}/application", await site.SecondAsync());

    public static IEnumerable<string> Codes(this JsonElement report, string list) => report.GetProperty(list).EnumerateArray().Select(f => f.Text("code")).Distinct().Order(StringComparer.Ordinal);
}
