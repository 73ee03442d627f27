using System.Net;
using System.Text.Json;
using HaLong.Dossiers.Statistics.Keeping.Rebuilding;
using HaLong.ServiceDefaults;
using HaLong.TestSupport;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Statistics.Keeping;

public sealed class RebuildApiTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    private const string Path = "/api/v1/admin/statistics/rebuild";

    private HttpClient As(KeptCity city, string role) => city.Factory.Client(dossiers.Identity.Token(null, [role], Unit, strong: true));

    private static Task<JsonElement> EndedAsync(HttpClient admin) =>
        Eventually.ValueAsync(() => GetAsync(admin, Path), v => v.GetProperty("state").GetString() != "running", "the rebuild ends");

    [Fact]
    public async Task An_administrator_has_statistics_made_anew_and_sees_how_far_it_is()
    {
        await using var city = await KeptCity.StartAsync(dossiers);
        using var admin = As(city, Roles.Administrator);
        await city.HappensAsync([.. SampleFacts.Many(20, 4, Unit)]);
        var never = await GetAsync(admin, Path);
        Assert.Equal(("never", 20), (never.GetProperty("state").GetString(), never.GetProperty("waiting").GetInt64()));
        var (reached, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        city.Histories.During = n => n == 3 ? Reached() : Task.CompletedTask;

        using var begun = await admin.PostAsync(Path, null, Ct);
        var view = await BodyAsync(begun, HttpStatusCode.Accepted);
        Assert.Equal((Path, "running", "rebuild"), (begun.Headers.Location?.OriginalString, view.GetProperty("state").GetString(), view.GetProperty("kind").GetString()));
        await reached.Task;
        var running = await GetAsync(admin, Path);
        Assert.Equal(("running", "facts"), (running.GetProperty("state").GetString(), running.GetProperty("phase").GetString()));
        Assert.Equal(JsonValueKind.Null, running.GetProperty("differingCells").ValueKind);
        await RefusedAsync(await admin.PostAsync(Path, null, Ct), 409, "DOS-0810");

        go.SetResult();
        var done = await EndedAsync(admin);
        Assert.Equal(("done", 20, 20, 0), (done.GetProperty("state").GetString(), done.GetProperty("facts").GetInt64(), done.GetProperty("taken").GetInt64(), done.GetProperty("waiting").GetInt64()));
        Assert.True(done.GetProperty("cells").GetInt64() > 0 && done.GetProperty("endedAt").GetDateTimeOffset() >= done.GetProperty("startedAt").GetDateTimeOffset());

        city.Histories.During = null;
        await BodyAsync(await admin.PostAsync(Path, null, Ct), HttpStatusCode.Accepted);
        var second = await EndedAsync(admin);
        Assert.Equal((0, 0), (second.GetProperty("differingFacts").GetInt64(), second.GetProperty("differingCells").GetInt64()));

        Task Reached()
        {
            reached.TrySetResult();
            return go.Task;
        }
    }

    [Fact]
    public async Task The_same_request_again_begins_nothing_anew()
    {
        await using var city = await KeptCity.StartAsync(dossiers);
        using var admin = As(city, Roles.Administrator);
        for (var i = 0; i < 2; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, Path);
            request.Headers.Add("Idempotency-Key", "once");
            await BodyAsync(await admin.SendAsync(request, Ct), HttpStatusCode.Accepted);
            await EndedAsync(admin);
        }

        Assert.Equal(1, await city.NumberAsync("SELECT count(*) FROM statistics.rebuild"));
    }

    [Fact]
    public async Task A_failure_is_shown_and_the_next_one_may_begin()
    {
        await using var city = await KeptCity.StartAsync(dossiers);
        using var admin = As(city, Roles.Administrator);
        await city.HappensAsync([.. SampleFacts.Many(3, 4, Unit)]);
        city.Histories.During = _ => throw new InvalidOperationException("broken");
        await BodyAsync(await admin.PostAsync(Path, null, Ct), HttpStatusCode.Accepted);
        Assert.Equal("failed", (await EndedAsync(admin)).GetProperty("state").GetString());
        city.Histories.During = null;
        await Eventually.Async(async () => (await admin.PostAsync(Path, null, Ct)).StatusCode == HttpStatusCode.Accepted, "the turn is given back");
        Assert.Equal("done", (await EndedAsync(admin)).GetProperty("state").GetString());
    }

    [Fact]
    public async Task One_whose_process_is_dead_is_shown_as_interrupted()
    {
        await using var city = await KeptCity.StartAsync(dossiers);
        await city.SqlAsync("""
            INSERT INTO statistics.rebuild (id, kind, state, phase, started_at, facts, cells, taken) VALUES (gen_random_uuid(), 'rebuild', 'running', 'facts', now(), 5, 0, 0)
            """);
        using var admin = As(city, Roles.Administrator);
        Assert.Equal(RebuildState.Interrupted, (await GetAsync(admin, Path)).GetProperty("state").GetString());
    }

    [Theory]
    [InlineData(Roles.Leader)]
    [InlineData(Roles.Auditor)]
    [InlineData(Roles.Citizen)]
    public async Task Nobody_else_may(string role)
    {
        using var other = dossiers.Factory.Client(dossiers.Identity.Token(null, [role], Unit, strong: true));
        Assert.Equal(HttpStatusCode.Forbidden, (await other.PostAsync(Path, null, Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await other.GetAsync(Path, Ct)).StatusCode);
        using var stranger = dossiers.Factory.Client();
        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.PostAsync(Path, null, Ct)).StatusCode);
    }
}
