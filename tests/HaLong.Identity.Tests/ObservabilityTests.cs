using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace HaLong.Identity.Tests;

public sealed class ObservabilityTests(IdentitySite site) : IClassFixture<IdentitySite>
{
    [Fact]
    public async Task Sign_ins_and_tokens_are_counted_without_names()
    {
        var seen = new ConcurrentBag<(string Name, string Tags)>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Meter.Name == IdentityInstruments.MeterName)
                l.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) =>
            seen.Add((instrument.Name, string.Join(' ', tags.ToArray().Select(t => $"{t.Key}={t.Value}")))));
        listener.Start();

        await site.NewBrowser().TokensAsync("citizen");
        using var wrong = await site.NewBrowser().SubmitSignInAsync("citizen", "wrong");
        await Browser.OkAsync(await site.NewBrowser().ClientCredentialsAsync("partner", "partner-secret", "halong.events"));

        Assert.Contains(("halong.identity.sign_ins", "outcome=succeeded"), seen);
        Assert.Contains(("halong.identity.sign_ins", "outcome=wrong_password"), seen);
        Assert.Contains(("halong.identity.tokens_issued", "grant=authorization_code client=web"), seen);
        Assert.Contains(("halong.identity.tokens_issued", "grant=client_credentials client=partner"), seen);
    }

    [Fact]
    public async Task Logs_at_the_finest_level_of_ours_hold_no_personal_data_and_no_secret()
    {
        var log = new Capture();
        var replica = await site.StartReplicaAsync(f => f.WithServices(s => s
            .AddSingleton<ILoggerProvider>(log).Configure<LoggerFilterOptions>(o => o.Rules.Clear())));
        var browser = new Browser(replica.Client());
        var tokens = await browser.TokensAsync("citizen");
        browser.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", tokens.GetProperty("access_token").GetString());
        using var me = await browser.Http.GetAsync(new Uri("/api/v1/me", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, me.StatusCode);
        using var wrong = await new Browser(replica.Client()).SubmitSignInAsync("typed-by-mistake", "My-Secret-Word");

        Assert.NotEmpty(log.Lines);
        var text = string.Join('\n', log.Lines);
        foreach (var secret in new[] { "022185000123", "0901000001", "citizen@halong.example", "Hạnh", IdentityProgram.DemoPassword, "My-Secret-Word", "typed-by-mistake", IdentityProgram.KeyPassword })
            Assert.DoesNotContain(secret, text, StringComparison.Ordinal);
    }

    private sealed class Capture : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public void Dispose()
        {
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        // What production logs: information and above, of every library.
        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                Lines.Enqueue(formatter(state, exception) + exception);
        }
    }
}
