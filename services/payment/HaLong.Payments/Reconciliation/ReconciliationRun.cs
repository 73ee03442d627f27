namespace HaLong.Payments.Reconciliation;

/// <summary>What comparing the three sides says about one movement of money.</summary>
internal enum ReconciliationResult
{
    /// <summary>All sides say the same.</summary>
    Matched,

    /// <summary>Bank or provider has it, our books do not.</summary>
    MissingAtUs,

    /// <summary>We have it, and the report that the provider gave for the day does not.</summary>
    MissingAtProvider,

    /// <summary>We have it, and no statement that we have shows it.</summary>
    MissingAtBank,

    /// <summary>The sides name different amounts.</summary>
    AmountDiff,

    /// <summary>It came for what was paid already.</summary>
    Duplicate,
}

/// <summary>The answer for a day: kept as it is. Other inputs give the next version.</summary>
internal sealed class ReconciliationRun
{
    public Guid Id { get; init; }

    /// <summary>Local day.</summary>
    public DateOnly Day { get; init; }

    /// <summary>From 1.</summary>
    public int Version { get; init; }

    /// <summary>SHA-256 over everything that was compared.</summary>
    public required string InputHash { get; init; }

    /// <summary>SHA-256 over all lines.</summary>
    public required string AnswerHash { get; init; }

    public int Matched { get; init; }
    public int MissingAtUs { get; init; }
    public int MissingAtProvider { get; init; }
    public int MissingAtBank { get; init; }
    public int AmountDiff { get; init; }
    public int Duplicate { get; init; }

    /// <summary>Sums of what each side has, đồng; debits negative.</summary>
    public long Ours { get; init; }
    public long Provider { get; init; }
    public long Bank { get; init; }

    /// <summary>Collecting accounts with movements but no statement for the day, as bin:account.</summary>
    public required List<string> WithoutStatement { get; init; }

    /// <summary>Null when the platform did it by itself.</summary>
    public Guid? RunBy { get; init; }
    public DateTimeOffset RunAt { get; init; }
}

/// <summary>One movement in a run. Never changed.</summary>
internal sealed class ReconciliationLine
{
    public Guid RunId { get; init; }

    /// <summary>From 1.</summary>
    public int Number { get; init; }

    /// <summary>The movement, the same in every version: kind and id of what it was found by.</summary>
    public required string Identity { get; init; }

    public ReconciliationResult Result { get; init; }

    /// <summary>transfer, deposit, refund, debit or reversal.</summary>
    public required string Kind { get; init; }

    /// <summary>Collecting account as bin:account; for what only a provider has, its name.</summary>
    public required string Scope { get; init; }

    public string? UnitCode { get; init; }
    public Guid? PaymentId { get; init; }

    /// <summary>Our reference, or the text.</summary>
    public string? MatchKey { get; init; }

    /// <summary>The bank's or provider's number.</summary>
    public string? BankReference { get; init; }

    /// <summary>What each side says, đồng; null when it says nothing.</summary>
    public long? Ours { get; init; }
    public long? Provider { get; init; }
    public long? Bank { get; init; }

    public Guid? NoticeId { get; init; }
    public long? EntryId { get; init; }
    public long? ReportEntryId { get; init; }

    /// <summary>The case on the desk for money that does not fit.</summary>
    public Guid? CaseId { get; init; }
}

/// <summary>Somebody looked into a difference and says why it is right, or what was done. Never changed.</summary>
internal sealed class ReconciliationExplanation
{
    public required string Identity { get; init; }

    /// <summary>What was explained: when a later version says something else about the movement, that is open again.</summary>
    public ReconciliationResult Result { get; init; }
    public required string Reason { get; init; }

    /// <summary>Where the papers are.</summary>
    public required string Evidence { get; init; }
    public Guid ExplainedBy { get; init; }
    public DateTimeOffset ExplainedAt { get; init; }
}
