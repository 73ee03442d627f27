using System.Text.Json;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.NationalPortal.Inbound;
using HaLong.ServiceDefaults;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.NationalPortal;

/// <summary>A dossier service that is connected to a portal, where rounds are made by hand.</summary>
public sealed class InboundFixture(Servers servers) : IAsyncLifetime
{
    public DossierFixture City { get; } = new(servers);

    public FilingsLab Lab { get; private set; } = null!; // set by InitializeAsync

    public async ValueTask InitializeAsync()
    {
        Lab = await FilingsLab.StartAsync();
        (string, string)[] settings =
        [
            ("Url", Lab.Url), ("ClientId", "halong"), ("ClientSecret", "secret"), ("Catalogue:Interval", "1.00:00:00"), ("Sending:Interval", "1.00:00:00"),
            ("Compare:Interval", "1.00:00:00"), ("Inbound:Interval", "1.00:00:00"), ("Inbound:FileAttempts", "2"), ("Inbound:FileTimeout", "00:00:02"),
            ("Inbound:FirstPause", "1.00:00:00"), ("Inbound:LongestPause", "1.00:00:00"), ("Inbound:AccountInterval", "1.00:00:00"),
        ];
        foreach (var (key, value) in settings)
            City.Settings[$"NationalPortal:{key}"] = value;
        City.Settings["Files:MaxBytes"] = "100000";
        City.Settings["Dossiers:Agencies:06652"] = "000.00.07.H49";
        await City.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await City.DisposeAsync();
        await Lab.DisposeAsync();
    }

    /// <summary>A person whom identity knows as verified, and the number.</summary>
    public static (Guid Id, string Number) Person(string name = "Nguyễn Thị Nộp")
    {
        var id = Guid.CreateVersion7();
        var number = NumberSearch.NumberOf(id);
        OwnerSearch.Verified[number] = (id, name);
        return (id, number);
    }

    public Task<bool> RoundAsync() => City.Factory.Services.GetRequiredService<InboundPoller>().RunAsync(Ct);

    internal Task<InboundFiling> RowAsync(string code) => City.InDbAsync(db => db.Set<InboundFiling>().AsNoTracking().SingleAsync(f => f.Code == code, Ct));

    internal Task<Dossier?> DossierAsync(string code) => City.InDbAsync(db => db.Dossiers.AsNoTracking().SingleOrDefaultAsync(d => d.Code == code, Ct));

    /// <summary>The pause is over.</summary>
    public Task DueAsync(string code) => City.InDbAsync(db => db.Database.ExecuteSqlAsync(
        $"UPDATE portal.inbound SET next_try_at = now() - interval '1 minute' WHERE code = {code}", Ct));

    /// <summary>Files, makes a round, and answers with what became of it.</summary>
    internal async Task<InboundFiling> FiledAsync(System.Text.Json.Nodes.JsonObject filing)
    {
        Lab.Add(filing);
        Assert.True(await RoundAsync());
        return await RowAsync((string)filing["MaHoSo"]!);
    }

    public HttpClient Reception(string unit = Unit) => City.Official(Roles.Reception, unit);

    public Task<JsonElement> ListAsync(string query = "", string unit = Unit) => GetAsync(Reception(unit), $"/api/v1/admin/portal/inbound{query}");

    /// <summary>Drafts that a person has.</summary>
    internal Task<int> DraftsOfAsync(Guid owner) =>
        City.InDbAsync(db => db.Dossiers.CountAsync(d => d.OwnerId == owner && d.Status == DossierStatus.Draft, Ct));
}
