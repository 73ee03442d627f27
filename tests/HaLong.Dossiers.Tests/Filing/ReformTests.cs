using System.Net;
using System.Net.Http.Json;
using HaLong.Dossiers.Filing.Reform;
using HaLong.Identity.Contracts.Events;
using HaLong.ServiceDefaults;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Filing;

/// <summary>The night of 30 June 2025: the real units of Hạ Long, with dossiers under way.</summary>
public sealed class ReformTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    /// <summary>Marriage registration: decided by communes before and after.</summary>
    private const string Marriage = "1.000894";

    private static readonly DateTimeOffset Before = LocalTime.Instant(new DateOnly(2025, 6, 30), new TimeOnly(22, 0));
    private static readonly DateTimeOffset After = LocalTime.Instant(new DateOnly(2025, 7, 1), new TimeOnly(0, 10));

    private readonly ShiftedTime clock = new(Before);

    [Fact]
    public async Task Open_dossiers_pass_to_the_successor_of_their_unit_and_those_of_a_divided_one_wait_for_a_chief()
    {
        await using var city = await CityAsync();
        var client = city.Client(dossiers.Identity.Token());
        var (haTu, hongHai, haKhau) = (await FiledAsync(client, "06664"), await FiledAsync(client, "06688"), await FiledAsync(client, "06655"));
        var code = (await ViewAsync(client, haTu)).GetProperty("code").GetString();
        // Decided by the city in 2025, by the commune since: the place tells which.
        var land = await FiledAsync(client, null, Land, new { unitCode = "06664" });
        Assert.Equal("193", (await ViewAsync(client, land)).GetProperty("unitCode").GetString());
        Assert.Equal("OSS-2018", (await ViewAsync(client, land)).GetProperty("filing").GetProperty("regime").GetString());
        Assert.Equal(new OpenUnits.Report(0, 0, 0), await FollowAsync(city));

        Turn();
        Assert.Equal(new OpenUnits.Report(3, 1, 0), await FollowAsync(city));
        Assert.Equal(new OpenUnits.Report(0, 0, 0), await FollowAsync(city));
        Assert.Equal(("06652", "Phường Hà Tu"), await UnitOfAsync(client, haTu));
        Assert.Equal(("06688", "Phường Hạ Long"), await UnitOfAsync(client, hongHai));
        Assert.Equal(("06652", "Phường Hà Tu"), await UnitOfAsync(client, land));
        Assert.Equal(code, (await ViewAsync(client, haTu)).GetProperty("code").GetString());
        Assert.Equal("OSS-2018", (await ViewAsync(client, haTu)).GetProperty("filing").GetProperty("regime").GetString());
        var steps = await GetAsync(client, $"/api/v1/dossiers/{haTu}/timeline");
        Assert.Equal(["submit", "transfer"], steps.EnumerateArray().Select(s => s.GetProperty("action").GetString()));
        Assert.Contains("Phường Hà Tu", steps[1].GetProperty("noteVi").GetString(), StringComparison.Ordinal);
        Assert.Equal("SUBMITTED", steps[1].GetProperty("to").GetString());
        Assert.Equal(["06661", "06706"], (await ViewAsync(client, haKhau)).GetProperty("filing").GetProperty("unitChoices").EnumerateArray().Select(c => c.GetString()).Order());
        await BodyAsync(await PostAsync(Official(city, Roles.Reception, "06652"), haTu, "acceptance"));
    }

    [Fact]
    public async Task The_chief_of_a_successor_takes_what_was_divided_and_nobody_else()
    {
        await using var city = await CityAsync();
        var client = city.Client(dossiers.Identity.Token());
        var id = await FiledAsync(client, "06655");
        Turn();
        await FollowAsync(city);
        var (chief, other) = (Official(city, Roles.Chief, "06661"), Official(city, Roles.Chief, "06706"));
        var waiting = Assert.Single((await GetAsync(other, "/api/v1/inbox/unit-choices")).GetProperty("items").EnumerateArray());
        Assert.Equal((id, "Phường Hà Khẩu"), (waiting.GetProperty("dossier").GetProperty("id").GetGuid(), waiting.GetProperty("formerUnit").GetString()));
        Assert.Equal(id, (await ViewAsync(other, id)).GetProperty("id").GetGuid());
        Assert.Empty((await GetAsync(Official(city, Roles.Chief, "06652"), "/api/v1/inbox/unit-choices")).GetProperty("items").EnumerateArray());
        await RefusedAsync(await chief.GetAsync("/api/v1/inbox/unit-choices?after=" + Cursor.Encode("x"), Ct), 400, "DOS-0006");
        await RefusedAsync(await PostAsync(Official(city, Roles.Reception, "06661"), id, "acceptance"), 404, "DOS-0001");

        var choice = new { unitCode = "06661", reason = "Tổ 3, khu 5" };
        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync(Official(city, Roles.Officer, "06661"), id, "competent-unit", choice)).StatusCode);
        await RefusedAsync(await PostAsync(Official(city, Roles.Chief, "06652"), id, "competent-unit", choice), 404, "DOS-0001");
        await RefusedAsync(await PostAsync(chief, id, "competent-unit", new { unitCode = "06661", reason = " " }), 400, "DOS-0006");
        await RefusedAsync(await PostAsync(chief, id, "competent-unit", new { unitCode = "99999", reason = "x" }), 400, "DOS-0004");
        await RefusedAsync(await PostAsync(chief, id, "competent-unit", new { unitCode = "06652", reason = "x" }), 400, "DOS-0514");
        await RefusedAsync(await PostAsync(chief, id, "competent-unit", choice, ifMatch: "\"1\""), 412, "CMN-0412");
        var answers = await Task.WhenAll(PostAsync(chief, id, "competent-unit", choice), PostAsync(other, id, "competent-unit", new { unitCode = "06706", reason = "Khu 9" }));
        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.OK);
        var chosen = (await ViewAsync(client, id)).GetProperty("unitCode").GetString()!;
        await RefusedAsync(await PostAsync(chosen == "06661" ? chief : other, id, "competent-unit", choice), 409, "DOS-0513");
        await BodyAsync(await PostAsync(Official(city, Roles.Reception, chosen), id, "acceptance"));
    }

    [Fact]
    public async Task A_draft_of_an_old_unit_is_followed_when_it_is_filed_after_the_reform()
    {
        await using var city = await CityAsync();
        var client = city.Client(dossiers.Identity.Token());
        var (whole, divided) = (await CompleteAsync(client, "06664"), await CompleteAsync(client, "06655"));
        Turn();
        var view = await BodyAsync(await PostAsync(client, whole, "submission"));
        Assert.Equal(("06652", "OSS-2025"), (view.GetProperty("unitCode").GetString(), view.GetProperty("filing").GetProperty("regime").GetString()));
        await RefusedAsync(await PostAsync(client, divided, "submission"), 400, "DOS-0503");
        using var placed = await client.PutAsJsonAsync($"/api/v1/dossiers/{divided}/placement", new { unitCode = "06706" }, Ct);
        await BodyAsync(placed);
        Assert.Equal("06706", (await BodyAsync(await PostAsync(client, divided, "submission"))).GetProperty("unitCode").GetString());
    }

    [Fact]
    public async Task When_identity_says_that_a_unit_ended_its_dossiers_are_followed_at_once_and_only_once()
    {
        await using var city = await CityAsync(waitForBus: true);
        var client = city.Client(dossiers.Identity.Token());
        var id = await FiledAsync(client, "06664");
        Turn();
        var ended = new UnitChanged("06664@2020-01-01", "06664", UnitChanged.Ended, new DateOnly(2020, 1, 1), new DateOnly(2025, 6, 30), After);
        for (var times = 0; times < 2; times++)
            await city.PublishAsync(ended);
        await WaitForAsync(client, id, d => d.GetProperty("unitCode").GetString() == "06652", "the dossier passed on");
        await FollowAsync(city);
        Assert.Equal(["submit", "transfer"], (await GetAsync(client, $"/api/v1/dossiers/{id}/timeline")).EnumerateArray().Select(s => s.GetProperty("action").GetString()));
    }

    [Fact]
    public async Task A_receiving_unit_that_ends_is_followed_without_touching_who_decides()
    {
        await using var city = await CityAsync();
        var client = city.Client(dossiers.Identity.Token());
        var id = await FiledAsync(client, "06688");
        Turn();
        await FollowAsync(city);
        await city.InScopeAsync((Persistence.DossierDbContext db) => db.Dossiers.Where(d => d.Id == id)
            .ExecuteUpdateAsync(s => s.SetProperty(d => d.ReceivingUnitCode, "06664").SetProperty(d => d.ReceivingUnitId, "06664@2020-01-01"), Ct));
        Assert.Equal(new OpenUnits.Report(0, 0, 1), await FollowAsync(city));
        var filing = (await ViewAsync(client, id)).GetProperty("filing");
        Assert.Equal(("06688", "06652"), (filing.GetProperty("competentUnit").GetProperty("code").GetString(), filing.GetProperty("receivingUnit").GetProperty("code").GetString()));
    }

    [Fact]
    public async Task With_identity_down_nothing_is_followed_and_nothing_is_lost()
    {
        await using var city = await CityAsync();
        var client = city.Client(dossiers.Identity.Token());
        var id = await FiledAsync(client, "06664");
        Turn();
        dossiers.Neighbours.IdentityDown = true;
        await Assert.ThrowsAsync<ErrorException>(() => FollowAsync(city));
        dossiers.Neighbours.IdentityDown = false;
        Assert.Equal(1, (await FollowAsync(city)).Moved);
        Assert.Equal("06652", (await ViewAsync(client, id)).GetProperty("unitCode").GetString());
    }

    [Fact]
    public async Task Codes_count_anew_at_local_midnight_and_the_year_turns_with_it()
    {
        clock.Set(LocalTime.Instant(new DateOnly(2025, 12, 31), new TimeOnly(23, 59, 30)));
        dossiers.Neighbours.Today = new DateOnly(2025, 12, 31);
        await using var city = await StartAsync(waitForBus: false);
        var client = city.Client(dossiers.Identity.Token());
        var (old, fresh) = (await CompleteAsync(client, "06688"), await CompleteAsync(client, "06688"));
        Assert.EndsWith("-251231-0001", (await BodyAsync(await PostAsync(client, old, "submission"))).GetProperty("code").GetString(), StringComparison.Ordinal);
        // 00:00:01 in Hạ Long is still the old year in UTC.
        clock.Set(LocalTime.Instant(new DateOnly(2026, 1, 1), new TimeOnly(0, 0, 1)));
        dossiers.Neighbours.Today = new DateOnly(2026, 1, 1);
        Assert.EndsWith("-260101-0001", (await BodyAsync(await PostAsync(client, fresh, "submission"))).GetProperty("code").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-11-23T01:00:00Z", 3600, 3600)]
    [InlineData("2026-11-23T16:59:00Z", 3600, 65)]
    [InlineData("2026-11-23T17:00:00Z", 172800, 86405)]
    public void The_next_look_is_never_later_than_the_next_local_midnight(string now, int interval, int expected) =>
        Assert.Equal(TimeSpan.FromSeconds(expected), UnitSweep.Pause(DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture), TimeSpan.FromSeconds(interval)));

    private async Task<ServiceFactory<Program>> CityAsync(bool waitForBus = false)
    {
        clock.Set(Before);
        dossiers.Neighbours.Today = new DateOnly(2025, 6, 30);
        return await StartAsync(waitForBus);
    }

    private async Task<ServiceFactory<Program>> StartAsync(bool waitForBus)
    {
        var city = await dossiers.NewFactory().WithServices(s => s.AddSingleton<TimeProvider>(clock)).StartAsync(waitForBus);
        // The catalogue of the tests begins today; here it was in force then.
        await city.InScopeAsync(async (Persistence.DossierDbContext db) =>
        {
            await db.Procedures.ExecuteUpdateAsync(s => s.SetProperty(p => p.ValidFrom, new DateOnly(2018, 1, 1)), Ct);
            return await db.Database.ExecuteSqlAsync($"UPDATE catalogue_stamp SET revision = revision + 1", Ct);
        });
        await Eventually.Async(async () => (await city.Client().GetAsync($"/api/v1/procedures/{Marriage}", Ct)).IsSuccessStatusCode, "the catalogue was read anew");
        return city;
    }

    private void Turn()
    {
        clock.Set(After);
        dossiers.Neighbours.Today = new DateOnly(2025, 7, 1);
    }

    private HttpClient Official(ServiceFactory<Program> city, string role, string unit) => city.Client(dossiers.Identity.Token(roles: [role], unit: unit));

    private static Task<OpenUnits.Report> FollowAsync(ServiceFactory<Program> city) => city.InScopeAsync((OpenUnits units) => units.FollowAsync(Ct));

    private static async Task<(string?, string?)> UnitOfAsync(HttpClient client, Guid id)
    {
        var view = await ViewAsync(client, id);
        return (view.GetProperty("unitCode").GetString(), view.GetProperty("unitName").GetString());
    }

    private static async Task<Guid> CompleteAsync(HttpClient client, string? unit, string procedure = Marriage, object? place = null)
    {
        using var response = await client.PostAsJsonAsync(
            "/api/v1/dossiers", new { procedureCode = procedure, unitCode = unit, place, subject = "Đăng ký", data = new { no = Guid.CreateVersion7() } }, Ct);
        var id = (await BodyAsync(response, HttpStatusCode.Created)).GetProperty("id").GetGuid();
        var components = (await GetAsync(client, $"/api/v1/procedures/{procedure}")).GetProperty("components").EnumerateArray();
        foreach (var number in components.Where(c => c.GetProperty("required").GetBoolean()).Select(c => c.GetProperty("number").GetInt32()).ToList())
            await BodyAsync(await UploadAsync(client, id, number, Samples.Pdf()), HttpStatusCode.Created);
        return id;
    }

    private static async Task<Guid> FiledAsync(HttpClient client, string? unit, string procedure = Marriage, object? place = null)
    {
        var id = await CompleteAsync(client, unit, procedure, place);
        await BodyAsync(await PostAsync(client, id, "submission"));
        return id;
    }
}
