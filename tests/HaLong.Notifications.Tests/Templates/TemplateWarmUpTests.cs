using HaLong.Notifications.Domain;
using HaLong.Notifications.Templates;
using HaLong.Notifications.Tests.Support;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace HaLong.Notifications.Tests.Templates;

/// <summary>The versions at start, and whole services that come up, die and read again.</summary>
public sealed class TemplateWarmUpTests(World world) : IClassFixture<World>, IDisposable
{
    private readonly Administrators people = new(world);

    [Fact]
    public async Task A_service_that_comes_up_writes_its_first_message_from_the_version_in_force()
    {
        var number = await people.PublishAsync(NoticeKinds.DossierStopped, "Hồ sơ {{code}} dừng giải quyết");
        var owner = world.Accounts.Person();
        var facts = new Facts(owner);

        // The fact waits at the broker while another process starts; whichever of the two takes it knows the version.
        await using var replica = await world.ReplicaAsync(("Templates:RefreshEvery", "00:00:05"));
        await world.PublishAsync(facts.Stopped());

        Assert.Equal($"Hồ sơ {facts.Code} dừng giải quyết", Assert.Single(await world.InboxAsync(owner, 1)).GetProperty("title").GetString());
        Assert.All(await world.MessagesAsync(facts.Dossier), m => Assert.Equal(number, m.TemplateVersion));
        var there = replica.Services.GetRequiredService<PublishedTemplates>();
        Assert.Equal(number, (await there.InForceAsync(NoticeKinds.DossierStopped, World.Ct))?.Number);
        Assert.Equal(1, there.ShippedNumber(NoticeKinds.DossierStopped));
    }

    [Fact]
    public async Task A_database_that_hangs_holds_no_start_up()
    {
        using var scopes = new Hanging();
        using var published = Published(scopes);
        using var patience = new CancellationTokenSource();
        var warming = Task.Run(() => published.WarmUpAsync(patience.Token));
        await Eventually.Async(() => Task.FromResult(scopes.IsAsked), "the database asked");

        await patience.CancelAsync();
        scopes.Answer();
        await warming;

        // Nothing is known, so the program's own text is taken, and nobody waits.
        Assert.Equal(1, (await TemplateCatalog.Load(published).RenderAsync(
            NoticeKinds.DossierAccepted, "vi", SampleValues.Of(NoticeKinds.DossierAccepted, "vi", "https://halong.test"), World.Ct)).Version);
    }

    [Fact]
    public async Task While_one_reads_the_others_go_on_with_what_is_known()
    {
        using var scopes = new Hanging();
        using var published = Published(scopes);
        scopes.Answer();
        await published.WarmUpAsync(World.Ct);
        scopes.Hang();
        var reader = Task.Run(() => published.InForceAsync(NoticeKinds.DossierAccepted, World.Ct).AsTask());
        await Eventually.Async(() => Task.FromResult(scopes.IsAsked), "the list being read");

        var others = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => published.InForceAsync(NoticeKinds.DossierAccepted, World.Ct).AsTask()));

        Assert.All(others, Assert.Null);
        Assert.False(reader.IsCompleted);
        scopes.Answer();
        Assert.Null(await reader);
    }

    [Fact]
    public async Task An_approval_that_is_not_committed_is_in_force_nowhere()
    {
        var draft = await people.OpenAsync(NoticeKinds.MoneyRefundPromised);
        await people.PutAsync(draft, Administrators.Titled(draft, "Sẽ hoàn tiền hồ sơ {{code}}"));
        await Administrators.StepAsync(people.Writer, draft, "submit");
        var catalog = world.Service.Services.GetRequiredService<TemplateCatalog>();
        var values = SampleValues.Of(NoticeKinds.MoneyRefundPromised, "vi", "https://halong.test");

        await world.InDatabaseAsync(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync(World.Ct);
            var row = await db.Templates.SingleAsync(t => t.Id == Administrators.Id(draft), World.Ct);
            Assert.True(row.Publish(Guid.CreateVersion7(), 1, TimeProvider.System.GetUtcNow(), TimeProvider.System.GetUtcNow().AddSeconds(-1)).IsSuccess);
            await db.SaveChangesAsync(World.Ct);
            Assert.Equal(1, (await catalog.RenderAsync(NoticeKinds.MoneyRefundPromised, "vi", values, World.Ct)).Version);
            // The process dies here: nothing is committed.
            return 0;
        });

        Assert.Equal(1, (await catalog.RenderAsync(NoticeKinds.MoneyRefundPromised, "vi", values, World.Ct)).Version);
        Assert.Equal(2, (await Administrators.StepAsync(people.Reviewer, draft, "approve")).GetProperty("version").GetInt32());
    }

    [Fact]
    public async Task The_mail_that_arrives_is_the_published_one()
    {
        var number = await people.PublishAsync(NoticeKinds.DossierWithdrawn, "Bạn đã rút hồ sơ {{code}}");
        var address = $"rut.{Random.Shared.Next(1_000_000, 9_999_999)}@example.vn";
        var facts = new Facts(world.Accounts.Person(address));

        await world.PublishAsync(facts.Withdrawn());

        var mails = await Eventually.ValueAsync(() => world.Mail.ToAsync(address), m => m.Count > 0, "the mail");
        Assert.Contains("<html lang=\"vi\">", mails[0].HtmlBody, StringComparison.Ordinal);
        Assert.Contains(facts.Code, mails[0].TextBody, StringComparison.Ordinal);
        Assert.All(await world.MessagesAsync(facts.Dossier), m => Assert.Equal(number, m.TemplateVersion));
    }

    public void Dispose() => people.Dispose();

    private static PublishedTemplates Published(IServiceScopeFactory scopes) => new(
        scopes, Options.Create(new TemplateOptions { RefreshEvery = TimeSpan.Zero }),
        new TemplateMetrics(new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>()), TimeProvider.System,
        NullLogger<PublishedTemplates>.Instance);

    /// <summary>A database that lets its callers wait until told, and then is away.</summary>
    private sealed class Hanging : IServiceScopeFactory, IDisposable
    {
        private readonly ManualResetEventSlim gate = new();
        private volatile bool asked;

        public bool IsAsked => asked;

        public void Dispose() => gate.Dispose();

        public void Answer() => gate.Set();

        public void Hang()
        {
            asked = false;
            gate.Reset();
        }

        public IServiceScope CreateScope()
        {
            asked = true;
            gate.Wait(TimeSpan.FromSeconds(30));
            throw new Npgsql.NpgsqlException("away");
        }
    }
}
