extern alias lab;

using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using HaLong.Signatures.Cryptography;
using HaLong.Signatures.Persistence;
using HaLong.Signatures.Providers;
using HaLong.Signatures.Providers.Orders;
using HaLong.Signatures.Tests.Tools;
using HaLong.Signatures.Tests.Validation;
using HaLong.TestSupport;
using lab::HaLong.PartnerLab;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace HaLong.Signatures.Tests.Providers;

[CollectionDefinition(Name)]
public sealed class ProviderGroup : ICollectionFixture<ProviderFixture>
{
    public const string Name = "signing providers";
}

/// <summary>The service with the simulated providers on a real port; one of each for all tests of the collection, which run one after another.</summary>
public sealed class ProviderFixture(Servers servers) : IAsyncLifetime
{
    public const string Hanh = "022185000123";
    public const string Minh = "022085000124";
    internal const string HookSecret = "a secret of both sides";
    internal const string CscSecret = "csc-secret";
    internal const string SpPassword = "sp-password-never-logged";

    private readonly Judge files = new();
    private TestIdentity? identity;
    private WebApplication? app;
    private ServiceFactory<Program>? factory;
    private HttpClient? http;

    internal ShiftedTime Time { get; } = new();

    internal CapturedLogs Logs { get; } = new();

    internal TestOfficers Officers { get; } = new();

    /// <summary>On the list too, but not for public service.</summary>
    internal TestOfficers Public { get; } = new();

    internal ServiceFactory<Program> Service => factory ?? throw new InvalidOperationException("Not started.");

    internal TestIdentity Identity => identity ?? throw new InvalidOperationException("Not started.");

    internal HttpClient Lab => http ?? throw new InvalidOperationException("Not started.");

    internal OrderSweep Sweep => Service.Services.GetRequiredService<OrderSweep>();

    public async ValueTask InitializeAsync()
    {
        identity = await TestIdentity.StartAsync();
        app = await StartLabAsync();
        http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        factory = await SignatureFixture.Create(servers, identity)
            .WithSetting("Providers:Csc:lab:Url", app.Urls.First()).WithSetting("Providers:Csc:lab:ClientId", "halong").WithSetting("Providers:Csc:lab:ClientSecret", CscSecret)
            .WithSetting("Providers:Csc:away:Url", "http://127.0.0.1:9").WithSetting("Providers:Csc:away:ServiceToken", "x")
            .WithSetting("Providers:Csc:stranger:Url", app.Urls.First()).WithSetting("Providers:Csc:stranger:ServiceToken", "not a token")
            .WithSetting("Providers:Csc:lab:TimeoutSeconds", "60")
            .WithSetting("Providers:SmartCa:Url", app.Urls.First()).WithSetting("Providers:SmartCa:Path", "/sca/sp769").WithSetting("Providers:SmartCa:SpId", "halong")
            .WithSetting("Providers:SmartCa:SpPassword", SpPassword).WithSetting("Providers:SmartCa:HookSecret", HookSecret).WithSetting("Providers:SmartCa:TimeoutSeconds", "60")
            .WithSetting("Validation:TrustListPath", files.Save("roots.json", TrustListTests.Json(TrustListTests.Entry(Officers.Root, "cipher"),
                TrustListTests.Entry(Public.Root, "public"))))
            .WithServices(s => s.AddSingleton<TimeProvider>(Time).AddSingleton<ILoggerProvider>(Logs)).StartAsync();
    }

    private async Task<WebApplication> StartLabAsync()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Development", ApplicationName = "HaLong.PartnerLab" });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Bank:NotifyUrl"] = "http://127.0.0.1:9/hooks/bank/lab",
            ["Bank:Secret"] = "a-shared-secret",
            ["Signing:CscClientSecret"] = CscSecret,
            ["Signing:SmartCaSpPassword"] = SpPassword,
            ["Signing:HookUrl"] = "http://service/hooks/signing/smartca",
            ["Signing:HookSecret"] = HookSecret,
        });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<TimeProvider>(Time);
        builder.AddPartnerLab();
        builder.Services.AddHttpClient("smartca-hook").ConfigurePrimaryHttpMessageHandler(() => new ToService(() => Service.Client()));
        builder.Logging.ClearProviders();
        var started = builder.Build();
        started.MapPartnerLab();
        await started.StartAsync();
        return started;
    }

    internal ISigningProvider Provider(string name) => Service.Services.GetServices<ISigningProvider>().Single(p => p.Name == name);

    /// <summary>Turns a fault on, for one use unless told otherwise.</summary>
    internal async Task DialAsync(string name, int? times = 1, double value = 1) =>
        (await Lab.PutAsJsonAsync("/dials/" + name, new { value, times })).EnsureSuccessStatusCode().Dispose();

    internal async Task DialsOffAsync() => (await Lab.DeleteAsync(new Uri("/dials", UriKind.Relative))).Dispose();

    /// <summary>As before the first test.</summary>
    internal async Task ClearAsync()
    {
        await DialsOffAsync();
        (await Lab.DeleteAsync(new Uri("/signing/csc/locks", UriKind.Relative))).Dispose();
        // What an earlier test left waiting must not use up the faults of this one.
        await Service.InScopeAsync<SignatureDbContext, int>(db => db.Database.ExecuteSqlAsync($"UPDATE provider_order SET ask_at = NULL WHERE ask_at IS NOT NULL"));
        Time.Shift = TimeSpan.Zero;
    }

    /// <summary>An order of some hashes with the person's first credential.</summary>
    internal async Task<HashOrder> OrderAsync(string provider, string user, int hashes = 1)
    {
        var signer = new SignerIdentity(Guid.CreateVersion7(), user);
        var credential = (await Provider(provider).ListAsync(signer, TestContext.Current.CancellationToken)).Value[0];
        return Order(signer, credential.Id, credential.Algorithm, hashes);
    }

    internal static HashOrder Order(SignerIdentity signer, string credential, SignatureAlgorithm algorithm, int hashes = 1) =>
        new(Guid.CreateVersion7(), signer, credential, algorithm, [.. Enumerable.Range(0, hashes).Select(_ => RandomNumberGenerator.GetBytes(32))],
            [.. Enumerable.Range(1, hashes).Select(i => "Tài liệu " + i)]);

    internal Task<ProviderOrder> RowAsync(Guid id) =>
        Service.InScopeAsync<SignatureDbContext, ProviderOrder>(db => db.ProviderOrders.AsNoTracking().SingleAsync(o => o.Id == id));

    /// <summary>What the person does on the telephone; how the service answered the notices.</summary>
    internal async Task<int[]> AnswerAsync(string tranCode, string answer = "confirm")
    {
        using var response = await Lab.PostAsJsonAsync($"/signing/smartca/orders/{tranCode}/answer", new { answer });
        var order = await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();
        return [.. order.GetProperty("told").EnumerateArray().Select(t => t.GetInt32())];
    }

    /// <summary>The order at the gateway, by our id.</summary>
    internal async Task<JsonElement> AtGatewayAsync(Guid order) => (await Lab.GetFromJsonAsync<JsonElement>("/signing/smartca/orders")).EnumerateArray()
        .Single(o => o.GetProperty("transactionId").GetString() == order.ToString("N"));

    internal async Task<string> CodeAsync(string credential) =>
        (await Lab.GetFromJsonAsync<JsonElement>("/signing/csc/codes/" + credential)).GetProperty("code").GetString()!;

    public async ValueTask DisposeAsync()
    {
        http?.Dispose();
        if (app is not null)
            await app.DisposeAsync();
        if (factory is not null)
            await factory.DisposeAsync();
        if (identity is not null)
            await identity.DisposeAsync();
        Officers.Dispose();
        Public.Dispose();
        files.Dispose();
    }

    /// <summary>What the lab sends goes to the service in the test process.</summary>
    private sealed class ToService(Func<HttpClient> service) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            using var copy = new HttpRequestMessage(request.Method, request.RequestUri!.PathAndQuery) { Content = request.Content };
            foreach (var (name, values) in request.Headers)
                copy.Headers.TryAddWithoutValidation(name, values);
            using var client = service();
            return await client.SendAsync(copy, cancellationToken);
        }
    }
}
