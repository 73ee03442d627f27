using System.Collections.Frozen;
using HaLong.Dossiers.Catalogue;
using HaLong.Dossiers.NationalPortal;

namespace HaLong.Dossiers.Domain;

/// <summary>States of a dossier: the words of Data/statuses.json.</summary>
internal static class DossierStatus
{
    public const string Draft = "DRAFT";
    public const string Submitted = "SUBMITTED";
    public const string SupplementReception = "SUPPLEMENT_RECEPTION";
    public const string Accepted = "ACCEPTED";
    public const string NotAccepted = "NOT_ACCEPTED";
    public const string Processing = "PROCESSING";
    public const string WaitOpinion = "WAIT_OPINION";
    public const string SupplementProcessing = "SUPPLEMENT_PROCESSING";
    public const string WaitPayment = "WAIT_PAYMENT";

    /// <summary>Approved or refused and signed: the two ends of Data/statuses.json, told apart by <see cref="Dossier.Outcome"/>.</summary>
    public const string Resolved = "RESOLVED";
    public const string Stopped = "STOPPED";
    public const string Withdrawn = "WITHDRAWN";
    public const string Returned = "RETURNED";

    /// <summary>In the order of the dossier's way when nothing holds it up.</summary>
    public static readonly IReadOnlyList<string> Way = [Draft, Submitted, Accepted, Processing, Resolved, Returned];

    /// <summary>States from which no way leads on.</summary>
    public static readonly IReadOnlyList<string> Over = [NotAccepted, Stopped, Withdrawn, Returned];

    /// <summary>Filed and not over: somebody still has something to do.</summary>
    public static readonly IReadOnlyList<string> Open =
        [Submitted, SupplementReception, Accepted, Processing, WaitOpinion, SupplementProcessing, WaitPayment, Resolved];

    /// <summary>States in which the applicant can add documents.</summary>
    public static readonly IReadOnlyList<string> TakingDocuments = [Draft, SupplementReception, SupplementProcessing];

    public static readonly IReadOnlyList<string> All = [Draft, .. Open, .. Over];

    private static readonly FrozenDictionary<string, (string Vi, string En)> Names = DataFiles.StatusNames();

    /// <summary>Vietnamese and English name of a state.</summary>
    public static (string Vi, string En) Name(string status) => Names.GetValueOrDefault(status, (status, status));

    /// <summary>How far along <see cref="Way"/> a dossier in this state is; what ended otherwise is at the end.</summary>
    public static int StepOf(string status) => status switch
    {
        SupplementReception => 1,
        WaitOpinion or SupplementProcessing or WaitPayment => 3,
        NotAccepted or Stopped or Withdrawn => Way.Count - 1,
        _ => Way.TakeWhile(s => s != status).Count(),
    };

    /// <summary>The status code of the National Portal (field TrangThaiHoSo); null for what is not sent there.</summary>
    public static int? PortalCode(string status) => PortalStatus.Of(status)?.Code;
}

/// <summary>How the agency decided.</summary>
internal static class Outcome
{
    public const string Approved = "APPROVED";
    public const string Refused = "REFUSED";
}
