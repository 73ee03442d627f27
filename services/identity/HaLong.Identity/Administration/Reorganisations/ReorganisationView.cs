using System.Text.Json;

namespace HaLong.Identity.Administration.Reorganisations;

/// <param name="Id">The reorganisation.</param>
/// <param name="State">draft, applied or discarded.</param>
/// <param name="Effective">First day of the new order.</param>
/// <param name="LegalBasis">The decision.</param>
/// <param name="SubmittedBy">Who wrote it up.</param>
/// <param name="SubmittedAt">When.</param>
/// <param name="DecidedBy">Who applied or discarded it.</param>
/// <param name="DecidedAt">When.</param>
/// <param name="Report">What it would do (a draft: as things are now) or did.</param>
/// <param name="Version">Revision, also the ETag.</param>
internal sealed record ReorganisationView(
    Guid Id, string State, DateOnly Effective, string LegalBasis, Guid SubmittedBy, DateTimeOffset SubmittedAt, Guid? DecidedBy, DateTimeOffset? DecidedAt,
    ReorganisationReport Report, uint Version)
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static ReorganisationView Of(Reorganisation r, ReorganisationReport? report = null) => new(
        r.Id, r.State, r.Effective, r.LegalBasis, r.SubmittedBy, r.SubmittedAt, r.DecidedBy, r.DecidedAt,
        report ?? JsonSerializer.Deserialize<ReorganisationReport>(r.Report, Json)!, r.Version);
}

/// <summary>A reorganisation in a list, without its report.</summary>
internal sealed record ReorganisationLine(
    Guid Id, string State, DateOnly Effective, string LegalBasis, Guid SubmittedBy, DateTimeOffset SubmittedAt, Guid? DecidedBy, DateTimeOffset? DecidedAt)
{
    public static ReorganisationLine Of(Reorganisation r) =>
        new(r.Id, r.State, r.Effective, r.LegalBasis, r.SubmittedBy, r.SubmittedAt, r.DecidedBy, r.DecidedAt);
}
