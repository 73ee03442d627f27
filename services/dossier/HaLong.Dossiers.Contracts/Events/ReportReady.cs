using MassTransit;

namespace HaLong.Dossiers.Contracts.Events;

/// <summary>A file of a report that was made by somebody's schedule.</summary>
/// <param name="Id">Of the file.</param>
/// <param name="Format">csv, xlsx or pdf.</param>
public sealed record ReportReadyFile(Guid Id, string Format);

/// <summary>
/// A report that an official has subscribed himself to was made. Internal: it is no fact of a dossier and does not leave the platform. The files
/// are not in it: figures are read by who may sign in.
/// </summary>
/// <param name="RunId">This making of it, so that it tells nobody twice.</param>
/// <param name="OccurredAt">When it was made, UTC.</param>
/// <param name="AccountId">The account it was made for.</param>
/// <param name="Report">Name of the report.</param>
/// <param name="TitleVi">Its title in Vietnamese.</param>
/// <param name="TitleEn">Its title in English.</param>
/// <param name="From">First local day of the period.</param>
/// <param name="To">Last local day of the period.</param>
/// <param name="Language">In which the files and figures are: vi or en.</param>
/// <param name="Files">One in each format that is wanted.</param>
/// <param name="KeyFigures">The totals in words, one a line; empty when the report has none.</param>
/// <param name="ExpiresAt">Until when the files are kept, UTC.</param>
[EntityName("halong.report-ready.v1")]
[MessageUrn("halong.report-ready.v1")]
public sealed record ReportReady(
    Guid RunId,
    DateTimeOffset OccurredAt,
    Guid AccountId,
    string Report,
    string TitleVi,
    string TitleEn,
    DateOnly From,
    DateOnly To,
    string Language,
    IReadOnlyList<ReportReadyFile> Files,
    IReadOnlyList<string> KeyFigures,
    DateTimeOffset ExpiresAt);
