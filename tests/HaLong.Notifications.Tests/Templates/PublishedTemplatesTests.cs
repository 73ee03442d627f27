using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Templates;
using HaLong.Notifications.Tests.Support;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;

namespace HaLong.Notifications.Tests.Templates;

/// <summary>Which version a message is written from: on every replica, at its hour, and when a text is broken.</summary>
public sealed class PublishedTemplatesTests(World world) : IClassFixture<World>, IDisposable
{
    private const string Link = "https://halong.test/account";
    private readonly Administrators people = new(world);
    private readonly List<IDisposable> made = [];

    [Fact]
    public async Task Another_replica_writes_from_a_publication_within_seconds()
    {
        await using var replica = await world.ReplicaAsync(("Templates:RefreshEvery", "00:00:00.200"));
        var there = replica.Services.GetRequiredService<TemplateCatalog>();
        Assert.StartsWith("Cần nộp", (await RenderAsync(there, NoticeKinds.PaymentRequested)).Title, StringComparison.Ordinal);

        var number = await people.PublishAsync(NoticeKinds.PaymentRequested, "Mời nộp {{amount}}, hồ sơ {{code}}");

        var notice = await Eventually.ValueAsync(() => RenderAsync(there, NoticeKinds.PaymentRequested), n => n.Version == number, "the new version on the other replica");
        Assert.StartsWith("Mời nộp 1.250.000.000 đồng", notice.Title, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_version_counts_from_its_hour_on_and_no_earlier()
    {
        var clock = new ShiftedClock();
        var number = await people.PublishAsync(NoticeKinds.WaitCitizen, "Hồ sơ {{code}} chậm, xin lỗi bạn", TimeProvider.System.GetUtcNow().AddDays(1));
        var catalog = Catalog(clock, out _);

        Assert.Equal(1, (await RenderAsync(catalog, NoticeKinds.WaitCitizen)).Version);
        var line = (await Administrators.OkAsync(await people.Writer.GetAsync(Administrators.Path, World.Ct))).EnumerateArray().Single(k => k.GetProperty("kind").GetString() == NoticeKinds.WaitCitizen);
        Assert.Equal((1, number), (line.GetProperty("inForce").GetInt32(), line.GetProperty("next").GetInt32()));
        clock.Shift = TimeSpan.FromDays(1.1);
        Assert.Equal(number, (await RenderAsync(catalog, NoticeKinds.WaitCitizen)).Version);
    }

    [Theory]
    [InlineData("wait-officer", "{\"vi\": 1}")]
    [InlineData("wait-supervisor", "[]")]
    [InlineData("wait-extension", "null")]
    public async Task A_broken_version_stops_no_message_and_is_measured(string kind, string content)
    {
        await people.SeededAsync();
        await BreakAsync(kind, content);
        var catalog = Catalog(TimeProvider.System, out var measured);

        var notice = await RenderAsync(catalog, kind);

        Assert.Contains("000.00.01.H49-260923-00001", notice.Title, StringComparison.Ordinal);
        Assert.Equal(1, notice.Version);
        Assert.Equal(1, measured["templates.fallbacks " + kind]);
    }

    [Fact]
    public async Task A_version_that_asks_for_what_a_notice_was_not_given_stops_no_message()
    {
        await people.SeededAsync();
        var kind = NoticeKinds.DossierOverdueAgain;
        var content = TemplateContent.Write(TemplateContent.Of(TemplateCatalog.Load().All.Single(t => t.Kind == NoticeKinds.DossierOverdue))).Json;
        await BreakAsync(kind, content);
        var catalog = Catalog(TimeProvider.System, out var measured);

        Assert.Equal(1, (await RenderAsync(catalog, kind)).Version);
        Assert.Equal(1, measured["templates.fallbacks " + kind]);
    }

    [Fact]
    public async Task Without_the_database_it_goes_on_with_what_it_knows()
    {
        var number = await people.PublishAsync(NoticeKinds.SigningReminder, "Nhắc bạn ký số");
        var scopes = new Away(world.Service.Services.GetRequiredService<IServiceScopeFactory>());
        var catalog = Catalog(TimeProvider.System, out _, scopes);

        scopes.IsAway = true;
        Assert.Equal(1, (await RenderAsync(catalog, NoticeKinds.SigningReminder)).Version);
        scopes.IsAway = false;
        Assert.Equal(number, (await RenderAsync(catalog, NoticeKinds.SigningReminder)).Version);
        scopes.IsAway = true;
        Assert.Equal(number, (await RenderAsync(catalog, NoticeKinds.SigningReminder)).Version);
    }

    [Fact]
    public async Task Many_at_once_ask_the_database_once()
    {
        await people.SeededAsync();
        var scopes = new Away(world.Service.Services.GetRequiredService<IServiceScopeFactory>());
        var catalog = Catalog(TimeProvider.System, out _, scopes, TimeSpan.FromSeconds(5));

        var notices = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => RenderAsync(catalog, NoticeKinds.DossierAccepted))));

        Assert.All(notices, n => Assert.Equal(1, n.Version));
        Assert.Equal(1, scopes.Opened);
    }

    [Theory]
    [InlineData("UPDATE notice_template SET content = '[]' WHERE kind = 'dossier-accepted' AND version = 1")]
    [InlineData("UPDATE notice_template SET version = 7 WHERE kind = 'dossier-accepted' AND version = 1")]
    [InlineData("UPDATE notice_template SET content_hash = 'x' WHERE kind = 'dossier-accepted' AND version = 1")]
    [InlineData("DELETE FROM notice_template WHERE kind = 'dossier-accepted' AND version = 1")]
    public async Task A_version_does_not_change_not_even_by_hand(string sql)
    {
        await people.SeededAsync();

        var refused = await Assert.ThrowsAsync<PostgresException>(() => world.InDatabaseAsync(db => db.Database.ExecuteSqlRawAsync(sql, World.Ct)));

        Assert.Contains("does not change", refused.MessageText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_SMS_is_counted_in_parts_by_kind()
    {
        var measured = new ConcurrentDictionary<string, long>();
        using var listener = Listen(world.Service.Services.GetRequiredService<IMeterFactory>(), measured);
        var owner = world.Accounts.Person("", phone: $"+8491{Random.Shared.Next(1_000_000, 9_999_999)}");

        await world.PublishAsync(new HaLong.Identity.Contracts.Events.AccountSecurityChanged(owner, "passkey_added", Facts.At));
        await world.InboxAsync(owner, 1);

        await Eventually.Async(() => Task.FromResult(measured.GetValueOrDefault("messages.sms_parts " + NoticeKinds.AccountSecurityChanged) >= 1), "the part in the counter");
    }

    public void Dispose()
    {
        made.ForEach(m => m.Dispose());
        people.Dispose();
    }

    private static async Task<RenderedNotice> RenderAsync(TemplateCatalog catalog, string kind) => await catalog.RenderAsync(kind, "vi", SampleValues.Of(kind, "vi", Link), World.Ct);

    private Task<int> BreakAsync(string kind, string content) => world.InDatabaseAsync(db => db.Database.ExecuteSqlAsync(
        $"""
         INSERT INTO notice_template (id, kind, version, state, content, content_hash, shipped, editors, created_at, updated_at, valid_from)
         VALUES ({Guid.CreateVersion7()}, {kind}, 2, 'published', {content}::json, 'x', false, ARRAY[]::uuid[], now(), now(), now() - interval '1 minute')
         """));

    /// <summary>A replica's view of the versions, which reads the list each time unless told otherwise.</summary>
    private TemplateCatalog Catalog(
        TimeProvider clock, out ConcurrentDictionary<string, long> measured, IServiceScopeFactory? scopes = null, TimeSpan refresh = default)
    {
        var factory = new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>();
        measured = [];
        made.Add(Listen(factory, measured));
        var published = new PublishedTemplates(
            scopes ?? world.Service.Services.GetRequiredService<IServiceScopeFactory>(), Options.Create(new TemplateOptions { RefreshEvery = refresh }), new TemplateMetrics(factory), clock,
            NullLogger<PublishedTemplates>.Instance);
        made.Add(published);
        return TemplateCatalog.Load(published);
    }

    private static MeterListener Listen(IMeterFactory factory, ConcurrentDictionary<string, long> measured)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, l) =>
            {
                if (instrument.Meter.Name == NotificationMetrics.Name && instrument.Meter.Scope == factory && instrument.Name is "templates.fallbacks" or "messages.sms_parts")
                    l.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => measured.AddOrUpdate($"{instrument.Name} {tags[0].Value}", value, (_, sum) => sum + value));
        listener.Start();
        return listener;
    }

    /// <summary>Scopes whose database can be away, and how many were opened.</summary>
    private sealed class Away(IServiceScopeFactory inner) : IServiceScopeFactory
    {
        private int opened;

        public bool IsAway { get; set; }

        public int Opened => opened;

        public IServiceScope CreateScope()
        {
            Interlocked.Increment(ref opened);
            return IsAway ? throw new NpgsqlException("away") : inner.CreateScope();
        }
    }
}
