namespace HaLong.Dossiers.Domain;

/// <summary>A file of a dossier; its bytes live in the content-addressed store under <see cref="Sha256"/>.</summary>
internal sealed class DossierDocument
{
    public Guid Id { get; init; }
    public Guid DossierId { get; init; }

    /// <summary>One of <see cref="DocumentKind"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>Number of the component from 1; null for what the platform made.</summary>
    public int? Component { get; init; }

    public required string FileName { get; init; }
    public required string MediaType { get; init; }
    public long Size { get; init; }
    public required string Sha256 { get; init; }
    /// <summary>One of <see cref="DocumentOrigin"/>; null for receipts and unsigned results.</summary>
    public string? Origin { get; init; }

    /// <summary>The document of the store whose content this is: always the first one, never a copy of a copy.</summary>
    public Guid? ReusedFrom { get; init; }

    public Guid CreatedBy { get; init; }
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>What was found when it was looked at; null before that.</summary>
    public PreflightReport? Preflight { get; init; }

    /// <summary>When it is to be looked at (again); null when there is nothing to do. While somebody looks, when another one may try.</summary>
    public DateTimeOffset? PreflightDueAt { get; init; }

    /// <summary>Of an unsigned form: the id that its signed version has. Of a result that is not sealed: <see cref="Dossier.UnsignedId"/>.</summary>
    public Guid? ResultId { get; init; }

    /// <summary>Name and organisation in the certificate that signed it, when it is known.</summary>
    public string? SignedBy { get; init; }

    /// <summary>Of a result that a person signed before it was sealed: name and organisation in that certificate.</summary>
    public string? PersonSignedBy { get; init; }

    /// <summary>The result that took the place of this one, when an error was found in it.</summary>
    public Guid? ReplacedBy { get; private set; }

    public DateTimeOffset? ReplacedAt { get; private set; }
    public string? ReplacedReason { get; private set; }

    /// <summary>No longer counts: another result took its place.</summary>
    public void Replace(Guid by, string? reason, DateTimeOffset now) => (ReplacedBy, ReplacedReason, ReplacedAt) = (by, reason, now);
}

/// <summary>What a document is to its dossier.</summary>
internal static class DocumentKind
{
    public const string Component = "component";

    /// <summary>Proves that the applicant belongs to a category that pays less.</summary>
    public const string FeeEvidence = "feeEvidence";

    public const string Receipt = "receipt";
    public const string Result = "result";

    /// <summary>The result before its signature: kept so that a retry signs the same bytes, never shown.</summary>
    public const string UnsignedResult = "unsignedResult";

    /// <summary>The result with the approver's signature and before the seal, never shown.</summary>
    public const string PersonSigned = "personSigned";

    /// <summary>A form, sealed.</summary>
    public const string Form = "form";

    /// <summary>A form before its seal, as with the result.</summary>
    public const string UnsignedForm = "unsignedForm";

    /// <summary>The control slip, sealed: the agencies' own paper, given out only where their rights are looked at.</summary>
    public const string ControlSlip = "controlSlip";

    /// <summary>What is not given out by its id.</summary>
    public static readonly IReadOnlyList<string> Hidden = [UnsignedResult, PersonSigned, UnsignedForm, ControlSlip];

    /// <summary>What a dossier's list of documents shows; forms have their own list.</summary>
    public static readonly IReadOnlyList<string> Listed = [Component, FeeEvidence, Receipt, Result];
}

/// <summary>How the content of a document came to be there.</summary>
internal static class DocumentOrigin
{
    public const string ScannedAtReception = "SCANNED_AT_RECEPTION";
    public const string Uploaded = "UPLOADED";
    public const string FromStore = "FROM_STORE";
    public const string IssuedResult = "ISSUED_RESULT";
}
