using System.Text.Json;

namespace HaLong.Identity.DataRequests;

/// <summary>A request as its owner sees it.</summary>
/// <param name="Id">Of the request.</param>
/// <param name="Kind">access, correct, restrict, object or delete.</param>
/// <param name="State">received, acknowledged, inProgress, completed or refused.</param>
/// <param name="Regime">The law whose limits count.</param>
/// <param name="UnitCode">The unit whose desk deals with it; null for any.</param>
/// <param name="ReceivedAt">When it came in.</param>
/// <param name="AcknowledgeBy">Until when it must be acknowledged.</param>
/// <param name="CompleteBy">Until when it must be dealt with.</param>
/// <param name="AcknowledgedAt">When it was acknowledged.</param>
/// <param name="DecidedAt">When it was completed or refused.</param>
/// <param name="Reason">On what evidence it was done, or why it was refused.</param>
/// <param name="LegalBasis">The law behind a refusal.</param>
/// <param name="Outcome">What was done and what stays.</param>
/// <param name="Export">Where the copy is, for access.</param>
/// <param name="Version">Revision, also the ETag.</param>
internal sealed record DataRequestView(
    Guid Id, string Kind, string State, string Regime, string? UnitCode, DateTimeOffset ReceivedAt, DateTimeOffset? AcknowledgeBy, DateTimeOffset CompleteBy,
    DateTimeOffset? AcknowledgedAt, DateTimeOffset? DecidedAt, string? Reason, string? LegalBasis, JsonElement? Outcome, string? Export, uint Version)
{
    public static DataRequestView Of(DataRequest r) => new(
        r.Id, r.Kind, r.State, r.Regime, r.Unit, r.ReceivedAt, r.AcknowledgeBy, r.CompleteBy, r.AcknowledgedAt, r.DecidedAt, r.Reason, r.LegalBasis,
        r.Outcome is null ? null : JsonElement.Parse(r.Outcome),
        r is { Kind: DataRequestKinds.Access, State: DataRequestStates.Completed } ? $"/api/v1/me/data-requests/{r.Id}/export" : null, r.Version);
}

/// <summary>A request as the desk sees it.</summary>
/// <param name="Request">The request.</param>
/// <param name="AccountId">Whose.</param>
/// <param name="Overdue">True when a limit has passed.</param>
internal sealed record DeskView(DataRequestView Request, Guid AccountId, bool Overdue)
{
    public static DeskView Of(DataRequest r, DateTimeOffset now) => new(DataRequestView.Of(r), r.AccountId, IsOverdue(r, now));

    private static bool IsOverdue(DataRequest r, DateTimeOffset now) =>
        DataRequestStates.Open.Contains(r.State) && (r.CompleteBy < now || (r.AcknowledgedAt is null && r.AcknowledgeBy < now));
}

/// <summary>A request with what the person wrote.</summary>
/// <param name="Desk">The request.</param>
/// <param name="PersonName">Name of the person.</param>
/// <param name="Details">What was written; the personal number masked.</param>
internal sealed record DeskDetailView(DeskView Desk, string PersonName, Details Details);

/// <summary>What was done at the end of a request, and what stays.</summary>
/// <param name="Done">What was done, with how many.</param>
/// <param name="Kept">What stays and on which ground.</param>
internal sealed record OutcomeView(IReadOnlyList<DoneView> Done, IReadOnlyList<KeptView> Kept)
{
    public string ToJson() => JsonSerializer.Serialize(this, DataExportBuilder.Json);
}

/// <param name="What">Code of what.</param>
/// <param name="Vi">In Vietnamese.</param>
/// <param name="En">In English.</param>
/// <param name="Count">How many.</param>
internal sealed record DoneView(string What, string Vi, string En, int Count);

/// <param name="What">Code of what.</param>
/// <param name="Vi">What and why, in Vietnamese.</param>
/// <param name="En">What and why, in English.</param>
/// <param name="Source">The law that keeps it.</param>
internal sealed record KeptView(string What, string Vi, string En, string Source);
