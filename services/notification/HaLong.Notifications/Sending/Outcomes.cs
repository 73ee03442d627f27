namespace HaLong.Notifications.Sending;

/// <summary>The words that stand in attempts for what providers said.</summary>
internal static class Outcomes
{
    public const string Accepted = "accepted", Refused = "refused", Later = "later", Unknown = "unknown";

    /// <summary>Of an attempt whose answer was lost, as its provider said afterwards.</summary>
    public const string Lost = "lost", NotTaken = "notTaken", CannotTell = "cannotTell";

    public static string Of(ProviderAnswer answer) => answer switch
    {
        ProviderAnswer.Accepted => Accepted,
        ProviderAnswer.Refused => Refused,
        ProviderAnswer.Later => Later,
        _ => Unknown,
    };

    public static string? ReasonOf(ProviderAnswer answer) => answer switch
    {
        ProviderAnswer.Refused refused => refused.Reason,
        ProviderAnswer.Later later => later.Reason,
        ProviderAnswer.Unknown unknown => unknown.Reason,
        _ => null,
    };
}
