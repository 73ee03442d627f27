namespace HaLong.Notifications.Sending.Sms;

/// <summary>Why an SMS that was taken did not arrive: words of ours, whatever the provider says, so that none of its text comes into rows and logs.</summary>
internal static class SmsFailures
{
    private static readonly HashSet<string> NobodyThere = new(["unknownSubscriber", "invalidNumber", "deactivated"], StringComparer.OrdinalIgnoreCase);

    private static readonly HashSet<string> Others = new(
        ["absent", "memoryFull", "blocked", "expired", "filtered", "rejected", "network"], StringComparer.OrdinalIgnoreCase);

    /// <summary>The word, and whether nobody is reached at that number.</summary>
    public static (string Reason, bool BadAddress) Of(string? told) => told switch
    {
        not null when NobodyThere.TryGetValue(told, out var word) => (word, true),
        not null when Others.TryGetValue(told, out var word) => (word, false),
        _ => ("undelivered", false),
    };
}
