namespace HaLong.Payments.Ledger;

/// <summary>One booking: lines that add up to nothing. Never changed and never deleted; a database trigger watches over both.</summary>
internal sealed class JournalEntry
{
    private readonly List<JournalLine> lines = [];

    public Guid Id { get; init; }

    /// <summary>Why it was booked: one of <see cref="EntryKind"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>What it was booked for, under its kind once: a notice, a case, a refund, a shift.</summary>
    public Guid SourceId { get; init; }

    /// <summary>The payment request, where it is about one.</summary>
    public Guid? PaymentId { get; init; }

    /// <summary>The collecting agency; null when nobody knows.</summary>
    public string? UnitCode { get; init; }

    /// <summary>Local day on which it was booked: days that are closed take nothing more.</summary>
    public DateOnly BookedOn { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public IReadOnlyList<JournalLine> Lines => lines;

    public JournalEntry Debit(string account, long amount) => Add(account, amount);

    public JournalEntry Credit(string account, long amount) => Add(account, -amount);

    /// <summary>True when the lines add up to nothing and something was booked.</summary>
    public bool IsBalanced => lines.Count >= 2 && lines.Sum(l => (decimal)l.Amount) == 0;

    private JournalEntry Add(string account, long amount)
    {
        if (amount != 0)
            lines.Add(new JournalLine(lines.Count + 1, account, amount));
        return this;
    }
}

/// <summary>One line of a booking.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Account">Code of the account, see <see cref="LedgerAccount"/>.</param>
/// <param name="Amount">Đồng: positive is a debit, negative a credit, never nothing.</param>
internal sealed record JournalLine(int Line, string Account, long Amount);

/// <summary>Why something is booked.</summary>
internal static class EntryKind
{
    /// <summary>A notice paid a request.</summary>
    public const string Settlement = "settlement";

    /// <summary>Money came that pays nothing by itself.</summary>
    public const string Unmatched = "unmatched";

    /// <summary>A part is held for a request.</summary>
    public const string Holding = "holding";

    /// <summary>A part that was held is promised back: the rest never came.</summary>
    public const string Release = "release";

    /// <summary>An official accepted money for a request.</summary>
    public const string Acceptance = "acceptance";

    /// <summary>Two persons promised money back.</summary>
    public const string RefundApproval = "refundApproval";

    /// <summary>Money was paid back.</summary>
    public const string Payout = "payout";

    /// <summary>Cash was taken at the counter.</summary>
    public const string Cash = "cash";

    /// <summary>Cash of a shift was brought to the bank.</summary>
    public const string Deposit = "deposit";

    /// <summary>The bank has the cash that was brought to it.</summary>
    public const string DepositArrival = "depositArrival";

    /// <summary>Change money was put into a till.</summary>
    public const string Float = "float";

    /// <summary>A shift was closed: what was over or short, and change that goes back.</summary>
    public const string TillClose = "tillClose";

    /// <summary>A correction of an earlier booking, with its own lines.</summary>
    public const string Correction = "correction";
}
