using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Domain;

// The approver's own signature on the result, where it is wanted: before the seal of the unit, and never a reason to hang.
internal sealed partial class Dossier
{
    private readonly List<Guid> abandoned = [];

    /// <summary>One of <see cref="SignatureStage"/>; null where the seal alone is wanted.</summary>
    public string? PersonSignature { get; private set; }

    /// <summary>How often the signature was asked for again.</summary>
    public int SignatureRound { get; private set; }

    /// <summary>Why the last signer refused, in his words: for officials only.</summary>
    public string? SignatureReason { get; private set; }

    /// <summary>The approver has still to sign.</summary>
    public bool AwaitsPerson => IsSigning && PersonSignature is not (null or SignatureStage.Signed);

    /// <summary>The approver was asked in vain: somebody has to ask again.</summary>
    public bool MissesPerson => AwaitsPerson && SignatureStage.Missed.Contains(PersonSignature!);

    /// <summary>The signing session in which the approver signs; null where none is wanted.</summary>
    public Guid? SignatureSessionId => IsSigning && PersonSignature is not null ? SignatureStage.SessionOf(SigningId!.Value, SignatureRound) : null;

    /// <summary>Under which id the unsigned result is kept: who takes a decision over signs a paper with his own name.</summary>
    public Guid? UnsignedId => SignatureRound == 0 ? SigningId : SignatureSessionId;

    /// <summary>Signing sessions that nobody needs any more, since the last call.</summary>
    public IReadOnlyList<Guid> TakeAbandoned()
    {
        var taken = abandoned.ToArray();
        abandoned.Clear();
        return taken;
    }

    /// <summary>The approver, or another one, is to sign after all; who was not the approver takes the decision over.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="signer">Who is to sign.</param>
    /// <param name="signerName">His name, as it will be printed.</param>
    /// <param name="decision">What is decided instead; null: what was.</param>
    /// <param name="now">The moment.</param>
    public Result AskSignature(Actor actor, Guid signer, string signerName, string? decision, DateTimeOffset now)
    {
        if (Refusal(Moves.AskSignature, actor) is { } refusal)
            return refusal;
        if (!AwaitsPerson)
            return IsSigning && PersonSignature is not null ? SignatureErrors.AlreadySigned : SignatureErrors.NotAwaited;
        if (IsParty(signer))
            return DossierErrors.OwnDossier;
        if (signer == OfficerId)
            return DossierErrors.SameOfficer;
        if (decision is not null && CorrectionId is null && Outcome == Domain.Outcome.Refused)
            return SignatureErrors.RefusalStands;
        AbandonSignature();
        Apply(Moves.AskSignature, actor, now, "Yêu cầu người phê duyệt ký số lại", "The approver is asked for a signature again");
        if (signer != ApproverId || decision is not null)
            (ApproverId, ApproverName, ApprovedAt, Decision) = (signer, signerName, now, decision ?? Decision);
        SignatureRound++;
        Stand(SignatureStage.Due, now);
        return Result.Success;
    }

    /// <summary>The session is there, and the approver is asked.</summary>
    /// <returns>False when nobody is to be asked any more.</returns>
    public bool SignatureAsked(DateTimeOffset deadline, DateTimeOffset now)
    {
        if (!AwaitsPerson || PersonSignature != SignatureStage.Due)
            return false;
        Stand(SignatureStage.Asked, now, deadline);
        return true;
    }

    /// <summary>The approver signed; the seal follows.</summary>
    public Result SignedByPerson(DateTimeOffset now)
    {
        if (!AwaitsPerson || Refusal(Moves.SignByApprover, Actor.System) is not null)
            return WrongState();
        Apply(Moves.SignByApprover, Actor.System, now, "Người phê duyệt đã ký số, chờ con dấu của cơ quan", "The approver has signed; the seal of the unit follows");
        Stand(SignatureStage.Signed, now);
        return Result.Success;
    }

    /// <summary>The approver did not sign.</summary>
    /// <param name="stage">One of <see cref="SignatureStage.Missed"/>.</param>
    /// <param name="reason">Of a refusal, in his words.</param>
    /// <param name="now">The moment.</param>
    public Result MissSignature(string stage, string? reason, DateTimeOffset now)
    {
        if (!AwaitsPerson || MissesPerson || Refusal(Moves.MissSignature, Actor.System) is not null)
            return WrongState();
        Apply(Moves.MissSignature, Actor.System, now, "Kết quả chưa có chữ ký số của người phê duyệt", "The result was not signed by the approver");
        Stand(stage, now);
        SignatureReason = string.IsNullOrWhiteSpace(reason) ? null : reason;
        return Result.Success;
    }

    private void WantSignature(bool sign) =>
        (PersonSignature, SignatureRound, SignatureReason) = (sign ? SignatureStage.Due : null, 0, null);

    private void AbandonSignature()
    {
        if (AwaitsPerson && !MissesPerson)
            abandoned.Add(SignatureSessionId!.Value);
    }

    // A decision that nobody signed is none: the dossier ends without it.
    private void TakeDecisionBack()
    {
        if (!AwaitsPerson)
            return;
        AbandonSignature();
        (ApproverId, ApproverName, ApprovedAt, Outcome, Decision, ResultDocumentId) = (null, null, null, null, null, null);
        WantSignature(false);
    }

    private void Stand(string stage, DateTimeOffset now, DateTimeOffset? until = null) =>
        (PersonSignature, SignatureReason, WaitUntil, WaitingSince, UpdatedAt) = (stage, null, until, now, now);
}
