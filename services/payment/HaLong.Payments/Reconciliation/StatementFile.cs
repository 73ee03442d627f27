namespace HaLong.Payments.Reconciliation;

/// <summary>What a file is.</summary>
internal enum FileKind
{
    /// <summary>A bank's statement of a collecting account (sao kê).</summary>
    Statement,

    /// <summary>A provider's list of the transactions of a day.</summary>
    ProviderReport,
}

/// <summary>A file that was taken over as a whole. Never changed; its hash tells when it comes again.</summary>
internal sealed class StatementFile
{
    public Guid Id { get; init; }
    public FileKind Kind { get; init; }

    /// <summary>The provider whose notices tell of the same money.</summary>
    public required string Source { get; init; }

    /// <summary>Whose entries these are: bank number and account of a statement, the provider of a report.</summary>
    public required string Scope { get; init; }

    /// <summary>csv, camt.053.001.02 or camt.053.001.08.</summary>
    public required string Format { get; init; }

    /// <summary>SHA-256 of the file, lower-case hex.</summary>
    public required string Hash { get; init; }

    /// <summary>First and last day that it covers.</summary>
    public DateOnly From { get; init; }
    public DateOnly To { get; init; }

    /// <summary>Balances of a statement, đồng; null for a report.</summary>
    public long? Opening { get; init; }
    public long? Closing { get; init; }

    /// <summary>Entries in the file, and those of them that no earlier file had brought.</summary>
    public int Entries { get; init; }
    public int Added { get; init; }

    public string? UnitCode { get; init; }
    public Guid ImportedBy { get; init; }
    public DateTimeOffset ImportedAt { get; init; }
}

/// <summary>One movement on an account, or one transaction of a provider's report. Never changed.</summary>
internal sealed class StatementEntry
{
    public long Id { get; init; }
    public Guid FileId { get; init; }

    /// <summary>Line of the file, from 1.</summary>
    public int Line { get; init; }
    public FileKind Kind { get; init; }
    public required string Source { get; init; }
    public required string Scope { get; init; }

    /// <summary>Day on which the bank booked it.</summary>
    public DateOnly BookedOn { get; init; }

    /// <summary>The bank's or provider's own number: the same movement in another file is recognised by it.</summary>
    public required string BankReference { get; init; }

    /// <summary>Đồng: positive came, negative went.</summary>
    public long Amount { get; init; }

    /// <summary>True when it takes an earlier movement back.</summary>
    public bool Reversal { get; init; }
    public required string Text { get; init; }

    /// <summary>By what it is found when the numbers differ: our reference in the text, else the text without blanks, in capitals.</summary>
    public required string MatchKey { get; init; }
}

/// <summary>A movement that nobody had told us of became a notice, once. Should the bank tell after all, it is recognised by its number.</summary>
internal sealed class StatementNotice
{
    public long EntryId { get; init; }
    public Guid NoticeId { get; init; }

    /// <summary>Null for cash of a shift, which needs no decision.</summary>
    public Guid? CaseId { get; init; }
}
