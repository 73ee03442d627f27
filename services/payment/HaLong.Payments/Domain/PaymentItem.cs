namespace HaLong.Payments.Domain;

/// <summary>One line of what is due. Phí (fee) and lệ phí (charge) stay apart: they are booked differently by law.</summary>
/// <param name="Line">From 1, in the order of the procedure.</param>
/// <param name="Kind">phi or lePhi.</param>
/// <param name="NameVi">Vietnamese name.</param>
/// <param name="Amount">Đồng, not negative.</param>
/// <param name="Assumed">True when the amount is a demonstration tariff.</param>
internal sealed record PaymentItem(int Line, string Kind, string NameVi, long Amount, bool Assumed)
{
    /// <summary>English name; null where there is none.</summary>
    public string? NameEn { get; init; }

    /// <summary>Đồng by the tariff; null in requests from before there were quotes.</summary>
    public long? FullAmount { get; init; }

    /// <summary>How the full amount was worked out: fixed, perUnit, perPage or asDemanded.</summary>
    public string? Rule { get; init; }

    /// <summary>Code of the policy that lessened it; null for none.</summary>
    public string? ReductionRule { get; init; }

    /// <summary>The line in words.</summary>
    public string? ExplanationVi { get; init; }
    public string? ExplanationEn { get; init; }

    /// <summary>Where the reduction is written.</summary>
    public string? Source { get; init; }

    /// <summary>The account to which it is owed (tài khoản phí, lệ phí chờ nộp ngân sách); null: it stays on the collecting account.</summary>
    public string? OwedBin { get; init; }
    public string? OwedAccount { get; init; }
    public string? OwedName { get; init; }
}
