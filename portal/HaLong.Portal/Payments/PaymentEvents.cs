using System.Net;
using System.Runtime.CompilerServices;
using HaLong.Portal.Api;

namespace HaLong.Portal.Payments;

/// <summary>
/// <c>/payments/{id}/events</c>: the state of a payment as server-sent events, so that "paid" is there when the money is. The API has no stream of its own:
/// it is asked again and again, for as long as a proxy lets an answer last; the browser comes back for more.
/// </summary>
internal static class PaymentEvents
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(2), Longest = TimeSpan.FromSeconds(24);

    public static async Task<IResult> GetAsync(Guid id, ApiClient api, TimeProvider time, IHostApplicationLifetime host, CancellationToken ct)
    {
        var first = await api.GetAsync<Payment>($"payments/{id}", ct);
        return first switch
        {
            { Value: { } payment } => TypedResults.ServerSentEvents(WatchAsync(id, payment.Status, api, time, host, ct), "state"),
            // Neither of them gets better by asking again: the browser gives up.
            { Status: HttpStatusCode.Unauthorized or HttpStatusCode.NotFound or HttpStatusCode.Forbidden } => TypedResults.StatusCode((int)first.Status),
            _ => TypedResults.ServerSentEvents(WatchAsync(id, null, api, time, host, ct), "state"),
        };
    }

    private static async IAsyncEnumerable<string> WatchAsync(
        Guid id, string? told, ApiClient api, TimeProvider time, IHostApplicationLifetime host, [EnumeratorCancellation] CancellationToken ct)
    {
        if (told is not null)
            yield return told;
        for (var waited = Look; waited <= Longest && IsAwaited(told) && !host.ApplicationStopping.IsCancellationRequested; waited += Look)
        {
            await Task.Delay(Look, time, ct);
            // What cannot be read at the moment is no news.
            if ((await api.GetAsync<Payment>($"payments/{id}", ct)).Value?.Status is { } status && status != told)
                yield return told = status;
        }
    }

    private static bool IsAwaited(string? status) => status is null or "created" or "pending" or "processing" or "unknown";
}
