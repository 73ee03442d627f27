using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Persistence;
using HaLong.Notifications.Tests.Sending.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace HaLong.Notifications.Tests.Sending.Zalo;

/// <summary>Refresh tokens are good once: who spends them, who keeps the next, and what happens in between. One row, so one test at a time.</summary>
public sealed class ZaloTokensTests(CarrierWorld world) : IClassFixture<CarrierWorld>, IAsyncLifetime
{
    // The service itself has spent the first token at its start; every test begins with what it left.
    public async ValueTask InitializeAsync() =>
        await HaLong.TestSupport.Eventually.Async(async () => await ZaloProcess.RowAsync(world) is not null, "the first tokens");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task What_one_process_was_given_the_others_use()
    {
        using var one = new ZaloProcess(world);
        using var other = new ZaloProcess(world);
        var before = await world.RefreshesAsync();

        Assert.Equal(await one.TokenAsync(), await other.TokenAsync());
        Assert.Equal(before, await world.RefreshesAsync());
    }

    [Fact]
    public async Task In_the_database_nothing_can_be_read()
    {
        using var one = new ZaloProcess(world);
        var token = await one.TokenAsync();

        var row = await ZaloProcess.RowAsync(world);

        Assert.NotNull(row);
        Assert.Equal(token, one.Vault.Open("access", row.AccessToken));
        Assert.StartsWith("refresh-", one.Vault.Open("refresh", row.RefreshToken), StringComparison.Ordinal);
        Assert.Equal(-1, row.AccessToken.AsSpan().IndexOf(Encoding.UTF8.GetBytes(token!)));
        Assert.Equal(TimeSpan.FromSeconds(90_000), row.ExpiresAt - row.IssuedAt);
    }

    [Fact]
    public async Task A_token_that_Zalo_would_not_take_is_replaced_once_however_many_ask()
    {
        using var one = new ZaloProcess(world);
        using var other = new ZaloProcess(world);
        var old = await one.TokenAsync();
        Assert.Equal(old, await other.TokenAsync());
        var before = await world.RefreshesAsync();

        var renewed = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => (i % 2 == 0 ? one : other).TokenAsync(old)));

        Assert.Single(renewed.Distinct());
        Assert.NotEqual(old, renewed[0]);
        Assert.Equal(before + 1, await world.RefreshesAsync());
    }

    [Fact]
    public async Task It_is_renewed_when_half_its_life_is_over_and_not_before()
    {
        using var one = new ZaloProcess(world);
        var old = await one.TokenAsync(await one.TokenAsync());

        one.Clock.Shift += TimeSpan.FromHours(12);
        await one.Tokens.KeepAsync(CarrierWorld.Ct);
        Assert.Equal(old, await one.TokenAsync());
        one.Clock.Shift += TimeSpan.FromHours(1);
        await one.Tokens.KeepAsync(CarrierWorld.Ct);

        Assert.NotEqual(old, await one.TokenAsync());
        await RestoreAsync();
    }

    [Fact]
    public async Task One_that_ran_out_is_not_used_any_more()
    {
        using var one = new ZaloProcess(world);
        var old = await one.TokenAsync(await one.TokenAsync());
        one.Clock.Shift += TimeSpan.FromHours(25);

        Assert.NotEqual(old, await one.TokenAsync());
        await RestoreAsync();
    }

    [Fact]
    public async Task While_the_renewal_fails_the_old_one_lasts_for_its_other_half()
    {
        using var one = new ZaloProcess(world);
        var old = await one.TokenAsync(await one.TokenAsync());
        one.Clock.Shift += TimeSpan.FromHours(20);
        await world.DialAsync("zalo.refuseRefresh", true, times: 2);

        await one.Tokens.KeepAsync(CarrierWorld.Ct);
        Assert.Equal(old, await one.TokenAsync());
        await world.DialAsync("zalo.down", true);
        await one.Tokens.KeepAsync(CarrierWorld.Ct);
        Assert.Equal(old, await one.TokenAsync());

        await one.Tokens.KeepAsync(CarrierWorld.Ct);
        Assert.NotEqual(old, await one.TokenAsync());
        await RestoreAsync();
    }

    [Fact]
    public async Task When_no_refresh_token_holds_it_says_so_and_does_not_hammer()
    {
        using var one = new ZaloProcess(world);
        var old = await one.TokenAsync();
        await world.DialAsync("zalo.refuseRefresh", true, times: 2); // The newest and the one in the settings.
        var before = await world.RefreshesAsync();

        Assert.Equal(new Notifications.Sending.Zalo.ZaloAccess(null, Refused: true), await one.Tokens.GetAsync(old, CarrierWorld.Ct));
        Assert.Equal(new Notifications.Sending.Zalo.ZaloAccess(null, Refused: true), await one.Tokens.GetAsync(old, CarrierWorld.Ct));
        Assert.Equal(before, await world.RefreshesAsync());

        one.Clock.Shift += TimeSpan.FromMinutes(1.1);
        Assert.NotNull(await one.TokenAsync(old));
    }

    [Fact]
    public async Task Zalo_away_is_no_refusal()
    {
        using var one = new ZaloProcess(world);
        var old = await one.TokenAsync();
        await world.DialAsync("zalo.down", true);

        Assert.Equal(new Notifications.Sending.Zalo.ZaloAccess(null), await one.Tokens.GetAsync(old, CarrierWorld.Ct));
        Assert.NotNull(await one.TokenAsync(old));
    }

    [Fact]
    public async Task A_lost_answer_costs_the_token_and_a_person_grants_a_new_one_by_the_settings()
    {
        using var one = new ZaloProcess(world);
        var old = await one.TokenAsync();
        var spent = one.Vault.Open("refresh", (await ZaloProcess.RowAsync(world))!.RefreshToken);
        await world.DialAsync("zalo.lostRefresh", true);

        Assert.Equal(new Notifications.Sending.Zalo.ZaloAccess(null), await one.Tokens.GetAsync(old, CarrierWorld.Ct));
        Assert.Equal(new Notifications.Sending.Zalo.ZaloAccess(null, Refused: true), await one.Tokens.GetAsync(old, CarrierWorld.Ct));

        // What the owner of the account gets by hand is the newest that the lab knows.
        using var mended = new ZaloProcess(world, first: world.NewestRefreshToken);
        var token = await mended.TokenAsync(old);
        Assert.NotNull(token);
        Assert.NotEqual(spent, mended.Vault.Open("refresh", (await ZaloProcess.RowAsync(world))!.RefreshToken));
    }

    [Fact]
    public async Task A_process_that_dies_between_the_answer_and_its_own_commit_keeps_nothing_and_says_so_next_time()
    {
        var scopes = new FailingScopes(world.Get<IServiceScopeFactory>());
        using var dying = new ZaloProcess(world, scopes: scopes);
        var old = await dying.TokenAsync();
        var row = await ZaloProcess.RowAsync(world);
        scopes.FailsToSave = true;

        // Granted, and not kept: this process goes on with it as long as it lives.
        var granted = await dying.TokenAsync(old);
        Assert.NotNull(granted);
        Assert.Equal(row!.RefreshToken, (await ZaloProcess.RowAsync(world))!.RefreshToken);
        using (var next = new ZaloProcess(world))
            Assert.Equal(new Notifications.Sending.Zalo.ZaloAccess(null, Refused: true), await next.Tokens.GetAsync(old, CarrierWorld.Ct));

        // And keeps it as soon as the database is there again.
        scopes.FailsToSave = false;
        await dying.Tokens.KeepAsync(CarrierWorld.Ct);
        using var after = new ZaloProcess(world);
        Assert.Equal(granted, await after.TokenAsync(old));
    }

    [Fact]
    public async Task A_changed_password_cannot_open_the_row_and_the_settings_are_asked_instead()
    {
        using var one = new ZaloProcess(world);
        await one.TokenAsync();
        using var changed = new ZaloProcess(world, password: "another password of tests");

        Assert.Equal(new Notifications.Sending.Zalo.ZaloAccess(null, Refused: true), await changed.Tokens.GetAsync(null, CarrierWorld.Ct));
        Assert.NotNull(await one.TokenAsync());
    }

    [Theory]
    [InlineData("""{"access_token":"a","expires_in":"90000"}""")]
    [InlineData("""{"access_token":"a","refresh_token":"","expires_in":"90000"}""")]
    [InlineData("""{"access_token":"a","refresh_token":"b","expires_in":"soon"}""")]
    [InlineData("""{"access_token":"a","refresh_token":"b","expires_in":"5"}""")]
    [InlineData("""{"access_token":"a","refresh_token":"b","expires_in":"99999999999"}""")]
    [InlineData("""{"error":-14014,"error_name":"Invalid refresh token"}""")]
    public async Task What_is_no_token_is_not_kept(string body)
    {
        await using var canned = await Canned.StartAsync();
        canned.Body = body;
        using var one = new ZaloProcess(world, canned.Url);
        var old = await one.TokenAsync();
        var row = await ZaloProcess.RowAsync(world);

        Assert.Equal(new Notifications.Sending.Zalo.ZaloAccess(null, Refused: true), await one.Tokens.GetAsync(old, CarrierWorld.Ct));
        Assert.Equal(row!.RefreshToken, (await ZaloProcess.RowAsync(world))!.RefreshToken);
    }

    [Fact]
    public async Task The_age_of_the_token_is_measured()
    {
        using var one = new ZaloProcess(world);
        await one.TokenAsync(await one.TokenAsync());
        var measured = new ConcurrentDictionary<string, double>();
        var mine = world.Get<IMeterFactory>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Name.StartsWith("zalo.", StringComparison.Ordinal) && instrument.Meter.Scope == mine)
                l.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => measured[instrument.Name] = value);
        listener.Start();
        listener.RecordObservableInstruments();

        Assert.InRange(measured["zalo.token_age"], -3600, 3600);
        Assert.InRange(measured["zalo.token_left"], 80_000, 93_600);
        Assert.InRange(measured["zalo.refresh_token_left"], 89 * 86_400, 90.1 * 86_400);
    }

    [Theory]
    [InlineData(1, 0, false, false)]
    [InlineData(20, 0, true, false)]
    [InlineData(84 * 24, 1, false, true)]
    public async Task Its_end_is_warned_of_before(double hours, int newTokens, bool access, bool refresh)
    {
        var log = new Log();
        using var one = new ZaloProcess(world, logger: log);
        await one.TokenAsync(await one.TokenAsync());
        one.Clock.Shift += TimeSpan.FromHours(hours);
        // Renewed or not, a refresh token lasts as long as it was given for.
        if (newTokens == 0)
            await world.DialAsync("zalo.refuseRefresh", true, times: 2);
        else
            await ShortenAsync(one);

        await one.Tokens.KeepAsync(CarrierWorld.Ct);
        await world.DialAsync("zalo.refuseRefresh", false);

        Assert.Equal((access, refresh), (log.Events.Contains(4237), log.Events.Contains(4238)));
        Assert.DoesNotContain(log.Lines, line => line.Contains("access-", StringComparison.Ordinal) || line.Contains("refresh-", StringComparison.Ordinal));
        await RestoreAsync();
    }

    // Times were put forward: the row is given those of now again, so that the next test finds it fresh.
    private async Task RestoreAsync()
    {
        using var now = new ZaloProcess(world);
        var row = (await ZaloProcess.RowAsync(world))!;
        await world.InDatabaseAsync(db => db.Set<ZaloToken>().ExecuteUpdateAsync(
            s => s.SetProperty(t => t.IssuedAt, now.Clock.GetUtcNow()).SetProperty(t => t.ExpiresAt, now.Clock.GetUtcNow() + (row.ExpiresAt - row.IssuedAt))
                .SetProperty(t => t.RefreshExpiresAt, now.Clock.GetUtcNow().AddDays(90)), CarrierWorld.Ct));
    }

    // A row that another process wrote long ago and whose refresh token has only a day left.
    private Task<int> ShortenAsync(ZaloProcess process)
    {
        var now = process.Clock.GetUtcNow();
        return world.InDatabaseAsync(db => db.Set<ZaloToken>().ExecuteUpdateAsync(
            s => s.SetProperty(t => t.IssuedAt, now).SetProperty(t => t.ExpiresAt, now.AddHours(25)).SetProperty(t => t.RefreshExpiresAt, now.AddDays(1)), CarrierWorld.Ct));
    }

    private sealed class Log : ILogger<Notifications.Sending.Zalo.ZaloTokens>
    {
        public List<int> Events { get; } = [];

        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            Events.Add(eventId.Id);
            Lines.Add(formatter(state, exception) + exception);
        }
    }

    /// <summary>A database that is gone at the moment of saving.</summary>
    private sealed class FailingScopes(IServiceScopeFactory inner) : IServiceScopeFactory
    {
        public bool FailsToSave { get; set; }

        public IServiceScope CreateScope()
        {
            var scope = inner.CreateScope();
            scope.ServiceProvider.GetRequiredService<NotificationDbContext>().SavingChanges += (_, _) =>
            {
                if (FailsToSave)
                    throw new DbUpdateException("The database is gone.");
            };
            return scope;
        }
    }
}
