using System.Net;
using System.Text.Json;
using HaLong.Dossiers.NationalPortal.Comparing;
using HaLong.Dossiers.NationalPortal.Views;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.NationalPortal;

/// <summary>Who sees the ledger, and what he can do.</summary>
public sealed class LedgerApiTests(PortalFixture city) : IClassFixture<PortalFixture>
{
    private const string Ledger = "/api/v1/admin/portal/ledger", Overview = "/api/v1/admin/portal/overview";

    [Fact]
    public async Task Officials_of_the_unit_see_what_the_portal_knows_of_a_dossier_and_others_do_not()
    {
        var (id, code) = await city.KnownAsync();
        var view = await GetAsync(city.As(Roles.Officer), $"/api/v1/dossiers/{id}/portal");
        Assert.Equal((code, "acknowledged", 1), (view.GetProperty("code").GetString(), view.GetProperty("state").GetString(),
            view.GetProperty("ourStatus").GetInt32()));
        Assert.Equal("Mới đăng ký", view.GetProperty("ourStatusVi").GetString());
        await RefusedAsync(await city.As(Roles.Officer, OtherUnit).GetAsync($"/api/v1/dossiers/{id}/portal", Ct), 404, "DOS-0001");
        Assert.Equal(HttpStatusCode.Forbidden, (await city.As(Roles.Citizen, null).GetAsync($"/api/v1/dossiers/{id}/portal", Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await city.City.Client().GetAsync($"/api/v1/dossiers/{id}/portal", Ct)).StatusCode);
    }

    [Fact]
    public async Task The_ledger_is_paged_in_the_order_of_codes_and_filtered()
    {
        await UnitsAsync();
        for (var i = 0; i < 5; i++)
            await city.KnownAsync();
        city.Lab.Faults.Reject = 1;
        await city.Stuck.MakeAsync("CHECK");
        await city.SendAsync();
        city.Lab.Faults = new PortalFaults();

        List<string> codes = [];
        string? after = null;
        do
        {
            var page = await GetAsync(city.As(Roles.Auditor, null), $"{Ledger}?limit=2&state=acknowledged{(after is null ? "" : $"&cursor={after}")}");
            codes.AddRange(page.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("code").GetString()!));
            after = page.GetProperty("after").GetString();
        }
        while (after is not null);
        Assert.True(codes.Count >= 5);
        Assert.Equal(codes.Distinct().Order(StringComparer.Ordinal), codes);

        var rejected = await GetAsync(city.As(Roles.Administrator, null), $"{Ledger}?state=rejected");
        Assert.All(rejected.GetProperty("items").EnumerateArray(), i => Assert.Equal("4002", i.GetProperty("lastError").GetString()));
        Assert.NotEqual(0, rejected.GetProperty("items").GetArrayLength());
        Assert.Equal(0, (await GetAsync(city.As(Roles.Administrator, null), $"{Ledger}?unit=99999")).GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task Leaders_see_their_unit_and_below_and_nothing_else()
    {
        await UnitsAsync();
        var (_, code) = await city.KnownAsync(unit: OtherUnit);
        Assert.Contains(code, await CodesAsync(city.As(Roles.Leader, Province), $"{Ledger}?unit={OtherUnit}&limit=100"));
        Assert.DoesNotContain(code, await CodesAsync(city.As(Roles.Chief), $"{Ledger}?limit=100"));
        await RefusedAsync(await city.As(Roles.Chief).GetAsync($"{Ledger}?unit={OtherUnit}", Ct), 403, "DOS-0803");
        await RefusedAsync(await city.As(Roles.Officer).GetAsync(Ledger, Ct), 403, "CMN-0403");
        await RefusedAsync(await city.As(Roles.Officer).GetAsync(Overview, Ct), 403, "CMN-0403");
        await RefusedAsync(await city.As(Roles.Officer).GetAsync("/api/v1/statistics/portal", Ct), 403, "CMN-0403");
    }

    [Theory]
    [InlineData("state=lost")]
    [InlineData("drift=much")]
    public async Task A_filter_that_is_none_is_named(string filter) => await RefusedAsync(await city.As(Roles.Auditor, null).GetAsync($"{Ledger}?{filter}",
        Ct), 400, "DOS-0862");

    [Theory]
    [InlineData("limit=0")]
    [InlineData("cursor=xyz")]
    public async Task A_page_that_is_none_is_refused(string page) =>
        Assert.Equal(HttpStatusCode.BadRequest, (await city.As(Roles.Auditor, null).GetAsync($"{Ledger}?{page}", Ct)).StatusCode);

    [Fact]
    public async Task What_only_the_portal_knows_is_listed_for_who_sees_all()
    {
        await UnitsAsync();
        city.Lab.Set("000.00.98.H49-260101-0007", 2, "ff");
        await city.CompareAsync();
        Assert.Contains("000.00.98.H49-260101-0007", await CodesAsync(city.As(Roles.Auditor, null), $"{Ledger}?drift=unknown&limit=100"));
        Assert.Empty(await CodesAsync(city.As(Roles.Chief), $"{Ledger}?drift=unknown"));
        var overview = await GetAsync(city.As(Roles.Auditor, null), Overview);
        Assert.True(Drift(overview, "unknown") >= 1);
        Assert.Equal(0, Drift(await GetAsync(city.As(Roles.Chief), Overview), "unknown"));
        city.Lab.Remove("000.00.98.H49-260101-0007");
    }

    [Fact]
    public async Task The_overview_tells_what_waits_was_refused_differs_and_was_healed()
    {
        await UnitsAsync();
        var (_, gone) = await city.KnownAsync();
        city.Lab.Faults.Reject = 1;
        await city.Stuck.MakeAsync("CHECK");
        await city.SendAsync();
        city.Lab.Faults = new PortalFaults();
        city.Lab.Remove(gone);
        await city.CompareAsync();
        await city.Stuck.MakeAsync("CHECK");

        var view = await GetAsync(city.As(Roles.Administrator, null), Overview);
        Assert.True(view.GetProperty("connected").GetBoolean());
        Assert.Equal("closed", view.GetProperty("circuit").GetString());
        Assert.True(view.GetProperty("pending").GetInt64() >= 2);
        Assert.NotEqual(JsonValueKind.Null, view.GetProperty("oldestPending").ValueKind);
        Assert.Contains(view.GetProperty("rejectedByCode").EnumerateArray(),
            r => r.GetProperty("code").GetString() == "4002" && r.GetProperty("count").GetInt64() >= 1);
        Assert.True(Drift(view, "missing") >= 1);
        Assert.Equal("done", view.GetProperty("lastCompare").GetProperty("state").GetString());

        var healedBefore = view.GetProperty("healedToday").GetInt64();
        await city.SendAsync();
        view = await GetAsync(city.As(Roles.Administrator, null), Overview);
        Assert.True(view.GetProperty("healedToday").GetInt64() > healedBefore || view.GetProperty("healedToday").GetInt64() >= 1);
        Assert.Equal(0, view.GetProperty("sentUnknown").GetInt64());
    }

    [Fact]
    public async Task An_administrator_has_a_dossier_told_again_and_nobody_else()
    {
        var (id, code) = await city.KnownAsync();
        var path = $"{Ledger}/{id}/resend";
        Assert.Equal(HttpStatusCode.Forbidden, (await city.As(Roles.Auditor, null).PostAsync(path, null, Ct)).StatusCode);
        await BodyAsync(await city.As(Roles.Administrator, null).PostAsync(path, null, Ct), HttpStatusCode.Accepted);
        await BodyAsync(await city.As(Roles.Administrator, null).PostAsync(path, null, Ct), HttpStatusCode.Accepted);
        await city.SendAsync();
        var effects = city.Lab.EffectsOf(code).FindAll(e => e.Kind == "dossier");
        Assert.Equal(2, effects.Count);
        Assert.NotEqual(effects[0].Message, effects[1].Message);
        await RefusedAsync(await city.As(Roles.Administrator, null).PostAsync($"{Ledger}/{Guid.CreateVersion7()}/resend", null, Ct), 404, "DOS-0861");
    }

    [Fact]
    public async Task A_message_on_its_way_is_not_overtaken_and_destroyed_content_not_told()
    {
        var id = await city.Stuck.MakeAsync("CHECK");
        await city.TakeAsync();
        await RefusedAsync(await city.As(Roles.Administrator, null).PostAsync($"{Ledger}/{id}/resend", null, Ct), 409, "DOS-0863");
        city.Later(TimeSpan.FromMinutes(5));
        await city.SendAsync();
        await city.InDbAsync(db => db.Database.ExecuteSqlAsync($"UPDATE dossier SET destroyed_at = now() WHERE id = {id}", Ct));
        await RefusedAsync(await city.As(Roles.Administrator, null).PostAsync($"{Ledger}/{id}/resend", null, Ct), 409, "DOS-0864");
    }

    [Fact]
    public async Task A_comparison_that_is_asked_for_twice_is_one()
    {
        Assert.Equal(HttpStatusCode.Forbidden, (await city.As(Roles.Leader).PostAsync("/api/v1/admin/portal/compare", null, Ct)).StatusCode);
        var asked = await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
            (await BodyAsync(await city.As(Roles.Administrator, null).PostAsync("/api/v1/admin/portal/compare", null, Ct),
                HttpStatusCode.Accepted)).GetProperty("id").GetGuid()));
        Assert.Single(asked.Distinct());
        var made = await city.City.Services.GetRequiredService<PortalComparer>().RunAsync(Ct);
        Assert.Equal(asked[0], made!.Id);
        Assert.NotNull(made.RequestedBy);
        Assert.Equal("done", (await GetAsync(city.As(Roles.Auditor, null), Overview)).GetProperty("lastCompare").GetProperty("state").GetString());
    }

    [Fact]
    public async Task Without_a_portal_all_waits_in_the_ledger_and_a_comparison_is_refused()
    {
        await using var own = await city.NewCity().WithSetting("NationalPortal:Url", "").StartAsync(waitForBus: false);
        await new Watchdog.Stuck(own).MakeAsync("CHECK");
        Assert.Equal(0, await city.SendAsync(own));
        Assert.Null(await own.Services.GetRequiredService<PortalComparer>().RunAsync(Ct));
        var admin = own.Client(city.Dossiers.Identity.Token(null, [Roles.Administrator], null));
        await RefusedAsync(await admin.PostAsync("/api/v1/admin/portal/compare", null, Ct), 503, "DOS-0860");
        var view = await GetAsync(admin, Overview);
        Assert.Equal((false, 1L), (view.GetProperty("connected").GetBoolean(), view.GetProperty("pending").GetInt64()));
        Assert.Equal(JsonValueKind.Null, view.GetProperty("lastCompare").ValueKind);
    }

    [Fact]
    public async Task Late_because_of_the_line_is_told_apart_from_late_because_of_us()
    {
        var unit = $"S{Guid.CreateVersion7():N}"[..20];
        // Resolved on 6 October 2025; what follows is set by hand, as time would.
        List<Guid> ids = [];
        for (var i = 0; i < 5; i++)
            ids.Add(await city.Stuck.MakeAsync("HAND_OVER", unit: unit));
        await SetAsync(ids[0], due: "2025-10-10", acknowledged: "2025-10-07T10:00:00+07:00");
        await SetAsync(ids[1], due: "2025-10-10", acknowledged: "2025-10-11T00:30:00+07:00");
        await SetAsync(ids[2], due: "2025-10-10", acknowledged: null);
        await SetAsync(ids[3], due: "2025-10-03", acknowledged: "2025-10-07T10:00:00+07:00");
        await SetAsync(ids[4], due: "2025-10-10", acknowledged: "2025-10-10T23:59:00+07:00");

        var view = await GetAsync(city.As(Roles.Auditor, null), $"/api/v1/statistics/portal?unit={unit}&period=2025-10");
        Assert.Equal((5, 4, 0.8m, 5, 1, 2), Of(view));
        Assert.Equal((unit, "2025-10", 5, 4, 0.8m, 5, 1, 2), (Row(view).GetProperty("unitCode").GetString(), Row(view).GetProperty("month").GetString(),
            Of(Row(view)).Item1,
            Of(Row(view)).Item2, Of(Row(view)).Item3, Of(Row(view)).Item4, Of(Row(view)).Item5, Of(Row(view)).Item6));
        var none = await GetAsync(city.As(Roles.Auditor, null), $"/api/v1/statistics/portal?unit={unit}&period=2024");
        Assert.Equal((0, JsonValueKind.Null), (none.GetProperty("rows").GetArrayLength(), none.GetProperty("synchronised").ValueKind));
        await RefusedAsync(await city.As(Roles.Auditor, null).GetAsync("/api/v1/statistics/portal?period=2025-13", Ct), 400, "DOS-0862");

        static (int, int, decimal, int, int, int) Of(JsonElement v) => (v.GetProperty("received").GetInt32(), v.GetProperty("acknowledged").GetInt32(),
            v.GetProperty("synchronised").GetDecimal(), v.GetProperty("resolved").GetInt32(), v.GetProperty("lateByUs").GetInt32(),
                v.GetProperty("lateBySync").GetInt32());
        static JsonElement Row(JsonElement v) => v.GetProperty("rows").EnumerateArray().Single();
    }

    [Theory]
    [InlineData("2025", "2025-01-01", "2025-12-31")]
    [InlineData("2024-02", "2024-02-01", "2024-02-29")]
    [InlineData("2025-Q4", "2025-10-01", "2025-12-31")]
    [InlineData(null, "2026-03-01", "2026-03-31")]
    public void Periods_are_years_quarters_and_months(string? period, string from, string to) =>
        Assert.Equal((DateOnly.Parse(from, null), DateOnly.Parse(to, null)), GetPortalStatistics.PeriodOf(period, new DateOnly(2026, 3, 9))!.Value);

    [Theory]
    [InlineData("2025-Q5")]
    [InlineData("25")]
    [InlineData("2025-1")]
    [InlineData("9999")]
    [InlineData("xxxx-Q1")]
    public void Others_are_none(string period) => Assert.Null(GetPortalStatistics.PeriodOf(period, new DateOnly(2026, 3, 9)));

    private Task<int> SetAsync(Guid id, string due, string? acknowledged)
    {
        DateTimeOffset? at = acknowledged is null ? null : DateTimeOffset.Parse(acknowledged, null).ToUniversalTime();
        var day = DateOnly.Parse(due, null);
        return city.InDbAsync(db => db.Database.ExecuteSqlAsync(
            $"""
            UPDATE portal.ledger SET due_on = {day}, reception_acknowledged_at = {at}, result_acknowledged_at = {at}, next_try_at = NULL
            WHERE dossier_id = {id}
            """, Ct));
    }

    private static int Drift(JsonElement view, string kind) =>
        view.GetProperty("drift").EnumerateArray().Single(d => d.GetProperty("kind").GetString() == kind).GetProperty("count").GetInt32();

    private static async Task<List<string>> CodesAsync(HttpClient client, string path) =>
        [.. (await GetAsync(client, path)).GetProperty("items").EnumerateArray().Select(i => i.GetProperty("code").GetString()!)];

    private async Task UnitsAsync() => await city.InDbAsync(async db =>
    {
        foreach (var (code, parent) in new[] { (Province, ""), (Unit, Province), (OtherUnit, Province) })
        {
            var id = $"{code}@2025-07-01";
            if (!await db.Set<Dossiers.Statistics.Units.StatisticsUnit>().AnyAsync(u => u.Id == id, Ct))
                db.Add(new Dossiers.Statistics.Units.StatisticsUnit
                {
                    Id = id,
                    Code = code,
                    NameVi = code,
                    NameEn = code,
                    Level = "commune",
                    ParentCode = parent
                });
        }

        return await db.SaveChangesAsync(Ct);
    });
}
