namespace HaLong.Payments.Fees;

/// <summary>Nothing is charged for a moment of a dossier although something would be due. Insert-only: a database trigger refuses changes.</summary>
internal sealed class FeeWaiver
{
    public Guid DossierId { get; init; }

    /// <summary>What for: atFiling, or demand-1, demand-2…</summary>
    public required string Moment { get; init; }

    /// <summary>The agency that would have collected.</summary>
    public required string UnitCode { get; init; }

    /// <summary>Đồng without the exemptions.</summary>
    public long FullAmount { get; init; }

    /// <summary>The lines of the quote, each with its rule and explanation.</summary>
    public required List<WaivedItem> Lines { get; init; }

    public DateTimeOffset DecidedAt { get; init; }
}

/// <summary>One line that is not charged.</summary>
internal sealed record WaivedItem(string Kind, string NameVi, long FullAmount, string Rule, string ExplanationVi, string ExplanationEn, string? Source, bool Assumed)
{
    public static WaivedItem Of(FeeQuoteLine line) => new(
        line.Kind, line.NameVi, line.Full, line.ReductionRule ?? line.Rule, line.ExplanationVi, line.ExplanationEn, line.Source, line.Assumed);
}
