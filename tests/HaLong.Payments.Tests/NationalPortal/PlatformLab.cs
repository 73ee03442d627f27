extern alias lab;

using System.Net.Http.Json;
using System.Text.Json;
using HaLong.TestSupport;
using lab::HaLong.PartnerLab;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace HaLong.Payments.Tests.NationalPortal;

/// <summary>PartnerLab on a real port: both banks and the national payment platform, which tell the service what happens.</summary>
internal sealed class PlatformLab : IAsyncDisposable
{
    public const string Partner = "HALONG";
    public const string Secret = "halong-at-the-platform";
    private readonly WebApplication app;

    private PlatformLab(WebApplication app)
    {
        this.app = app;
        Http = new HttpClient { BaseAddress = new Uri(Url) };
    }

    public HttpClient Http { get; }

    public string Url => app.Urls.First();

    public static async Task<PlatformLab> StartAsync(TimeProvider time, Func<HttpClient> service)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Development", ApplicationName = "HaLong.PartnerLab" });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Bank:NotifyUrl"] = "http://service/hooks/bank/lab",
            ["Bank:Secret"] = PaymentFixture.Secret,
            ["Bank:StatementUrl"] = "http://service/hooks/bank/lists",
            ["Bank:StatementSecret"] = PaymentFixture.ListSecret,
            ["PaymentPlatform:ConfirmUrl"] = "http://service/hooks/portal-payment",
            ["PaymentPlatform:FirstDelay"] = "00:00:00.020",
        });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(time);
        builder.AddPartnerLab();
        foreach (var client in new[] { "bank", "payment-platform" })
            builder.Services.AddHttpClient(client).ConfigurePrimaryHttpMessageHandler(() => new ToService(service));
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.MapPartnerLab();
        await app.StartAsync();
        return new PlatformLab(app);
    }

    /// <summary>Turns a fault on, for one use unless told otherwise; of one order, where others are asked about as well.</summary>
    public async Task DialAsync(string name, double value = 1, int? times = 1, string? of = null) =>
        (await Http.PutAsJsonAsync($"/dials/portal.{name}", new { value, times, target = of })).EnsureSuccessStatusCode().Dispose();

    public async Task ClearAsync() => (await Http.DeleteAsync(new Uri("/dials", UriKind.Relative))).Dispose();

    /// <summary>The payer pays at the platform, or gives up.</summary>
    public async Task EndAsync(string order, bool pays = true) =>
        (await Http.PostAsJsonAsync($"/payment-platform/orders/{order}/outcome", new { pays })).EnsureSuccessStatusCode().Dispose();

    public async Task<JsonElement?> OrderAsync(string order)
    {
        using var response = await Http.GetAsync(new Uri("/payment-platform/orders/" + order, UriKind.Relative));
        return response.IsSuccessStatusCode ? await response.Content.ReadFromJsonAsync<JsonElement>() : null;
    }

    /// <summary>Waits until confirmations were answered, and returns how.</summary>
    public async Task<int[]> ConfirmedAsync(string order, int expected = 1)
    {
        var told = await Eventually.ValueAsync(() => OrderAsync(order), o => o?.GetProperty("confirmations").GetArrayLength() >= expected, "confirmation of " + order);
        return [.. told!.Value.GetProperty("confirmations").EnumerateArray().Select(s => s.GetInt32())];
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await app.DisposeAsync();
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
