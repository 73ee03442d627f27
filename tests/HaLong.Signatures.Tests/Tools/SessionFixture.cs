using System.Security.Cryptography;
using Google.Protobuf;
using HaLong.Signatures.Cryptography;
using HaLong.Signatures.Domain;
using HaLong.Signatures.Domain.Sessions;
using HaLong.Signatures.Persistence;
using HaLong.Signatures.Pki;
using HaLong.Signatures.Providers;
using HaLong.Signatures.Sessions;
using HaLong.Signatures.Tests.Validation;
using HaLong.Signatures.V1;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HaLong.Signatures.Tests.Tools;

/// <summary>One service for all tests of sessions, with a provider that does what a test says. Its worker works when it is told
/// to.</summary>
public sealed class SessionFixture(Servers servers) : IAsyncLifetime
{
    private readonly Judge files = new();
    private TestIdentity? identity;
    private StubIssuer? listed;
    private ServiceFactory<Program>? factory;

    internal ShiftedTime Time { get; } = new();

    internal ScriptedProvider Provider { get; } = new();

    internal CommitFault Fault { get; } = new();

    internal QueryCounter Queries { get; } = new();

    internal ServiceFactory<Program> Service => factory ?? throw new InvalidOperationException("Not started.");

    /// <summary>An authority on the list of trusted roots, which is asked about its certificates.</summary>
    internal StubIssuer Listed => listed ?? throw new InvalidOperationException("Not started.");

    internal TestIdentity Identity => identity ?? throw new InvalidOperationException("Not started.");

    public async ValueTask InitializeAsync()
    {
        identity = await TestIdentity.StartAsync();
        listed = await StubIssuer.StartAsync();
        factory = await SignatureFixture.Create(servers, identity).WithSetting("Sessions:WorkerSeconds", "3600")
            .WithSetting("Validation:TrustListPath", files.Save("roots.json", TrustListTests.Json(TrustListTests.Entry(listed.Pki)))).WithServices(s => s
            .AddSingleton<TimeProvider>(Time).AddSingleton<ISigningProvider>(Provider)
            .ConfigureDbContext<SignatureDbContext>(o => o.AddInterceptors(Fault, Queries))).StartAsync();
    }

    internal SigningSessions.SigningSessionsClient As(string client) => new(Service.Grpc(Identity.ServiceToken(client)));

    internal SessionPerson Person(Guid? account = null, string[]? roles = null, string? unit = null, bool strong = false)
    {
        var id = account ?? Guid.CreateVersion7();
        return new SessionPerson(id, Service.Client(Identity.Token(id, roles, unit, strong: strong)));
    }

    internal static CreateSigningSessionRequest Request(IEnumerable<(Guid Account, int Turn)> signers, int documents = 1,
        byte[]? pdf = null, Guid? id = null,
        TimeSpan? lasts = null, string unit = "06658")
    {
        var request = new CreateSigningSessionRequest
        {
            SessionId = (id ?? Guid.CreateVersion7()).ToString(),
            Purpose = "Ký biên bản bàn giao",
            Subject = "H49.12-261123-00001",
            UnitCode = unit,
            Deadline = (TimeProvider.System.GetUtcNow() + (lasts ?? TimeSpan.FromDays(10))).ToString("O"),
        };
        for (var i = 1; i <= documents; i++)
            request.Documents.Add(new NewSigningDocument
            {
                Name = $"Biên bản {i}.pdf",
                Pdf = ByteString.CopyFrom(pdf ?? SamplePdfs.Table(i))
            });
        request.Signers.AddRange(signers.Select(s => new NewSigner { AccountId = s.Account.ToString(), Turn = s.Turn, Role = "Bên giao" }));
        return request;
    }

    /// <summary>A session of the dossier service.</summary>
    internal async Task<Guid> OpenAsync(params (Guid Account, int Turn)[] signers) => await OpenAsync(1, signers);

    internal async Task<Guid> OpenAsync(int documents, params (Guid Account, int Turn)[] signers) =>
        Guid.Parse((await As("dossier").CreateAsync(Request(signers, documents))).SessionId);

    /// <summary>One turn of the worker, at some time from now.</summary>
    internal async Task WorkAsync(TimeSpan later = default)
    {
        var before = Time.Shift;
        Time.Shift = before + later;
        try
        {
            await Service.Services.GetRequiredService<SessionWorker>().RunAsync(TestContext.Current.CancellationToken);
            // What is told at that time must leave at that time: back in the present it would not be due.
            await Eventually.Async(async () => await QueryAsync(db => db.Database.SqlQuery<long>(
                $"SELECT count(*) AS \"Value\" FROM outbox_message").SingleAsync()) == 0, "an empty outbox");
        }
        finally
        {
            Time.Shift = before;
        }
    }

    internal Task<SigningSession> SessionAsync(Guid id) =>
        Service.InScopeAsync((SessionStore store) => store.Whole.AsNoTracking().SingleAsync(s => s.Id == id));

    internal Task<T> QueryAsync<T>(Func<SignatureDbContext, Task<T>> query) => Service.InScopeAsync(query);

    internal Task<List<SigningEvent>> LogAsync(Guid session) => QueryAsync(db =>
        db.Set<SigningEvent>().AsNoTracking().Where(e => e.SessionId == session).OrderBy(e => e.Id).ToListAsync());

    internal async Task<byte[]> FileAsync(Guid session, int number = 1)
    {
        var document = (await SessionAsync(session)).Documents.Single(d => d.Number == number);
        return (await As("dossier").GetDocumentAsync(new GetSigningDocumentRequest
        {
            SessionId = session.ToString(),
            DocumentId = document.Id.ToString()
        })).Pdf.ToByteArray();
    }

    /// <summary>A key under the service's own authority, on its register.</summary>
    /// <returns>The root, PEM.</returns>
    internal async Task<string> GiveOwnKeyAsync(Guid account)
    {
        var authorities = Service.Services.GetRequiredService<Authorities>();
        var (chain, now) = (await authorities.GetAsync(TestContext.Current.CancellationToken), Time.GetUtcNow());
        using var issuer = authorities.OpenIssuingKey(chain);
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var certificate = CertificateProfiles.Seal(CertificateProfiles.Name("Nguyễn Văn An", "06658", "Test"), key, chain.Issuing, issuer,
            now);
        await QueryAsync(db =>
        {
            db.Add(Credential.Issue("own-" + account.ToString()[^5..], chain.IssuingId, certificate.SerialNumber, "CN=x",
                certificate.RawData, [1], now.AddYears(1), now));
            return db.SaveChangesAsync();
        });
        ScriptedProvider.Use(account, SigningKey.Of(key, certificate, chain.Issuing, chain.Root));
        return chain.Root.ExportCertificatePem();
    }

    public async ValueTask DisposeAsync()
    {
        await Service.DisposeAsync();
        await Listed.DisposeAsync();
        await Identity.DisposeAsync();
        files.Dispose();
    }
}

/// <summary>All tests of sessions share one service and take turns.</summary>
[CollectionDefinition(Name)]
public sealed class SessionTestGroup : ICollectionFixture<SessionFixture>
{
    public const string Name = "sessions";
}
