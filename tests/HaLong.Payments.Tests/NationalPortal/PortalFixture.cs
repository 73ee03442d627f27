using System.Text.Json;
using HaLong.Payments.Domain;
using HaLong.Payments.Features;
using HaLong.Payments.NationalPortal;
using HaLong.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace HaLong.Payments.Tests.NationalPortal;

[CollectionDefinition(nameof(PortalTests))]
public sealed class PortalTests : ICollectionFixture<PortalFixture>;

/// <summary>The payment service with the national payment platform beside it.</summary>
public sealed class PortalFixture(Servers servers) : PaymentFixture(servers)
{
    public static readonly TimeSpan QueryAfter = TimeSpan.FromMinutes(15);
    public static readonly TimeSpan OrderLifetime = TimeSpan.FromHours(1);

    internal PlatformLab Lab { get; private set; } = null!; // Set before the service starts.

    private protected override async Task PrepareAsync(ServiceFactory<Program> service)
    {
        Lab = await PlatformLab.StartAsync(Time, Anybody);
        service.WithSetting("NationalPortal:Url", Lab.Url)
            .WithSetting("NationalPortal:Path", "/payment-platform/messages")
            .WithSetting("NationalPortal:Partner", PlatformLab.Partner)
            .WithSetting("NationalPortal:Secret", PlatformLab.Secret)
            .WithSetting("NationalPortal:Token", "halong-token")
            .WithSetting("NationalPortal:Timeout", "00:00:02");
    }

    internal static readonly object ByPortal = new { method = "portal" };

    /// <summary>The owner sets out to pay at the platform; the answer of the operation.</summary>
    internal Task<HttpResponseMessage> SetOutAsync(PaymentRequest payment, string? key = null) =>
        AttemptAsync(Citizen(payment.OwnerId), payment.Id, key, body: ByPortal);

    /// <summary>A request that the platform has taken over, and its order number.</summary>
    internal async Task<(PaymentRequest Payment, string Order)> ProcessingAsync(long amount = 150_000)
    {
        var payment = await PendingAsync(amount: amount);
        var attempt = await (await SetOutAsync(payment)).JsonAsync(201);
        Assert.StartsWith(Lab.Url, attempt.GetProperty("redirectUrl").GetString(), StringComparison.Ordinal);
        payment = await ReloadAsync(payment);
        Assert.Equal(PaymentState.Processing, payment.State);
        return (payment, payment.Attempts[^1].OrderNumber!);
    }

    /// <summary>Time passes, then the platform is asked.</summary>
    internal Task AskAfterAsync(TimeSpan time)
    {
        Time.Advance(time);
        return AskAsync();
    }

    internal Task AskAsync() => Service.Services.GetRequiredService<PortalSweep>().RunAsync(TestContext.Current.CancellationToken);

    internal Task SweepAsync() => Service.Services.GetRequiredService<PaymentSweep>().RunAsync(TestContext.Current.CancellationToken);

    internal async Task<PaymentRequest> InStateAsync(PaymentRequest payment, PaymentState state) =>
        await Eventually.ValueAsync(() => ReloadAsync(payment), p => p.State == state, $"request that is {state}");

    internal async Task<JsonElement> SeenAsync(PaymentRequest payment, string language = "vi")
    {
        using var client = Citizen(payment.OwnerId);
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);
        return await (await client.GetAsync(new Uri($"/api/v1/payments/{payment.Id}", UriKind.Relative))).JsonAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await Lab.DisposeAsync();
        await base.DisposeAsync();
    }
}
