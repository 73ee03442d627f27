namespace HaLong.Notifications.Domain;

/// <summary>Something that may still be open, as far as this service has heard; see <see cref="Conditions"/>.</summary>
internal sealed class Demand
{
    /// <summary>The condition that it answers, e.g. unpaid:4f0c….</summary>
    public required string Key { get; init; }

    /// <summary>Null while only its end was heard of: facts come in any order.</summary>
    public DateTimeOffset? OpenedAt { get; init; }

    /// <summary>Paid, waived, completed, over.</summary>
    public DateTimeOffset? ClosedAt { get; init; }
}

/// <summary>What must still hold when a message leaves, as the word and the id that are kept with it.</summary>
internal static class Conditions
{
    private const string UnreadWord = "unread:";

    /// <summary>The dossier has not come to an end.</summary>
    public static string DossierOpen(Guid dossier) => $"dossier-open:{dossier:N}";

    /// <summary>The request is neither paid nor over.</summary>
    public static string Unpaid(Guid payment) => $"unpaid:{payment:N}";

    /// <summary>The applicant has not completed the dossier.</summary>
    public static string SupplementOpen(Guid dossier, int number) => $"supplement-open:{dossier:N}/{number}";

    /// <summary>The person has not read the message in the inbox.</summary>
    public static string Unread(Guid message) => $"{UnreadWord}{message:N}";

    /// <summary>The message of an unread-condition; null for another one.</summary>
    public static Guid? MessageOf(string condition) =>
        condition.StartsWith(UnreadWord, StringComparison.Ordinal) && Guid.TryParseExact(condition.AsSpan(UnreadWord.Length), "N", out var id) ? id : null;
}
