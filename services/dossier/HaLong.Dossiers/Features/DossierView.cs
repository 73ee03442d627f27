using System.Text.Json;
using System.Text.Json.Serialization;
using HaLong.Dossiers.Archive;
using HaLong.Dossiers.Contracts;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Features.Lifecycle;
using HaLong.Dossiers.Files.Checks;
using HaLong.Dossiers.Filing;
using HaLong.Dossiers.Forms;
using HaLong.Dossiers.Statistics.Waits.Expected;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Features;

/// <summary>A dossier as the API shows it.</summary>
internal sealed record DossierView(
    Guid Id, string? Code, string Status, string StatusName, WaitView? WaitingFor, string ProcedureCode, string ProcedureName,
    string UnitCode, string UnitName, string Subject, Guid OwnerId, Guid ActorId, string Channel, JsonElement Data,
    IReadOnlyList<DocumentView> Documents, IReadOnlyList<FeeItem> Fees, long FeeTotal, PaymentView? Payment, Guid? OfficerId, ApprovalView? Approval,
    DateTimeOffset? DueAt, bool DueAssumed, Guid? ResultDocumentId, int SigningAttempts, uint Version,
    DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, DateTimeOffset? SubmittedAt, DateTimeOffset? AcceptedAt, DateTimeOffset? ResolvedAt, DateTimeOffset? ReturnedAt,
    Guid? DelegationId, AssistanceView? Assistance, FilingView Filing, LifecycleView Lifecycle)
{
    /// <summary>What is to be said about the form, in the answers that open or change a draft.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DraftNotes? Draft { get; init; }

    /// <summary>Categories that the applicant says to belong to, with what an official decided about the proof.</summary>
    public IReadOnlyList<FeeClaim> FeeClaims { get; init; } = [];

    /// <summary>What became of it after its end; null before.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ArchiveView? Archive { get; init; }

    /// <summary>When its result is likely, from now on; when one dossier is asked for, and while it is open.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ExpectedWaitView? ExpectedWait { get; init; }

    public static DossierView Of(Dossier d, IEnumerable<DossierDocument> documents, WaitView? wait, LifecycleView lifecycle) => new(
        d.Id, d.Code, d.Status, NameOf(d.Status), wait, d.ProcedureCode, Text.Bilingual(d.ProcedureNameVi, d.ProcedureNameEn),
        d.UnitCode, Text.Bilingual(d.UnitNameVi, d.UnitNameEn), d.Subject, d.OwnerId, d.ActorId, d.Channel, JsonElement.Parse(d.Data),
        [.. documents.Where(x => DocumentKind.Listed.Contains(x.Kind)).OrderBy(x => x.CreatedAt).ThenBy(x => x.Id).Select(DocumentView.Of)],
        d.Fees, d.FeeTotal, PaymentView.Of(d), d.OfficerId,
        d.ApprovedAt is { } at ? new ApprovalView(d.ApproverId!.Value, at, d.Decision!) : null,
        d.DueAt, d.DueAssumed, d.Status is DossierStatus.Resolved or DossierStatus.Returned ? d.ResultDocumentId : null, d.SigningAttempts, d.Version,
        d.CreatedAt, d.UpdatedAt, d.SubmittedAt, d.AcceptedAt, d.ResolvedAt, d.ReturnedAt,
        d.DelegationId, AssistanceView.Of(d), FilingView.Of(d), lifecycle)
    {
        Archive = ArchiveView.Of(d),
        FeeClaims = d.FeeClaims,
    };

    public static string NameOf(string status)
    {
        var (vi, en) = DossierStatus.Name(status);
        return Text.Bilingual(vi, en);
    }
}

/// <summary>Who helped the owner, where and with what.</summary>
/// <param name="SessionId">The assisted session; identity keeps the consent.</param>
/// <param name="AssistedBy">The helper.</param>
/// <param name="Unit">The helper's unit.</param>
/// <param name="Place">office or home.</param>
/// <param name="Kinds">FORM_FILLING, SCANNING, HOME_VISIT.</param>
internal sealed record AssistanceView(Guid SessionId, Guid AssistedBy, string? Unit, string? Place, IReadOnlyList<string> Kinds)
{
    public static AssistanceView? Of(Dossier d) => d is { AssistedSessionId: { } session, AssistedBy: { } helper }
        ? new AssistanceView(session, helper, d.AssistanceUnit, d.AssistancePlace, d.AssistanceKinds)
        : null;
}

/// <summary>One line of a list of dossiers.</summary>
internal sealed record DossierSummary(
    Guid Id, string? Code, string Status, string StatusName, string? WaitingFor, string ProcedureCode, string ProcedureName, string UnitCode,
    string Subject, Guid? OfficerId, DateTimeOffset? DueAt, uint Version, DateTimeOffset CreatedAt, DateTimeOffset? SubmittedAt)
{
    public static DossierSummary Of(Dossier d) => new(
        d.Id, d.Code, d.Status, DossierView.NameOf(d.Status), d.WaitingFor, d.ProcedureCode, Text.Bilingual(d.ProcedureNameVi, d.ProcedureNameEn),
        d.UnitCode, d.Subject, d.OfficerId, d.DueAt, d.Version, d.CreatedAt, d.SubmittedAt);
}

/// <summary>A document of a dossier.</summary>
/// <param name="Component">Number of the component from 1; null for what the platform made.</param>
/// <param name="Kind">component, feeEvidence, receipt or result.</param>
/// <param name="Preflight">What was found when it was looked at; null for what the platform made.</param>
/// <param name="ReplacedBy">The result that took the place of this one.</param>
/// <param name="Origin">UPLOADED, SCANNED_AT_RECEPTION, FROM_STORE or ISSUED_RESULT; null for receipts.</param>
/// <param name="ReusedFrom">The document of the owner's store that was used again.</param>
internal sealed record DocumentView(
    Guid Id, int? Component, string FileName, string MediaType, long Size, string Sha256, string Kind, DateTimeOffset CreatedAt, PreflightView? Preflight, Guid? ReplacedBy = null,
    string? Origin = null, Guid? ReusedFrom = null)
{
    public static DocumentView Of(DossierDocument d) =>
        new(d.Id, d.Component, d.FileName, d.MediaType, d.Size, d.Sha256, d.Kind, d.CreatedAt, PreflightView.Of(d), d.ReplacedBy, d.Origin, d.ReusedFrom);
}

/// <summary>The payment request of a dossier.</summary>
/// <param name="Id">The request; null when nothing is charged.</param>
/// <param name="Status">requested, settled, lapsed or waived.</param>
/// <param name="Amount">Đồng.</param>
internal sealed record PaymentView(Guid? Id, string Status, long Amount)
{
    public static PaymentView? Of(Dossier d) => d.PaymentStatus is { } status ? new PaymentView(d.PaymentId, status, d.PaymentAmount ?? 0) : null;
}

/// <summary>Who approved, when, and what.</summary>
internal sealed record ApprovalView(Guid ApproverId, DateTimeOffset At, string Decision);
