using HaLong.Identity.Domain;
using HaLong.ServiceDefaults;

namespace HaLong.Identity.DataRequests;

/// <summary>What a person asks for under the law on personal data.</summary>
internal static class DataRequestKinds
{
    public const string Access = "access";
    public const string Correct = "correct";
    public const string Restrict = "restrict";
    public const string Object = "object";
    public const string Delete = "delete";

    public static readonly IReadOnlyList<string> All = [Access, Correct, Restrict, Object, Delete];
}

/// <summary>Where a request stands.</summary>
internal static class DataRequestStates
{
    public const string Received = "received";
    public const string Acknowledged = "acknowledged";
    public const string InProgress = "inProgress";
    public const string Completed = "completed";
    public const string Refused = "refused";

    public static readonly IReadOnlyList<string> All = [Received, Acknowledged, InProgress, Completed, Refused];
    public static readonly IReadOnlyList<string> Open = [Received, Acknowledged, InProgress];
}

/// <summary>A request of a data subject, with the limits that the law of its day sets.</summary>
internal sealed class DataRequest
{
    private DataRequest()
    {
    }

    public Guid Id { get; private set; }

    public Guid AccountId { get; private set; }

    public string Kind { get; private set; } = "";

    public string State { get; private set; } = DataRequestStates.Received;

    /// <summary>The unit whose desk deals with it; null for any.</summary>
    public string? Unit { get; private set; }

    /// <summary>What the person wrote and proposes; sealed.</summary>
    public byte[] SealedDetails { get; private set; } = [];

    /// <summary>The law whose limits count.</summary>
    public string Regime { get; private set; } = "";

    public DateTimeOffset ReceivedAt { get; private set; }

    public DateTimeOffset? AcknowledgeBy { get; private set; }

    public DateTimeOffset CompleteBy { get; private set; }

    public DateTimeOffset? AcknowledgedAt { get; private set; }

    public DateTimeOffset? DecidedAt { get; private set; }

    /// <summary>The official who took the last step; null where the platform did it itself.</summary>
    public Guid? HandlerId { get; private set; }

    /// <summary>On what evidence it was done, or why it was refused.</summary>
    public string? Reason { get; private set; }

    public string? LegalBasis { get; private set; }

    /// <summary>What was done and what stays, as JSON.</summary>
    public string? Outcome { get; private set; }

    public uint Version { get; private set; }

    public static DataRequest Receive(Guid id, Guid accountId, string kind, string? unit, byte[] sealedDetails, DataRequestLimits limits, DateTimeOffset now) => new()
    {
        Id = id,
        AccountId = accountId,
        Kind = kind,
        Unit = unit,
        SealedDetails = sealedDetails,
        Regime = limits.Regime,
        ReceivedAt = now,
        AcknowledgeBy = limits.AcknowledgeBy,
        CompleteBy = limits.CompleteBy,
    };

    public Result Acknowledge(Guid handler, DateTimeOffset now) => Move([DataRequestStates.Received], DataRequestStates.Acknowledged, handler, now);

    public Result Begin(Guid handler, DateTimeOffset now) =>
        Move([DataRequestStates.Received, DataRequestStates.Acknowledged], DataRequestStates.InProgress, handler, now);

    public Result Complete(Guid? handler, string? evidence, string outcome, DateTimeOffset now)
    {
        if (Move(DataRequestStates.Open, DataRequestStates.Completed, handler, now) is { IsSuccess: false } refused)
            return refused;
        (DecidedAt, Reason, Outcome) = (now, evidence, outcome);
        return Result.Success;
    }

    public Result Refuse(Guid handler, string reason, string legalBasis, DateTimeOffset now)
    {
        if (Move(DataRequestStates.Open, DataRequestStates.Refused, handler, now) is { IsSuccess: false } refused)
            return refused;
        (DecidedAt, Reason, LegalBasis) = (now, reason, legalBasis);
        return Result.Success;
    }

    private Result Move(IReadOnlyList<string> from, string to, Guid? handler, DateTimeOffset now)
    {
        if (!from.Contains(State))
            return IdentityErrors.DataRequestState.Format(State);
        // Whoever does more than acknowledge has acknowledged.
        (State, HandlerId, AcknowledgedAt) = (to, handler, AcknowledgedAt ?? now);
        return Result.Success;
    }
}
