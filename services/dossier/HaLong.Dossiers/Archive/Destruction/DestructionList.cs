using HaLong.Dossiers.Domain;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Archive.Destruction;

/// <summary>
/// Dossiers past their retention, proposed by one official and approved by another (danh mục hồ sơ hết giá trị): proposed → approved → executed, or
/// rejected. What was executed has minutes (biên bản tiêu hủy).
/// </summary>
internal sealed class DestructionList
{
    public Guid Id { get; init; }
    public required string UnitCode { get; init; }

    /// <summary>One of <see cref="DestructionState"/>.</summary>
    public string State { get; private set; } = DestructionState.Proposed;

    /// <summary>By which provision, in the words of who proposed it.</summary>
    public required string LegalBasis { get; init; }
    public int Count { get; init; }
    public Guid ProposedBy { get; init; }
    public required string ProposedByName { get; init; }
    public DateTimeOffset ProposedAt { get; init; }
    public Guid? ReviewedBy { get; private set; }
    public string? ReviewedByName { get; private set; }
    public DateTimeOffset? ReviewedAt { get; private set; }
    public string? Reason { get; private set; }
    public DateTimeOffset? ExecutedAt { get; private set; }

    /// <summary>The minutes for people, and signed as JWS for programs. They lie here and not among the files: nobody may sweep them away.</summary>
    public byte[]? MinutesPdf { get; private set; }
    public string? MinutesJws { get; private set; }
    public uint Version { get; private set; }

    public Result Approve(Actor reviewer, DateTimeOffset now) => Review(reviewer, DestructionState.Approved, null, now);

    public Result Reject(Actor reviewer, string reason, DateTimeOffset now) => Review(reviewer, DestructionState.Rejected, reason, now);

    public void Execute(byte[] pdf, string jws, DateTimeOffset now) => (State, MinutesPdf, MinutesJws, ExecutedAt) = (DestructionState.Executed, pdf, jws, now);

    private Result Review(Actor reviewer, string to, string? reason, DateTimeOffset now)
    {
        if (State != DestructionState.Proposed)
            return ArchiveErrors.WrongListState;
        // Whoever proposed it may think better of it, but not approve it.
        if (reviewer.Id == ProposedBy && to == DestructionState.Approved)
            return ArchiveErrors.FourEyes;
        (State, ReviewedBy, ReviewedByName, ReviewedAt, Reason) = (to, reviewer.Id, reviewer.Name, now, reason);
        return Result.Success;
    }
}

/// <summary>States of a list.</summary>
internal static class DestructionState
{
    public const string Proposed = "proposed";
    public const string Approved = "approved";
    public const string Rejected = "rejected";
    public const string Executed = "executed";
}
