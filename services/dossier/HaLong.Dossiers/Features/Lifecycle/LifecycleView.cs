using System.Text.Json.Serialization;
using HaLong.Dossiers.Contracts;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Domain.Lifecycle;

namespace HaLong.Dossiers.Features.Lifecycle;

/// <summary>Whose move it is, why, what ends it, and until when.</summary>
/// <param name="Who">applicant, reception, officer, agency, payment, signature or handover.</param>
/// <param name="PersonId">The account, where it is one person's move.</param>
/// <param name="Reason">Stable code.</param>
/// <param name="Text">In words.</param>
/// <param name="NextEvent">The transition that ends it.</param>
/// <param name="Assumed">True when the latest date rests on an assumed limit.</param>
internal sealed record WaitView(string Who, Guid? PersonId, string Reason, string Text, string NextEvent, DateTimeOffset? Since, DateTimeOffset Latest, bool Assumed);

/// <summary>Where a dossier stands beyond its state.</summary>
/// <param name="PortalStatus">Status code of the National Portal; null for a draft.</param>
/// <param name="Outcome">APPROVED or REFUSED once it is decided.</param>
/// <param name="AskedTwice">More than one supplement request at a stage: counts as late.</param>
/// <param name="Possible">What the caller could do to it now, by role and state.</param>
internal sealed record LifecycleView(
    string Regime, int? PortalStatus, string? Outcome, string? LegalBasis, SupplementView? Supplement, int SupplementsAtReception, int SupplementsAtProcessing, bool AskedTwice,
    int Extensions, int Opinions, int OpenOpinions, IReadOnlyList<DemandView> Demands, int OriginalsHeld, HandOverView? HandOver, int Corrections, bool CorrectionPending,
    string? WithdrawalReason, IReadOnlyList<string> Possible)
{
    /// <summary>Where the approver's own signature stands, for officials; null where none is wanted.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SignatureView? Signature { get; init; }
}

/// <summary>The approver's own signature on the result, before the seal.</summary>
/// <param name="State">due, asked, signed, refused, expired, cancelled or invalid.</param>
/// <param name="SignerId">Who is to sign.</param>
/// <param name="SessionId">The signing session, at <c>/api/v1/signing-sessions</c>.</param>
/// <param name="Deadline">By when, while he is asked.</param>
/// <param name="Reason">Why he refused, in his words.</param>
/// <param name="AskedAgain">How often it was asked for again.</param>
internal sealed record SignatureView(string State, Guid SignerId, Guid? SessionId, DateTimeOffset? Deadline, string? Reason, int AskedAgain)
{
    public static SignatureView? Of(Dossier d) => d.PersonSignature is { } state && d.ApproverId is { } signer
        ? new SignatureView(state, signer, d.SignatureSessionId, state == SignatureStage.Asked ? d.WaitUntil : null, d.SignatureReason, d.SignatureRound)
        : null;
}

/// <summary>A list of what is to be supplemented.</summary>
internal sealed record SupplementView(
    Guid Id, string Stage, int Number, bool Flagged, string? LegalBasis, IReadOnlyList<SupplementItem> Items, DateTimeOffset RequestedAt, DateTimeOffset Deadline,
    DateTimeOffset? FulfilledAt, string? AnswerNote)
{
    public static SupplementView Of(SupplementRequest r) =>
        new(r.Id, r.Stage, r.Number, r.Flagged, r.LegalBasis, r.Items, r.RequestedAt, r.Deadline, r.FulfilledAt, r.AnswerNote);
}

/// <summary>A fee or duty demanded in the course of handling.</summary>
/// <param name="State">open, settled or lapsed.</param>
internal sealed record DemandView(
    Guid Id, int Number, IReadOnlyList<FeeItem> Fees, long Amount, string Reason, string? LegalBasis, DateTimeOffset Deadline, string State, Guid? PaymentId, DateTimeOffset? SettledAt)
{
    public static DemandView Of(FeeDemand d) => new(d.Id, d.Number, d.Fees, d.Amount, d.Reason, d.LegalBasis, d.Deadline, d.State, d.PaymentId, d.SettledAt);
}

/// <summary>How the result reached its owner.</summary>
/// <param name="Method">COUNTER, POST or ONLINE.</param>
internal sealed record HandOverView(string Method, string? ReceivedBy, string? Carrier, string? TrackingNumber)
{
    public static HandOverView? Of(Dossier d) => d.ReturnMethod is { } method ? new HandOverView(method, d.ReturnedTo, d.ReturnCarrier, d.ReturnTracking) : null;
}
