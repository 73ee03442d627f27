namespace HaLong.Signatures.Domain.Sessions;

/// <summary>When signers are reminded: at half time, and a day before the deadline.</summary>
internal static class Reminders
{
    private static readonly TimeSpan LastDay = TimeSpan.FromHours(24);

    /// <summary>Below this nobody forgets.</summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromHours(2);

    /// <param name="created">When the session was made.</param>
    /// <param name="deadline">When it ends.</param>
    /// <param name="after">Reminders up to this moment are over.</param>
    /// <returns>Null when there is none any more.</returns>
    public static DateTimeOffset? Next(DateTimeOffset created, DateTimeOffset deadline, DateTimeOffset after)
    {
        if (deadline - created < Shortest)
            return null;
        DateTimeOffset[] times = [created + ((deadline - created) / 2), deadline - LastDay];
        return times.Where(t => t > created && t > after).Order().Select(t => (DateTimeOffset?)t).FirstOrDefault();
    }
}
