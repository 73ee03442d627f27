using System.Text.RegularExpressions;

namespace HaLong.Notifications.Domain;

/// <summary>The public event types. What is not here does not leave the platform.</summary>
internal static partial class EventTypes
{
    public const string Submitted = "vn.halong.dossier.submitted.v1";
    public const string FeePaid = "vn.halong.dossier.fee-paid.v1";
    public const string Accepted = "vn.halong.dossier.accepted.v1";
    public const string DeadlineChanged = "vn.halong.dossier.deadline-changed.v1";
    public const string ProcessingStarted = "vn.halong.dossier.processing-started.v1";
    public const string Approved = "vn.halong.dossier.approved.v1";
    public const string ResultReady = "vn.halong.dossier.result-ready.v1";
    public const string Returned = "vn.halong.dossier.returned.v1";

    public const string SupplementRequested = "vn.halong.dossier.supplement-requested.v1";
    public const string Supplemented = "vn.halong.dossier.supplemented.v1";
    public const string NotAccepted = "vn.halong.dossier.not-accepted.v1";
    public const string Refused = "vn.halong.dossier.refused.v1";
    public const string Stopped = "vn.halong.dossier.stopped.v1";
    public const string Withdrawn = "vn.halong.dossier.withdrawn.v1";
    public const string FeeDue = "vn.halong.dossier.fee-due.v1";
    public const string DeadlineExtended = "vn.halong.dossier.deadline-extended.v1";
    public const string Overdue = "vn.halong.dossier.overdue.v1";
    public const string ResultCorrected = "vn.halong.dossier.result-corrected.v1";

    public static readonly IReadOnlyList<string> All =
    [
        Submitted, FeePaid, Accepted, DeadlineChanged, ProcessingStarted, Approved, ResultReady, Returned,
        SupplementRequested, Supplemented, NotAccepted, Refused, Stopped, Withdrawn, FeeDue, DeadlineExtended, Overdue, ResultCorrected,
    ];

    private const int MostPrefixes = 20;

    /// <summary>A filter holds one to twenty prefixes, each of which fits at least one type.</summary>
    public static bool IsUsableFilter(IReadOnlyCollection<string>? prefixes) =>
        prefixes is { Count: >= 1 and <= MostPrefixes } && prefixes.All(IsUsablePrefix);

    public static bool IsUsablePrefix(string? prefix) =>
        prefix is not null && Prefix().IsMatch(prefix) && All.Any(type => type.StartsWith(prefix, StringComparison.Ordinal));

    [GeneratedRegex(@"^vn\.halong\.[a-z0-9.\-]{0,100}$")]
    private static partial Regex Prefix();
}
