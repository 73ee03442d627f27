using System.Linq.Expressions;
using HaLong.Dossiers.Deadlines;
using HaLong.Dossiers.Domain;

namespace HaLong.Dossiers.Features.Queues;

/// <summary>What a line of a queue needs of a dossier: not the form, not the fees.</summary>
internal sealed record QueueRow
{
    public required Guid Id { get; init; }
    public required string? Code { get; init; }
    public required string Status { get; init; }
    public required string? QueuedFor { get; init; }
    public required string ProcedureCode { get; init; }
    public required string ProcedureNameVi { get; init; }
    public required string ProcedureNameEn { get; init; }
    public required string UnitCode { get; init; }
    public required string Subject { get; init; }
    public required Guid OwnerId { get; init; }
    public required string OwnerName { get; init; }
    public required string Channel { get; init; }
    public required Guid? OfficerId { get; init; }
    public required DateTimeOffset? DueAt { get; init; }
    public required DateTimeOffset DueOrder { get; init; }
    public required LimitUnit? LimitUnit { get; init; }
    public string? PersonSignature { get; init; }
    public required bool AskedTwice { get; init; }
    public required uint Version { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset SubmittedAt { get; init; }

    /// <summary>The clock runs and ends at <see cref="DueAt"/>.</summary>
    public bool IsRunning => DueAt == DueOrder;

    public bool IsByTheHour => LimitUnit is { } unit && new TimeLimit(unit, 0).IsByTheHour;

    public static Expression<Func<Dossier, QueueRow>> Of(IQueryable<DossierClock> clocks) => d => new QueueRow
    {
        Id = d.Id,
        Code = d.Code,
        Status = d.Status,
        QueuedFor = d.QueuedFor,
        ProcedureCode = d.ProcedureCode,
        ProcedureNameVi = d.ProcedureNameVi,
        ProcedureNameEn = d.ProcedureNameEn,
        UnitCode = d.UnitCode,
        Subject = d.Subject,
        OwnerId = d.OwnerId,
        OwnerName = d.OwnerName,
        Channel = d.Channel,
        OfficerId = d.OfficerId,
        DueAt = d.DueAt,
        DueOrder = d.DueOrder,
        LimitUnit = clocks.Where(c => c.DossierId == d.Id).Select(c => (LimitUnit?)c.Unit).FirstOrDefault(),
        PersonSignature = d.PersonSignature,
        AskedTwice = d.SupplementsAtReception > 1 || d.SupplementsAtProcessing > 1,
        Version = d.Version,
        CreatedAt = d.CreatedAt,
        SubmittedAt = d.SubmittedAt!.Value,
    };
}
