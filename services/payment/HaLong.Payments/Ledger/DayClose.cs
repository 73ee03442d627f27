namespace HaLong.Payments.Ledger;

/// <summary>A day of the ledger that is closed: nothing is booked on it, or on a day before it, any more.</summary>
internal sealed class DayClose
{
    /// <summary>Local day.</summary>
    public DateOnly Day { get; init; }

    /// <summary>Bookings of the days since the close before.</summary>
    public int Entries { get; init; }

    /// <summary>Sum of their debits, đồng.</summary>
    public long Turnover { get; init; }

    /// <summary>SHA-256 over the close before, the day and every balance: whoever changes an old one changes all that follow.</summary>
    public required string Hash { get; init; }

    public DateTimeOffset ClosedAt { get; init; }

    /// <summary>Who closed it; null when the platform did by itself.</summary>
    public Guid? ClosedBy { get; init; }
}

/// <summary>What an account had at the end of a closed day.</summary>
internal sealed class DayBalance
{
    public DateOnly Day { get; init; }
    public required string Account { get; init; }

    /// <summary>Before the day, đồng; positive is a debit.</summary>
    public long Opening { get; init; }

    public long Debit { get; init; }
    public long Credit { get; init; }

    /// <summary>After the day.</summary>
    public long Closing { get; init; }
}
