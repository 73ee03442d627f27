using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using HaLong.Dossiers.NationalPortal.Catalogue;
using HaLong.Dossiers.Persistence;
using HaLong.ServiceDefaults;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.NationalPortal;

/// <summary>The national catalogue is read whole, and what differs from ours is shown, never taken over.</summary>
public sealed class CatalogueSyncTests(DossierFixture dossiers) : IClassFixture<DossierFixture>, IAsyncLifetime
{
    private CatalogueLab lab = null!; // set by InitializeAsync
    private ServiceFactory<Program> city = null!; // set by InitializeAsync

    public async ValueTask InitializeAsync()
    {
        lab = await CatalogueLab.StartAsync();
        city = await dossiers.NewFactory().WithSetting("NationalPortal:Url", lab.Url).WithSetting("NationalPortal:ClientId", "halong")
            .WithSetting("NationalPortal:ClientSecret", "secret").WithSetting("NationalPortal:Catalogue:Interval", "1.00:00:00")
            .WithSetting("NationalPortal:Sending:Interval", "1.00:00:00").WithSetting("NationalPortal:Compare:Interval", "1.00:00:00")
            .StartAsync(waitForBus: false);
    }

    public async ValueTask DisposeAsync()
    {
        await city.DisposeAsync();
        await lab.DisposeAsync();
    }

    [Fact]
    public async Task All_pages_are_read_with_the_days_in_whatever_form()
    {
        for (var i = 0; i < 450; i++)
            lab.Add($"9.{i:000000}", $"Thủ tục {i}", "Đất đai", published: i % 2 == 0 ? "20250612" : null);

        var run = await ReadAsync();

        Assert.Equal((450, 450, 0, (string?)null), (run.Seen, run.Changed, run.Abolished, run.Error));
        Assert.Equal(3, lab.Pages);
        var one = await InDbAsync(db => db.Set<PortalProcedure>().AsNoTracking().SingleAsync(p => p.Code == "9.000002", Ct));
        Assert.Equal((new DateOnly(2025, 6, 10), new DateOnly(2025, 7, 1), new DateOnly(2025, 6, 12)), (one.DecidedOn!.Value, one.EffectiveOn!.Value, one.PublishedOn!.Value));
        Assert.True(one.FullContent);
    }

    [Fact]
    public async Task Read_again_only_what_changed_counts_and_what_is_gone_is_abolished()
    {
        lab.Add("9.1", "Một", "Đất đai");
        lab.Add("9.2", "Hai", "Đất đai");
        lab.Add("9.3", "Ba", "Đất đai");
        await ReadAsync();

        lab.Procedures.Remove("9.1");
        lab.Add("9.2", "Hai", "Đất đai", state: "baiBo");
        lab.Add("9.3", "Ba mới", "Đất đai");
        var run = await ReadAsync();

        Assert.Equal((2, 2, 2), (run.Seen, run.Changed, run.Abolished));
        var active = await InDbAsync(db => db.Set<PortalProcedure>().Where(p => p.IsActive).Select(p => p.NameVi).ToListAsync(Ct));
        Assert.Equal(["Ba mới"], active);
    }

    [Fact]
    public async Task What_differs_is_listed_by_kind_and_our_catalogue_stays()
    {
        var ours = await OursAsync();
        foreach (var (code, name, field) in ours.Skip(1))
            lab.Add(code, name, field);
        lab.Add(ours[1].Code, ours[1].Name, ours[1].Field, state: "baiBo");
        lab.Add(ours[2].Code, "Tên khác", ours[2].Field);
        lab.Add(ours[3].Code, ours[3].Name, "Lĩnh vực khác");
        lab.Add("9.999999", "Chỉ có ở cổng", "Đất đai");
        lab.Add("9.999998", "Đã bãi bỏ", "Đất đai", state: "baiBo");
        var before = await InDbAsync(db => db.Procedures.CountAsync(Ct));
        await ReadAsync();

        var view = await ListAsync();

        Assert.Equal([(ours[0].Code, "extra"), (ours[1].Code, "abolished"), (ours[2].Code, "name"), (ours[3].Code, "field"), ("9.999999", "missing")],
            Lines(view).OrderBy(l => Array.IndexOf(["extra", "abolished", "name", "field", "missing"], l.Difference)));
        Assert.All(new[] { "missing", "extra", "abolished", "name", "field" }, k => Assert.Equal(1, view.GetProperty("counts").GetProperty(k).GetInt32()));
        var renamed = Assert.Single((await ListAsync("?difference=name")).GetProperty("items").EnumerateArray());
        Assert.Equal((ours[2].Name, "Tên khác"), (renamed.GetProperty("ours").GetString(), renamed.GetProperty("theirs").GetString()));
        Assert.Equal(before, await InDbAsync(db => db.Procedures.CountAsync(Ct)));
    }

    [Fact]
    public async Task Differences_are_paged_by_code()
    {
        await ReadAsync();
        var all = Lines(await ListAsync("?limit=100"));

        List<string> codes = [];
        for (string? after = null; ;)
        {
            var page = await ListAsync($"?limit=3{(after is null ? "" : $"&after={after}")}");
            codes.AddRange(Lines(page).Select(l => l.Code));
            after = page.GetProperty("after").GetString();
            if (after is null)
                break;
        }

        Assert.True(all.Count > 3);
        Assert.Equal(all.Select(l => l.Code), codes);
    }

    [Fact]
    public async Task Before_anything_was_read_nothing_is_said_to_differ()
    {
        var view = await ListAsync();

        Assert.Equal((JsonValueKind.Null, 0), (view.GetProperty("lastRead").ValueKind, view.GetProperty("items").GetArrayLength()));
    }

    [Theory]
    [InlineData("down", "status503")]
    [InlineData("{\"items\": 3}", "notUnderstood")]
    [InlineData("{\"items\":[{\"MaTTHC\":\"9.1\"}],\"next\":\"9.1\"}", "outOfOrder")]
    public async Task A_portal_that_fails_is_named_and_what_was_known_stays(string fault, string reason)
    {
        lab.Add("9.5", "Năm", "Đất đai");
        await ReadAsync();
        lab.Down = fault == "down";
        lab.Nonsense = fault == "down" ? null : fault;

        var run = await ReadAsync();

        Assert.Equal(reason, run.Error);
        Assert.True(await InDbAsync(db => db.Set<PortalProcedure>().AnyAsync(p => p.Code == "9.5" && p.IsActive, Ct)));
        Assert.Equal("failed", (await ListAsync()).GetProperty("newest").GetProperty("state").GetString());
        Assert.NotEqual(JsonValueKind.Null, (await ListAsync()).GetProperty("lastRead").ValueKind);
    }

    [Fact]
    public async Task A_reading_that_breaks_in_the_middle_abolishes_nothing()
    {
        for (var i = 0; i < 250; i++)
            lab.Add($"9.{i:000000}", $"Thủ tục {i}", "Đất đai");
        await ReadAsync();
        lab.BreaksAtPage = lab.Pages + 2;

        var run = await ReadAsync();

        Assert.Equal("status503", run.Error);
        Assert.Equal(250, await InDbAsync(db => db.Set<PortalProcedure>().CountAsync(p => p.IsActive, Ct)));
    }

    [Fact]
    public async Task Asked_for_twice_it_is_one_reading_and_one_replica_does_it()
    {
        using var admin = As(Roles.Administrator);
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => admin.PostAsync(new Uri("/api/v1/admin/portal/catalogue-sync", UriKind.Relative), null, Ct)));
        var views = await Task.WhenAll(answers.Select(a => a.Content.ReadFromJsonAsync<JsonElement>(Ct)));

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.Accepted, a.StatusCode));
        Assert.Single(views.Select(v => v.GetProperty("id").GetGuid()).Distinct());
        var runs = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => city.Services.GetRequiredService<CatalogueSync>().RunAsync(Ct)));
        Assert.Single(runs, r => r is not null);
        Assert.Equal("done", (await ListAsync()).GetProperty("newest").GetProperty("state").GetString());
    }

    [Fact]
    public async Task Only_administrators_ask_and_look_and_filters_are_checked()
    {
        using var leader = As(Roles.Leader);
        using var asked = await leader.PostAsync(new Uri("/api/v1/admin/portal/catalogue-sync", UriKind.Relative), null, Ct);
        using var looked = await leader.GetAsync(new Uri("/api/v1/admin/portal/catalogue", UriKind.Relative), Ct);
        using var admin = As(Roles.Administrator);
        using var wrong = await admin.GetAsync(new Uri("/api/v1/admin/portal/catalogue?difference=all", UriKind.Relative), Ct);
        using var unconnected = dossiers.Official(Roles.Administrator);
        using var none = await unconnected.PostAsync(new Uri("/api/v1/admin/portal/catalogue-sync", UriKind.Relative), null, Ct);

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (asked.StatusCode, looked.StatusCode));
        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.ServiceUnavailable), (wrong.StatusCode, none.StatusCode));
    }

    private async Task<CatalogueSyncRun> ReadAsync()
    {
        await InDbAsync(async db =>
        {
            db.Add(new CatalogueSyncRun { Id = Guid.CreateVersion7(), RequestedAt = TimeProvider.System.GetUtcNow() });
            return await db.SaveChangesAsync(Ct);
        });
        return (await city.Services.GetRequiredService<CatalogueSync>().RunAsync(Ct))!;
    }

    private async Task<List<(string Code, string Name, string Field)>> OursAsync()
    {
        var today = LocalTime.Date(TimeProvider.System.GetUtcNow());
        var rows = await InDbAsync(db => db.Procedures.AsNoTracking().Where(p => p.ValidFrom <= today && (p.ValidTo == null || p.ValidTo >= today)).ToListAsync(Ct));
        return [.. rows.OrderBy(p => p.Code, StringComparer.Ordinal)
            .Select(p => (p.Code, p.NameVi, JsonElement.Parse(p.Content).GetProperty("field").GetProperty("vi").GetString()!))];
    }

    private async Task<JsonElement> ListAsync(string query = "")
    {
        using var admin = As(Roles.Administrator);
        return await admin.GetFromJsonAsync<JsonElement>($"/api/v1/admin/portal/catalogue{query}", Ct);
    }

    private static List<(string Code, string Difference)> Lines(JsonElement view) =>
        [.. view.GetProperty("items").EnumerateArray().Select(l => (l.GetProperty("code").GetString()!, l.GetProperty("difference").GetString()!))];

    private HttpClient As(string role) => city.Client(dossiers.Identity.Token(null, [role], Unit));

    private Task<T> InDbAsync<T>(Func<DossierDbContext, Task<T>> work) => city.InScopeAsync(work);
}
