using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using HaLong.ServiceDefaults;
using HaLong.Signatures.Cryptography;
using HaLong.Signatures.Features.Credentials;
using HaLong.Signatures.Persistence;
using HaLong.Signatures.Providers;
using HaLong.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace HaLong.Signatures.Tests.Tools;

/// <summary>The service with people who sign: one host for all tests about credentials, each with people of its own.</summary>
public sealed class CredentialFixture(Servers servers) : IAsyncLifetime
{
    public const string Own = "/api/v1/me/credentials";
    public const string Managed = "/api/v1/admin/credentials";
    public const string Pin = "482913";
    public const string Unit = "06658";

    private TestIdentity? tokens;
    private FakeIdentity? people;
    private ServiceFactory<Program>? factory;

    internal ShiftedTime Time { get; } = new();

    internal LogLines Logs { get; } = new();

    internal TestIdentity Tokens => tokens ?? throw new InvalidOperationException("Not started.");

    internal FakeIdentity People => people ?? throw new InvalidOperationException("Not started.");

    internal ServiceFactory<Program> Service => factory ?? throw new InvalidOperationException("Not started.");

    internal ISigningProvider Provider => Service.Services.GetServices<ISigningProvider>().Single(p => p.Name == "built-in");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        (tokens, people) = (await TestIdentity.StartAsync(), await FakeIdentity.StartAsync());
        people.Now = Time.GetUtcNow;
        factory = await SignatureFixture.Create(servers, tokens)
            .WithSetting("services:identity:grpc:0", people.Url)
            .WithSetting("Credentials:PinIterations", "1000")
            // Swept when a test says so.
            .WithSetting("Credentials:SweepSeconds", "86400")
            .WithServices(s => s.AddSingleton<TimeProvider>(Time).AddSingleton<ILoggerProvider>(Logs)).StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Service.DisposeAsync();
        await People.DisposeAsync();
        await Tokens.DisposeAsync();
    }

    internal HttpClient As(Guid account, bool strong = true, int assurance = 1, string role = Roles.Citizen, string? unit = null,
        string scope = Policies.ApiScope,
        Guid? actor = null, Guid? delegation = null, Guid? assisted = null) =>
        Service.Client(Tokens.Token(account, [role], unit, scope, actor: actor, assurance: assurance, strong: strong, delegation: delegation,
            assistedSession: assisted));

    internal static async Task<Answer> SendAsync(HttpClient client, HttpMethod method, string path, object? body = null, string? key = null,
        string? match = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        if (match is not null)
            request.Headers.IfMatch.Add(EntityTagHeaderValue.Parse(match));
        using var answer = await client.SendAsync(request, Ct);
        var text = await answer.Content.ReadAsStringAsync(Ct);
        return new Answer(answer.StatusCode, text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text), answer.Headers.ETag?.ToString(),
            answer.Headers.RetryAfter?.Delta);
    }

    internal static Task<Answer> PostAsync(HttpClient client, string path, object? body = null, string? key = null, string? match = null) =>
        SendAsync(client, HttpMethod.Post, path, body ?? new { }, key, match);

    internal static Task<Answer> GetAsync(HttpClient client, string path) => SendAsync(client, HttpMethod.Get, path);

    /// <summary>A citizen of level 2 with a credential for a year.</summary>
    internal async Task<(Guid Account, Guid Credential)> SignerAsync(string pin = Pin)
    {
        var account = People.Person();
        using var client = As(account);
        var id = (await PostAsync(client, Own, new { term = "long" })).Expect(HttpStatusCode.Created).Id;
        (await PostAsync(client, $"{Own}/{id}/pin", new { newPin = pin })).Expect(HttpStatusCode.OK);
        return (account, id);
    }

    /// <summary>An officer of the unit with a credential, and who approved it.</summary>
    internal async Task<(Guid Account, Guid Credential, Guid Leader)> OfficerAsync(string unit = Unit, string until = "")
    {
        var (account, leader) = (People.Official(unit, Roles.Officer, until), People.Official(unit, Roles.Leader));
        using var client = As(account, role: Roles.Officer, unit: unit);
        using var manager = As(leader, role: Roles.Leader, unit: unit);
        var id = (await PostAsync(client, Own, new { term = "long", role = Roles.Officer })).Expect(HttpStatusCode.Created).Id;
        (await PostAsync(manager, $"{Managed}/{id}/approval", new { note = "Đúng người" })).Expect(HttpStatusCode.OK);
        (await PostAsync(client, $"{Own}/{id}/pin", new { newPin = Pin })).Expect(HttpStatusCode.OK);
        return (account, id, leader);
    }

    internal static byte[][] Hashes(int count = 1) => [.. Enumerable.Range(0, count).Select(_ => RandomNumberGenerator.GetBytes(32))];

    internal static HashOrder Order(Guid account, Guid credential, params byte[][] hashes) => new(Guid.CreateVersion7(), new SignerIdentity(account),
        credential.ToString(), SignatureAlgorithm.EcdsaSha256, hashes, [.. hashes.Select(_ => "Đơn")]);

    internal async Task<Result<HashOutcome>> SignAsync(HashOrder order, string pin = Pin, string? code = null)
    {
        (await Provider.BeginAsync(order, Ct)).Succeeded();
        return await Provider.SignAsync(order, new SignerProof(pin, code ?? People.CodeOf(order.Id)), Ct);
    }

    internal async Task<X509Certificate2> CertificateAsync(Guid account, Guid credential) =>
        (await Provider.ListAsync(new SignerIdentity(account), Ct)).Succeeded().Single(c => c.Id == credential.ToString()).Chain[0];

    internal Task SweepAsync() => Service.Services.GetRequiredService<CredentialSweep>().RunAsync(Ct);

    internal Task<T> QueryAsync<T>(Func<SignatureDbContext, Task<T>> query) => Service.InScopeAsync(query);
}

/// <summary>Tests about credentials share a host and run one after the other, because they share its clock.</summary>
[CollectionDefinition(Name)]
public sealed class CredentialTests : ICollectionFixture<CredentialFixture>
{
    public const string Name = "credentials";
}

/// <summary>What was answered.</summary>
internal sealed record Answer(HttpStatusCode Status, JsonElement Body, string? Etag, TimeSpan? RetryAfter)
{
    public Guid Id => Body.GetProperty("id").GetGuid();

    public string this[string name] => Body.GetProperty(name).ToString();

    public IReadOnlyList<JsonElement> Items => [.. Body.GetProperty("items").EnumerateArray()];

    public Answer Expect(HttpStatusCode status)
    {
        Assert.True(Status == status, $"{(int)Status} instead of {(int)status}: {Body}");
        return this;
    }

    public Answer Refused(HttpStatusCode status, string code)
    {
        Expect(status);
        Assert.Equal(code, this["code"]);
        return this;
    }
}

internal static class ResultChecks
{
    public static T Succeeded<T>(this Result<T> result)
    {
        Assert.True(result.IsSuccess, result.IsSuccess ? "" : result.Error.Code);
        return result.Value;
    }

    public static Error Refused<T>(this Result<T> result, Error error)
    {
        Assert.False(result.IsSuccess);
        Assert.Equal(error.Code, result.Error.Code);
        return result.Error;
    }

    public static Error Refused(this Result result, Error error)
    {
        Assert.False(result.IsSuccess);
        Assert.Equal(error.Code, result.Error.Code);
        return result.Error;
    }
}

/// <summary>Every line that was logged, down to debugging.</summary>
internal sealed class LogLines : ILoggerProvider, ILogger
{
    public ConcurrentQueue<string> Lines { get; } = [];

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Enqueue(formatter(state, exception) + exception);

    public void Dispose()
    {
    }
}
