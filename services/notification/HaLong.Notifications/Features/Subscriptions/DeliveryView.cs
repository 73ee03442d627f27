using HaLong.Notifications.Domain;
using HaLong.Notifications.Webhooks;

namespace HaLong.Notifications.Features.Subscriptions;

/// <summary>One attempt: what was sent where, how it was answered, how long it took. What the receiver wrote in its answer is nobody's business here.</summary>
/// <param name="Number">From 1, through all replays.</param>
/// <param name="At">When.</param>
/// <param name="Status">Of the answer.</param>
/// <param name="DurationMs">Until the head of the answer.</param>
/// <param name="Error">A word, where there was no answer.</param>
/// <param name="Url">Where to.</param>
/// <param name="Headers">What it carried, without values that are secret.</param>
/// <param name="DnsMs">Resolving the name, where a new connection was made.</param>
/// <param name="ConnectMs">Connecting, where a new connection was made.</param>
internal sealed record AttemptView(
    int Number, DateTimeOffset At, int? Status, int DurationMs, string? Error, string? Url, IReadOnlyDictionary<string, string> Headers, int? DnsMs, int? ConnectMs)
{
    private const string Hidden = "•••";

    public static AttemptView Of(DeliveryAttempt a, Guid eventId)
    {
        var headers = new Dictionary<string, string>
        {
            ["content-type"] = "application/cloudevents+json; charset=utf-8",
            [WebhookSignature.IdHeader] = eventId.ToString(),
            [WebhookSignature.TimestampHeader] = a.At.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture),
            [WebhookSignature.SignatureHeader] = string.Join(' ', Enumerable.Repeat("v1," + Hidden, a.Signatures)),
        };
        foreach (var name in a.HeaderNames)
            headers[name] = Hidden;
        return new AttemptView(a.Number, a.At, a.Status, a.DurationMs, a.Error, a.Url, headers, a.DnsMs, a.ConnectMs);
    }
}

/// <summary>One event on its way to the subscription, with every attempt.</summary>
internal sealed record DeliveryView(
    Guid EventId, string Type, Guid DossierId, long Sequence, DeliveryState State, int Attempts, DateTimeOffset? NextAttemptAt, DateTimeOffset CreatedAt,
    DateTimeOffset? DeliveredAt, DateTimeOffset? ReplayedAt, IReadOnlyList<AttemptView> Log)
{
    public static DeliveryView Of(Delivery d) => new(
        d.EventId, d.Event.Type, d.DossierId, d.Event.Sequence, d.State, d.Attempts, d.State == DeliveryState.Pending ? d.DueAt : null, d.CreatedAt, d.DeliveredAt,
        d.ReplayedAt, [.. d.Log.OrderBy(a => a.Number).Select(a => AttemptView.Of(a, d.EventId))]);
}
