using HaLong.Dossiers.Deadlines;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.Dossiers.Satisfaction;
using HaLong.Dossiers.Statistics.Facts;

namespace HaLong.Dossiers.Tests.Statistics.Facts;

/// <summary>The history of a dossier as it lies in memory: what reading it from the database must give.</summary>
internal static class Histories
{
    public static DossierHistory Of(
        Dossier d, IEnumerable<TimelineEntry> steps, IEnumerable<ClockEntry> clock, IEnumerable<object> records, TimeLimit? limit,
            ProcedureTraits procedure, string level = "commune")
    {
        var rows = records.ToList();
        var rating = rows.OfType<DossierRating>().SingleOrDefault();
        var history = new DossierHistory
        {
            Id = d.Id,
            Status = d.Status,
            UnitCode = d.UnitCode,
            UnitId = d.UnitId,
            Level = level,
            ReceivingUnitCode = d.ReceivingUnitCode ?? d.UnitCode,
            OfficerId = d.OfficerId,
            ProcedureId = d.ProcedureId,
            ProcedureCode = d.ProcedureCode,
            Procedure = procedure,
            Channel = d.Channel,
            IntakeSource = d.IntakeSource,
            AssistanceUnit = d.AssistanceUnit,
            AssistancePlace = d.AssistancePlace,
            Assurance = d.FiledAssurance ?? d.FeeBasis?.Assurance ?? 0,
            SubmittedAt = d.SubmittedAt!.Value,
            AcceptedAt = d.AcceptedAt,
            ResolvedAt = d.ResolvedAt,
            ReturnedAt = d.ReturnedAt,
            ClosedAt = d.ClosedAt,
            DueAt = d.DueAt,
            Outcome = d.Outcome,
            Corrections = d.Corrections,
            Reused = d.ReusedComponents,
            Papers = [.. d.Counter?.Originals.Select(o => o.Component) ?? []],
            FilingFees = d.FeeTotal,
            PaymentStatus = d.PaymentStatus,
            PaidAmount = d.PaidAmount,
            PaidBy = d.PaidBy,
            Limit = d.AcceptedAt is null ? null : limit,
            Stars = rating?.Stars,
            RatedAt = rating?.RatedAt,
            // The database puts it there when it is filed; nobody tells the portal.
            InLedger = true,
        };
        history.Steps.AddRange(steps.Select(s => new HistoryStep(s.At, s.Action, s.ActorRole, s.FromStatus, s.ToStatus)));
        history.Clock.AddRange(clock);
        history.Files.AddRange(rows.OfType<DossierDocument>().Select(f => new HistoryFile(f.Component, f.CreatedAt)));
        history.Demands.AddRange(rows.OfType<FeeDemand>().Select(f => f.State));
        return history;
    }
}
