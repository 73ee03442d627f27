using System.Collections.Concurrent;
using HaLong.Identity.Tests.Factors;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace HaLong.Identity.Tests.Federation;

public sealed class NeededClaimsTests(FederatedSite site) : IClassFixture<FederatedSite>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Of what the provider offers, everything that nobody here needs.</summary>
    private static readonly string[] Unneeded =
    [
        "Sán Dìu", "Phật giáo", "Quê Giả Định", "Sinh Giả Định", "Tổ 9 khu Thử Nghiệm", "Cha Giả Định", "Mẹ Giả Định", "Bạn Đời Giả Định", "Chủ Hộ Giả Định",
        "BHXH0123456789", "B1234567", "100000124",
    ];

    [Fact]
    public async Task What_is_not_needed_is_neither_stored_nor_logged_nor_put_in_a_cookie()
    {
        var log = new Capture();
        var replica = await site.StartReplicaAsync(f => f.WithServices(s => s.AddSingleton<ILoggerProvider>(log).Configure<LoggerFilterOptions>(o => o.Rules.Clear())));
        var browser = new Browser(replica.Client());
        var callback = await site.Vneid.PickAsync(await FederatedSite.LeaveAsync(browser), "vneid-minh");
        using var back = await browser.OpenAsync(callback);
        await browser.PageAsync("/account/security");

        var stored = await DumpAsync();
        Assert.Contains("Phạm Quang Minh", stored, StringComparison.Ordinal);
        var logged = string.Join('\n', log.Lines);
        Assert.NotEmpty(log.Lines);
        foreach (var value in Unneeded)
        {
            Assert.DoesNotContain(value, stored, StringComparison.Ordinal);
            Assert.DoesNotContain(value, logged, StringComparison.Ordinal);
        }

        // Nor does the log hold what is needed.
        foreach (var value in new[] { "022085000124", "Quang Minh", "0912000124", "vneid-minh@" })
            Assert.DoesNotContain(value, logged, StringComparison.Ordinal);
        // The person's data never travels in a cookie: only the session's name does, and what the protocol needs is deleted again.
        var kept = back.Headers.GetValues("Set-Cookie").Where(c => !c.Contains("expires=Thu, 01 Jan 1970", StringComparison.OrdinalIgnoreCase)).Select(c => c.Split('=')[0]);
        Assert.Equal(["halong.session"], kept);
    }

    [Fact]
    public async Task The_personal_number_is_sealed()
    {
        await site.Vneid.AddAsync("sealed", 2, "022194000111");
        await site.GoAsync(site.NewBrowser(), "sealed");

        Assert.NotNull(await site.AccountOfNumberAsync("022194000111"));
        Assert.DoesNotContain("022194000111", await DumpAsync(), StringComparison.Ordinal);
    }

    // Every row of every table as text.
    private Task<string> DumpAsync() => site.DatabaseAsync(db => db.Database.SqlQuery<string>($"""
        SELECT string_agg(query_to_xml(format('SELECT * FROM %I', table_name), true, false, '')::text, '') AS "Value"
        FROM information_schema.tables WHERE table_schema = 'public'
        """).SingleAsync(Ct));

    private sealed class Capture : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public void Dispose()
        {
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                Lines.Enqueue(formatter(state, exception) + exception);
        }
    }
}
