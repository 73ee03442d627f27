using HaLong.PartnerLab.Dials;
using Microsoft.Extensions.Options;

namespace HaLong.PartnerLab.PaymentPlatform;

/// <summary>Confirms what became of an order until it is taken, with the faults that the dials ask for.</summary>
internal sealed partial class Confirmer(
    OrderBook book, DialBoard dials, IHttpClientFactory clients, IOptions<PaymentPlatformOptions> options, TimeProvider clock, IHostApplicationLifetime lifetime,
    ILogger<Confirmer> logger)
{
    public const string Client = "payment-platform";

    /// <summary>Starts to confirm and returns: the payer does not wait for it.</summary>
    public void Start(PlatformOrder order) => _ = ConfirmAsync(order, lifetime.ApplicationStopping);

    private async Task ConfirmAsync(PlatformOrder order, CancellationToken ct)
    {
        try
        {
            if (options.Value.ConfirmUrl.Length == 0 || dials.Take("portal.drop", order.Number) is not null)
                return;
            if (dials.Take("portal.delay", order.Number) is { } delay)
                await Task.Delay(TimeSpan.FromMilliseconds(delay), clock, ct);
            var fault = (long)(dials.Take("portal.wrongAmount", order.Number) ?? 0);
            var message = PlatformMessage.About(order, options.Value, fault, dials.Take("portal.wrongSignature", order.Number) is not null);
            for (var copies = 1 + (dials.Take("portal.duplicate", order.Number) ?? 0); copies >= 1; copies--)
                await PostUntilTakenAsync(order.Number, message, ct);
            // The payer's first try, which failed, is told after the second, which paid.
            if (dials.Take("portal.reorder", order.Number) is not null)
            {
                var earlier = order with { State = PlatformOrder.Failed, Transaction = order.Transaction + "A" };
                await PostUntilTakenAsync(order.Number, PlatformMessage.About(earlier, options.Value, 0, forged: false), ct);
            }
        }
        catch (OperationCanceledException)
        {
            // The lab stops.
        }
    }

    private async Task PostUntilTakenAsync(string number, Dictionary<string, string> message, CancellationToken ct)
    {
        var delay = options.Value.FirstDelay;
        for (var attempt = 1; attempt <= options.Value.MaxAttempts; attempt++, delay *= 2)
        {
            var status = await PostAsync(message, ct);
            book.Confirmed(number, status);
            LogConfirmation(logger, number, attempt, status);
            if (status is >= 200 and < 500)
                return;
            await Task.Delay(delay, clock, ct);
        }
    }

    private async Task<int> PostAsync(Dictionary<string, string> message, CancellationToken ct)
    {
        try
        {
            using var client = clients.CreateClient(Client);
            client.Timeout = TimeSpan.FromSeconds(10);
            using var response = await client.PostAsJsonAsync(options.Value.ConfirmUrl, message, ct);
            return (int)response.StatusCode;
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return 0;
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Confirmation of order {Number}, attempt {Attempt}: {Status}")]
    private static partial void LogConfirmation(ILogger logger, string number, int attempt, int status);
}
