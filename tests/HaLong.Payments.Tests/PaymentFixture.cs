using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using HaLong.Dossiers.Contracts;
using HaLong.Dossiers.Contracts.Events;
using HaLong.Payments.Domain;
using HaLong.Payments.Features;
using HaLong.Payments.Persistence;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HaLong.Payments.Tests;

/// <summary>The payment service on a database and a virtual host of its own.</summary>
public class PaymentFixture(Servers servers) : IAsyncLifetime
{
    public const string Unit = "06658";
    public const string UnitWithAccount = "06673";
    public const string UnitWithTreasury = "06676";
    public const string Secret = "a-secret-shared-with-the-lab";
    public const string OtherSecret = "a-secret-shared-with-another";
    public const string ListSecret = "a-secret-of-a-bank-with-lists";

    /// <summary>A procedure whose requests live half an hour.</summary>
    public const string ShortProcedure = "2.000635";

    private TestIdentity? identity;
    private ServiceFactory<Program>? factory;

    internal ShiftedTime Time { get; } = new();

    internal Authority Authority { get; private set; } = null!;

    internal Signer Signer { get; private set; } = null!;

    internal ServiceFactory<Program> Service => factory ?? throw new InvalidOperationException("Not started.");

    private TestIdentity Identity => identity ?? throw new InvalidOperationException("Not started.");

    public async ValueTask InitializeAsync()
    {
        identity = await TestIdentity.StartAsync();
        Authority = await Authority.StartAsync();
        Signer = await Signer.StartAsync();
        factory = Create(servers, identity)
            .WithSetting("services:identity:grpc:0", Authority.Url)
            .WithSetting("services:e-signature:grpc:0", Signer.Url)
            .WithServices(s => s.AddSingleton<TimeProvider>(Time));
        await PrepareAsync(factory);
        await factory.StartAsync();
    }

    /// <summary>What a fixture adds before the service starts.</summary>
    private protected virtual Task PrepareAsync(ServiceFactory<Program> service) => Task.CompletedTask;

    internal static ServiceFactory<Program> Create(Servers servers, TestIdentity identity) => new ServiceFactory<Program>(servers, identity)
        .WithDatabase<PaymentDbContext>("payment-db", options => new PaymentDbContext(options))
        .WithSetting("Bank:Providers:lab:Secret", Secret)
        .WithSetting("Bank:Providers:other:Secret", OtherSecret)
        .WithSetting("Bank:Providers:lists:Secret", ListSecret)
        .WithSetting("Bank:Providers:lists:Shape", "statement")
        .WithSetting($"Beneficiaries:Units:{UnitWithAccount}:Bin", "970405")
        .WithSetting($"Beneficiaries:Units:{UnitWithAccount}:Account", "8000201009999")
        .WithSetting($"Beneficiaries:Units:{UnitWithAccount}:Name", "UBND PHUONG")
        .WithSetting($"Beneficiaries:Units:{UnitWithTreasury}:Bin", "970405")
        .WithSetting($"Beneficiaries:Units:{UnitWithTreasury}:Account", "8000201007777")
        .WithSetting($"Beneficiaries:Units:{UnitWithTreasury}:Name", "UBND PHUONG")
        .WithSetting($"Beneficiaries:Units:{UnitWithTreasury}:Phi:Bin", "970415")
        .WithSetting($"Beneficiaries:Units:{UnitWithTreasury}:Phi:Account", "3511001")
        .WithSetting($"Beneficiaries:Units:{UnitWithTreasury}:Phi:Name", "TK PHI CHO NOP NS")
        .WithSetting($"Beneficiaries:Units:{UnitWithTreasury}:LePhi:Bin", "970415")
        .WithSetting($"Beneficiaries:Units:{UnitWithTreasury}:LePhi:Account", "3511002")
        .WithSetting($"Beneficiaries:Units:{UnitWithTreasury}:LePhi:Name", "TK LE PHI CHO NOP NS")
        .WithSetting($"Payments:Lifetimes:{ShortProcedure}", "00:30:00")
        // The sweep is run by the tests that are about it.
        .WithSetting("Payments:SweepInterval", "01:00:00")
        .WithSetting("Receipts:WatchInterval", "01:00:00")
        .WithSetting("Receipts:Retry", "00:00:00.100");

    internal Task<EventProbe> ListenAsync(params string[] exchanges) => EventProbe.ListenAsync(Service.Broker, exchanges);

    internal HttpClient Anybody() => Service.Client();

    internal HttpClient Citizen(Guid account) => Service.Client(Identity.Token(account));

    /// <summary>Somebody who acts for the owner, by a delegation or as a helper.</summary>
    internal (HttpClient Client, Guid Actor) Acting(Guid owner, TestRight right, bool assisted = false, Guid? unknown = null)
    {
        var (id, actor) = (unknown ?? Guid.CreateVersion7(), Guid.CreateVersion7());
        if (unknown is null)
            Authority.Rights[id] = right;
        return (Service.Client(assisted
            ? Identity.Token(owner, unit: Unit, channel: "assisted", actor: actor, assistedSession: id)
            : Identity.Token(owner, actor: actor, delegation: id)), actor);
    }

    internal HttpClient Official(string role, string? unit = Unit) => Service.Client(Identity.Token(roles: [role], unit: unit));

    /// <summary>Another service, a person, a partner or nobody asks by gRPC.</summary>
    internal HaLong.Payments.V1.FeeQuotes.FeeQuotesClient Quotes(string who = "service") => new(Service.Grpc(who switch
    {
        "service" => Identity.ServiceToken("dossier"),
        "person" => Identity.Token(),
        "partner" => Identity.PartnerToken(),
        _ => null,
    }));

    /// <summary>One person with several offices.</summary>
    internal HttpClient Official(Guid person, params string[] roles) => Service.Client(Identity.Token(person, roles: roles, unit: Unit));

    internal HttpClient Partner() => Service.Client(Identity.PartnerToken());

    internal Task<T> QueryAsync<T>(Func<PaymentDbContext, Task<T>> query) => Service.InScopeAsync(query);

    internal static DossierSubmitted Filed(Guid? dossier = null, Guid? owner = null, string unit = Unit, params long[] fees) => new(
        dossier ?? Guid.CreateVersion7(), "000.00.01.H49-261120-0001", 1, TimeProvider.System.GetUtcNow(), "1.013978", unit,
        owner ?? Guid.CreateVersion7(), Guid.CreateVersion7(), "online",
        [.. fees.Select((f, i) => new FeeItem(i % 2 == 0 ? "lePhi" : "phi", "Khoản thu " + (i + 1), f, true))]);

    /// <summary>A pending request, opened as in life by a filed dossier.</summary>
    internal async Task<PaymentRequest> PendingAsync(Guid? owner = null, long amount = 150_000, string unit = Unit)
    {
        var filed = Filed(owner: owner, unit: unit, fees: [amount]);
        await Service.PublishAsync(filed);
        return await Eventually.ValueAsync(() => OfDossierAsync(filed.DossierId), p => p is not null, "payment request") ?? throw new InvalidOperationException();
    }

    internal Task<PaymentRequest?> OfDossierAsync(Guid dossier) =>
        QueryAsync(db => db.Payments.AsNoTracking().AsSplitQuery().SingleOrDefaultAsync(p => p.DossierId == dossier));

    internal Task<PaymentRequest> ReloadAsync(PaymentRequest payment) =>
        QueryAsync(db => db.Payments.AsNoTracking().AsSplitQuery().SingleAsync(p => p.Id == payment.Id));

    internal Task<NoticeHandling?> HandlingAsync(string eventId, bool original = true) => QueryAsync(db =>
        (from n in db.Notices
         join h in db.Handlings on n.Id equals h.NoticeId
         where n.EventId == eventId && n.Original == original
         select h).AsNoTracking().SingleOrDefaultAsync());

    /// <summary>What became of a notice, once it is decided.</summary>
    internal async Task<NoticeHandling> DecidedAsync(string eventId) => await Eventually.ValueAsync(
        () => HandlingAsync(eventId), h => h is not null && h.State != NoticeState.Received, "decision about notice " + eventId)
        ?? throw new InvalidOperationException();

    /// <summary>The bank tells that a request was paid; everything can be told wrong.</summary>
    internal static string Body(
        PaymentRequest payment, string? eventId = null, long? amount = null, string? remittance = null, string? account = null, DateTimeOffset? bookedAt = null) =>
        JsonSerializer.Serialize(new
        {
            eventId = eventId ?? NewEventId(),
            amount = amount ?? payment.Amount,
            account = account ?? payment.Beneficiary.Account,
            bin = payment.Beneficiary.Bin,
            remittance = remittance ?? payment.Reference,
            bookedAt = bookedAt ?? TimeProvider.System.GetUtcNow(),
        });

    internal static string NewEventId() => "evt-" + Guid.CreateVersion7().ToString("N");

    internal Task<HttpResponseMessage> NotifyAsync(
        string body, string provider = "lab", string secret = Secret, TimeSpan? age = null, HttpClient? client = null)
    {
        var timestamp = (Time.GetUtcNow() - (age ?? TimeSpan.Zero)).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return PostNoticeAsync(body, provider, timestamp, BankSignature.Sign(secret, timestamp, Encoding.UTF8.GetBytes(body)), client);
    }

    internal async Task<HttpResponseMessage> PostNoticeAsync(
        string body, string provider, string? timestamp, string? signature, HttpClient? client = null, string mediaType = "application/json")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/hooks/bank/" + provider)
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) { Headers = { ContentType = new MediaTypeHeaderValue(mediaType) } },
        };
        if (timestamp is not null)
            request.Headers.TryAddWithoutValidation("X-Bank-Timestamp", timestamp);
        if (signature is not null)
            request.Headers.TryAddWithoutValidation("X-Bank-Signature", signature);
        return await (client ?? Anybody()).SendAsync(request);
    }

    internal static Task<HttpResponseMessage> AttemptAsync(
        HttpClient client, Guid payment, string? key = null, string? ifMatch = null, object? body = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/payments/{payment}/attempts") { Content = JsonContent.Create(body ?? new { method = "vietqr" }) };
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        if (ifMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        return client.SendAsync(request);
    }

    /// <summary>A settled request, paid as in life.</summary>
    internal async Task<PaymentRequest> SettledAsync(Guid? owner = null)
    {
        var payment = await PendingAsync(owner);
        var eventId = NewEventId();
        (await NotifyAsync(Body(payment, eventId))).EnsureSuccessStatusCode();
        Assert.Equal(NoticeState.Settled, (await DecidedAsync(eventId)).State);
        return await ReloadAsync(payment);
    }

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (factory is not null)
            await factory.DisposeAsync();
        await Authority.DisposeAsync();
        await Signer.DisposeAsync();
        if (identity is not null)
            await identity.DisposeAsync();
    }
}

/// <summary>What every refusal must look like.</summary>
internal static class ProblemAssert
{
    public static async Task IsProblemAsync(this HttpResponseMessage response, int status, string code)
    {
        var body = await response.Content.ReadAsStringAsync();
        Assert.True((int)response.StatusCode == status, $"Expected {status} but got {(int)response.StatusCode}: {body}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = JsonDocument.Parse(body).RootElement;
        Assert.Equal(code, problem.GetProperty("code").GetString());
        Assert.False(string.IsNullOrEmpty(problem.GetProperty("traceId").GetString()));
        Assert.False(string.IsNullOrEmpty(problem.GetProperty("title").GetString()));
    }

    public static async Task<JsonElement> JsonAsync(this HttpResponseMessage response, int status = 200)
    {
        var body = await response.Content.ReadAsStringAsync();
        Assert.True((int)response.StatusCode == status, $"Expected {status} but got {(int)response.StatusCode}: {body}");
        return JsonDocument.Parse(body).RootElement;
    }
}
