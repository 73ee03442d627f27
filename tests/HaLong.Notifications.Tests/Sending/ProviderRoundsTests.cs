using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Sending;
using HaLong.Notifications.Tests.Support;
using HaLong.Notifications.Workers;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HaLong.Notifications.Tests.Sending;

/// <summary>Balance by what all replicas measured, and an administrator's word about providers.</summary>
[Collection(EngineCollections.Administration)]
public sealed class ProviderRoundsTests : IAsyncLifetime
{
    private readonly EngineWorld world;

    public ProviderRoundsTests(EngineWorld world)
    {
        this.world = world;
        world.Reset();
    }

    public async ValueTask InitializeAsync()
    {
        await world.InDatabaseAsync(db => db.Providers.ExecuteDeleteAsync());
        await world.InDatabaseAsync(db => db.Messages.ExecuteDeleteAsync());
        await world.InDatabaseAsync(db => db.DirectSends.ExecuteDeleteAsync());
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData(1, 9, 9, 1)]
    [InlineData(1, 100, 14, 1)]
    [InlineData(1, 100, 15, 0.5)]
    [InlineData(0.5, 10, 10, 0.25)]
    [InlineData(0.06, 10, 10, 0.05)]
    [InlineData(0.05, 10, 10, 0.05)]
    [InlineData(0.5, 100, 0, 0.6)]
    [InlineData(0.5, 0, 0, 0.6)]
    [InlineData(0.95, 100, 1, 1)]
    public void A_share_is_halved_while_too_much_fails_and_drifts_back_after(double share, int attempts, int bad, double expected) =>
        Assert.Equal(expected, ProviderRounds.ShareAfter(new HealthSettings(), share, attempts, bad), precision: 6);

    [Fact]
    public async Task Who_fails_or_is_slow_gets_less_and_drifts_back_to_its_balance()
    {
        // Two of twelve failed at alpha; two of twelve took long at beta, of which the codes are one.
        await TriedAsync("alpha", 10, "accepted", 1);
        await TriedAsync("alpha", 1, "later", 1);
        await TriedAsync("alpha", 1, "unknown", 1);
        await TriedAsync("beta", 10, "refused", 1);
        await TriedAsync("beta", 1, "accepted", 6);
        await DirectAsync("beta", 6);
        await TriedAsync("post", 20, "accepted", 1);
        await TurnAsync();

        Assert.Equal((0.5, 0.5, 1, 1), await SharesAsync());
        Assert.Equal((50, 50, 100), (world.Standing(world.Alpha).Weight, world.Standing(world.Beta).Weight, world.Standing(world.Post).Weight));
        var row = await world.InDatabaseAsync(db => db.Providers.AsNoTracking().SingleAsync(p => p.Name == "alpha"));
        Assert.Equal((12, 2), (row.Attempts, row.Bad));

        // The window is over: five turns later all is as configured.
        world.Pass(TimeSpan.FromMinutes(11));
        for (var turn = 0; turn < 5; turn++)
        {
            Assert.Equal(0.5 + (turn * 0.1), (await SharesAsync()).Alpha, precision: 6);
            await TurnAsync();
            world.Pass(TimeSpan.FromSeconds(15));
        }

        Assert.Equal((1, 1, 1, 1), await SharesAsync());
    }

    [Fact]
    public async Task Only_one_replica_moves_the_balance_in_each_interval()
    {
        await TriedAsync("alpha", 20, "later", 1);
        await TurnAsync();

        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Task.Run(TurnAsync)));
        Assert.Equal(0.5, (await SharesAsync()).Alpha);

        world.Pass(TimeSpan.FromSeconds(15));
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Task.Run(TurnAsync)));
        Assert.Equal(0.25, (await SharesAsync()).Alpha);
    }

    [Fact]
    public async Task What_a_crash_of_ours_left_open_is_not_the_providers_fault()
    {
        await TriedAsync("alpha", 20, null, null);
        await TurnAsync();

        Assert.Equal(1, (await SharesAsync()).Alpha);
    }

    [Fact]
    public async Task What_is_due_is_measured_by_class()
    {
        var measured = new Dictionary<string, double>();
        using var listener = new MeterListener();
        var own = world.Get<IMeterFactory>();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Meter.Scope == own && instrument.Name.StartsWith("sending.", StringComparison.Ordinal))
                l.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((i, value, tags, _) => measured[$"{i.Name} {tags[0].Value}"] = value);
        listener.SetMeasurementEventCallback<double>((i, value, tags, _) => measured[$"{i.Name} {tags[0].Value}"] = value);
        listener.Start();
        await world.QueueAsync(of: NoticeClass.Urgent, due: world.Now.AddSeconds(-40));
        await world.QueueAsync(of: NoticeClass.Urgent);
        await world.QueueAsync(of: NoticeClass.Reminder, due: world.Now.AddHours(1));

        await TurnAsync();
        listener.RecordObservableInstruments();

        Assert.Equal((2, 0, 0), (measured["sending.due urgent"], measured["sending.due reminder"], measured["sending.due status"]));
        Assert.Equal(40, measured["sending.oldest_due urgent"], precision: 2);
        Assert.Equal(100, measured["sending.weight alpha"]);
    }

    [Fact]
    public async Task Administrators_see_how_each_provider_does()
    {
        await TriedAsync("beta", 20, "later", 1);
        await TurnAsync();
        for (var i = 0; i < 5; i++)
            world.Get<ProviderRouter>().Learn(world.Beta, new ProviderAnswer.Later("down"), TimeSpan.Zero);
        using var client = Admin();

        var all = await client.GetFromJsonAsync<JsonElement>("/api/v1/admin/message-providers", EngineWorld.Ct);

        Assert.Equal(["post", "alpha", "beta", "zns"], all.EnumerateArray().Select(p => p.GetProperty("name").GetString()));
        var beta = all[2];
        Assert.Equal([100, 50, 20, 20], new[] { "configuredWeight", "weight", "attempts", "bad" }.Select(name => beta.GetProperty(name).GetInt32()));
        Assert.Equal(
            (true, "enabled", true), (beta.GetProperty("circuitOpen").GetBoolean(), beta.GetProperty("mode").GetString(), beta.GetProperty("isOn").GetBoolean()));
        Assert.Equal(5, all[0].GetProperty("perSecond").GetInt32());
    }

    [Theory]
    [InlineData("disabled", false)]
    [InlineData("preferred", true)]
    public async Task Administrators_disable_and_prefer_providers_at_once_and_with_evidence(string mode, bool gets)
    {
        using var client = Admin();

        using var changed = await ChangeAsync(client, "beta", mode, "bảo trì theo kế hoạch");

        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        var view = await changed.Content.ReadFromJsonAsync<JsonElement>(EngineWorld.Ct);
        Assert.Equal((mode, "bảo trì theo kế hoạch"), (view.GetProperty("mode").GetString(), view.GetProperty("reason").GetString()));
        Assert.Equal("\"1\"", changed.Headers.ETag!.Tag);
        Assert.All(Enumerable.Range(0, 50), _ => Assert.Equal(gets, world.Get<ProviderRouter>().Choose(MessageChannel.Sms) == world.Beta));
        Assert.True(await world.InDatabaseAsync(async db => await db.Database
            .SqlQuery<int>($"SELECT count(*)::int AS \"Value\" FROM evidence WHERE kind = 'message-provider.mode-changed' AND subject = 'beta'")
            .SingleAsync() > 0));

        using var back = await ChangeAsync(client, "beta", "enabled", "xong");
        Assert.Equal("\"2\"", back.Headers.ETag!.Tag);
        await TurnAsync();
        Assert.Equal(ProviderMode.Enabled, world.Standing(world.Beta).Mode);
    }

    [Fact]
    public async Task What_one_replica_was_told_another_one_learns_with_its_next_turn()
    {
        using var client = Admin();
        using (await ChangeAsync(client, "beta", "disabled", "thử"))
            world.Standing(world.Beta).Learn(ProviderMode.Enabled, 1);

        await TurnAsync();

        Assert.Equal(ProviderMode.Disabled, world.Standing(world.Beta).Mode);
    }

    [Fact]
    public async Task The_last_provider_of_a_channel_cannot_be_disabled_not_even_by_two_at_once()
    {
        using var client = Admin();
        using var only = await ChangeAsync(client, "post", "disabled", "thử");
        await only.AssertProblemAsync(HttpStatusCode.Conflict, "NOT-0106");

        var both = await Task.WhenAll(ChangeAsync(client, "alpha", "disabled", "thử"), ChangeAsync(client, "beta", "disabled", "thử"));

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.Conflict], both.Select(r => r.StatusCode).Order());
        foreach (var response in both)
            response.Dispose();
        world.Alpha.IsOn = false;
        using var off = await ChangeAsync(client, "alpha", "disabled", "không còn hợp đồng");
        Assert.Equal(HttpStatusCode.OK, off.StatusCode);
    }

    [Fact]
    public async Task A_change_that_makes_no_sense_or_comes_too_late_is_refused()
    {
        using var client = Admin();
        using var unknown = await ChangeAsync(client, "gamma", "disabled", "thử");
        await unknown.AssertProblemAsync(HttpStatusCode.NotFound, "NOT-0104");
        using var missing = await client.GetAsync("/api/v1/admin/message-providers/gamma", EngineWorld.Ct);
        await missing.AssertProblemAsync(HttpStatusCode.NotFound, "NOT-0104");
        using var wrong = await ChangeAsync(client, "beta", "Off", " ");
        var problem = await wrong.AssertProblemAsync(HttpStatusCode.BadRequest, "NOT-0105");
        Assert.Equal(["mode", "reason"], problem.GetProperty("errors").EnumerateObject().Select(e => e.Name).Order());

        using var one = await client.GetAsync("/api/v1/admin/message-providers/beta", EngineWorld.Ct);
        Assert.Equal("\"0\"", one.Headers.ETag!.Tag);
        using var first = await ChangeAsync(client, "beta", "preferred", "thử", one.Headers.ETag);
        using var second = await ChangeAsync(client, "beta", "disabled", "thử", one.Headers.ETag);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.PreconditionFailed), (first.StatusCode, second.StatusCode));
    }

    [Fact]
    public async Task Nobody_but_administrators_sees_or_changes_providers()
    {
        using var anyone = world.Service.Client();
        using var citizen = world.Service.Client(world.Identity.Token());
        using var officer = world.Service.Client(world.Identity.Token(roles: [Roles.Officer]));

        var forbidden = HttpStatusCode.Forbidden;
        foreach (var (client, status) in new[] { (anyone, HttpStatusCode.Unauthorized), (citizen, forbidden), (officer, forbidden) })
        {
            using var list = await client.GetAsync("/api/v1/admin/message-providers", EngineWorld.Ct);
            using var change = await ChangeAsync(client, "beta", "disabled", "thử");
            Assert.Equal((status, status), (list.StatusCode, change.StatusCode));
        }
    }

    private HttpClient Admin() => world.Service.Client(world.Identity.Token(roles: [Roles.Administrator]));

    private static async Task<HttpResponseMessage> ChangeAsync(HttpClient client, string name, string mode, string reason, EntityTagHeaderValue? tag = null)
    {
        using var body = JsonContent.Create(new { mode, reason });
        using var request = new HttpRequestMessage(HttpMethod.Patch, $"/api/v1/admin/message-providers/{name}") { Content = body };
        if (tag is not null)
            request.Headers.IfMatch.Add(tag);
        return await client.SendAsync(request, EngineWorld.Ct);
    }

    private Task TurnAsync() => ActivatorUtilities.CreateInstance<ProviderRounds>(world.Service.Services).TurnAsync(EngineWorld.Ct);

    private async Task TriedAsync(string provider, int times, string? outcome, int? seconds)
    {
        var message = await world.QueueAsync(due: world.Now.AddDays(1));
        DateTimeOffset? ended = seconds is { } s ? world.Now.AddSeconds(s) : null;
        await world.InDatabaseAsync(db => db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO message_attempt (message_id, number, provider, started_at, ended_at, outcome)
            SELECT {message.Id}, n, {provider}, {world.Now}, {ended}, {outcome} FROM generate_series(1, {times}) n
            """));
    }

    private async Task DirectAsync(string provider, int seconds)
    {
        var key = Guid.CreateVersion7().ToString("N");
        await world.Get<Notifications.Direct.DirectSendLog>().BeginAsync(key, MessageChannel.Sms, "registration", provider);
        var ended = world.Now.AddSeconds(seconds);
        await world.InDatabaseAsync(db => db.Database.ExecuteSqlAsync($"UPDATE direct_send SET ended_at = {ended}, outcome = 'accepted' WHERE id = {key}"));
    }

    private async Task<(double Alpha, double Beta, double Post, double Zns)> SharesAsync()
    {
        var shares = await world.InDatabaseAsync(db => db.Providers.AsNoTracking().ToDictionaryAsync(p => p.Name, p => p.Share));
        return (Math.Round(shares["alpha"], 6), Math.Round(shares["beta"], 6), shares["post"], shares["zns"]);
    }
}
