using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Domain;

// After the end: kept, exported, held, and destroyed when it need not be kept any longer.
internal sealed partial class Dossier
{
    /// <summary>When it came to its end; retention counts from its local day.</summary>
    public DateTimeOffset? ClosedAt { get; private set; }

    /// <summary>When it was last written into the archive, and under which key.</summary>
    public DateTimeOffset? ArchivedAt { get; private set; }

    public string? ArchiveKey { get; private set; }

    /// <summary>Why it must be kept whatever its retention says; null unless somebody said so.</summary>
    public string? HoldReason { get; private set; }

    public Guid? HeldBy { get; private set; }
    public DateTimeOffset? HeldAt { get; private set; }

    /// <summary>When its content was destroyed; what is left is the record that it existed.</summary>
    public DateTimeOffset? DestroyedAt { get; private set; }

    public Guid? DestructionListId { get; private set; }

    /// <summary>Of a draft: when its owner was told that it will be deleted.</summary>
    public DateTimeOffset? ExpiryNoticeAt { get; private set; }

    public void Archived(string key, DateTimeOffset now) => (ArchiveKey, ArchivedAt) = (key, now);

    /// <summary>It must be kept until further notice: a complaint, a lawsuit, an inspection.</summary>
    public Result Hold(Guid by, string reason, DateTimeOffset now)
    {
        if (DestroyedAt is not null)
            return ArchiveErrors.Destroyed;
        (HoldReason, HeldBy, HeldAt) = (reason, by, now);
        return Result.Success;
    }

    public Result EndHold()
    {
        if (HoldReason is null)
            return ArchiveErrors.NotHeld;
        (HoldReason, HeldBy, HeldAt) = (null, null, null);
        return Result.Success;
    }

    /// <summary>Nobody has worked on the draft for long: its owner is told.</summary>
    public void TellExpiry(DateTimeOffset now) => ExpiryNoticeAt = now;

    /// <summary>Takes out everything that says who it was about and what. Code, procedure, unit, states and dates stay.</summary>
    public void Destroy(Guid listId, DateTimeOffset now)
    {
        (DestroyedAt, DestructionListId) = (now, listId);
        (OwnerId, OwnerName, OwnerCheck, Subject, Data) = (Guid.Empty, "", null, "", "{}");
        (ActorId, SubmittedBy, CounterBy, Counter, Duplicates, MatterKey) = (Guid.Empty, null, null, null, null, null);
        (DelegationId, AssistedSessionId, AssistedBy, AssistanceUnit, AssistancePlace, AssistanceKinds) = (null, null, null, null, null, []);
        (Decision, LegalBasis, WithdrawalReason, CorrectionReason, SignatureReason) = (null, null, null, null, null);
        (ReturnedTo, ReturnCheck, ReturnCarrier, ReturnTracking) = (null, null, null, null);
        (PlaceUnitId, ApproverName, ArchiveKey) = (null, null, null);
        // Who is exempt says how somebody lives.
        (FeeClaims, FeeBasis) = ([], FeeBasis is { } basis ? basis with { Claims = [] } : null);
    }
}
