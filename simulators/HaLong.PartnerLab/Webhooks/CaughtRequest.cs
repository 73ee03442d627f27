namespace HaLong.PartnerLab.Webhooks;

/// <summary>One request as it arrived.</summary>
/// <param name="Number">Arrival order over all names, from 1.</param>
/// <param name="Name">Which receiver.</param>
/// <param name="ReceivedAt">When, UTC.</param>
/// <param name="Headers">Every header, names in lower case, repeated values joined by a comma.</param>
/// <param name="Body">The body as sent, read as UTF-8.</param>
/// <param name="BodyBase64">The body's bytes.</param>
/// <param name="Status">What was answered.</param>
internal sealed record CaughtRequest(
    long Number, string Name, DateTimeOffset ReceivedAt, IReadOnlyDictionary<string, string> Headers, string Body, string BodyBase64, int Status);
