using HaLong.Dossiers.Contracts;

namespace HaLong.Dossiers.Domain.Lifecycle;

/// <summary>Where a demand stands.</summary>
internal static class FeeDemandState
{
    public const string Open = "open";
    public const string Settled = "settled";

    /// <summary>Its payment request lapsed unpaid; another demand can follow.</summary>
    public const string Lapsed = "lapsed";

    /// <summary>Nothing of it is charged.</summary>
    public const string Waived = "waived";
}

/// <summary>A fee or financial obligation that fell due in the course of handling; a dossier can have several.</summary>
internal sealed class FeeDemand
{
    public Guid Id { get; init; }
    public Guid DossierId { get; init; }

    /// <summary>Which of the dossier, from 1.</summary>
    public int Number { get; init; }

    public required List<FeeItem> Fees { get; init; }

    /// <summary>Đồng, the sum of the fees.</summary>
    public long Amount { get; init; }

    public required string Reason { get; init; }
    public string? LegalBasis { get; init; }

    /// <summary>Asks again for the fees of the filing, whose payment request lapsed.</summary>
    public bool CoversFiling { get; init; }

    public Guid RequestedBy { get; init; }
    public DateTimeOffset RequestedAt { get; init; }
    public DateTimeOffset Deadline { get; init; }
    public string State { get; private set; } = FeeDemandState.Open;
    public Guid? PaymentId { get; private set; }
    public DateTimeOffset? SettledAt { get; private set; }

    /// <summary>How payment calls this moment of charging.</summary>
    public string Moment => FeeMoments.OfDemand(Number);

    public void Requested(Guid paymentId) => PaymentId ??= paymentId;

    /// <summary>False when it was known.</summary>
    public bool Settle(Guid paymentId, DateTimeOffset now)
    {
        if (State == FeeDemandState.Settled)
            return false;
        (PaymentId, SettledAt, State) = (paymentId, now, FeeDemandState.Settled);
        return true;
    }

    /// <summary>Nothing of it is charged; false when it is not open.</summary>
    public bool Waive(DateTimeOffset now)
    {
        if (State != FeeDemandState.Open)
            return false;
        (SettledAt, State) = (now, FeeDemandState.Waived);
        return true;
    }

    /// <summary>False when it is not open.</summary>
    public bool Lapse()
    {
        if (State != FeeDemandState.Open)
            return false;
        State = FeeDemandState.Lapsed;
        return true;
    }
}
