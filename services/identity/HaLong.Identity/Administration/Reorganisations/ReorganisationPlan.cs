using HaLong.Identity.Domain;
using HaLong.Identity.Staff;
using HaLong.Identity.Units;

namespace HaLong.Identity.Administration.Reorganisations;

/// <summary>What a reorganisation is held against: the platform as it is.</summary>
/// <param name="Units">All versions of all units.</param>
/// <param name="Assignments">Assignments that reach the first day of the new order.</param>
/// <param name="Grants">Requests for roles that wait.</param>
/// <param name="Groups">Reporting groups.</param>
/// <param name="Places">Receiving places.</param>
/// <param name="Today">Local day.</param>
internal sealed record Situation(
    IReadOnlyList<Unit> Units, IReadOnlyList<Assignment> Assignments, IReadOnlyList<RoleGrant> Grants, IReadOnlyList<UnitGroup> Groups,
    IReadOnlyList<ReceivingPlace> Places, DateOnly Today);

/// <summary>What has to be done, worked out from the document and the situation; nothing is changed yet.</summary>
internal sealed class ReorganisationPlan
{
    public required DateOnly Effective { get; init; }

    public required string LegalBasis { get; init; }

    public List<Unit> Ended { get; } = [];

    public List<Unit> Created { get; } = [];

    public List<(ReorganisationDocument.TransitionInput Input, Unit From, Unit To)> Transitions { get; } = [];

    public List<(Assignment Assignment, Unit? To, string How)> Moves { get; } = [];

    public List<RoleGrant> Grants { get; } = [];

    public List<(UnitGroup Group, string[] UnitCodes)> Groups { get; } = [];

    public List<(ReorganisationDocument.PlaceInput Input, Unit Unit)> Opened { get; } = [];

    public List<ReceivingPlace> Closed { get; } = [];

    public Dictionary<string, Unit> Choices { get; } = new(StringComparer.Ordinal);

    public List<ReorganisationReport.Finding> Faults { get; } = [];

    public List<ReorganisationReport.Finding> Warnings { get; } = [];

    public DateOnly LastDay => Effective.AddDays(-1);

    public bool IsApplicable => Faults.Count == 0;

    public void Fault(string code, string subject, string vi, string en) => Faults.Add(new ReorganisationReport.Finding(code, subject, vi, en));

    public void Warn(string code, string subject, string vi, string en) => Warnings.Add(new ReorganisationReport.Finding(code, subject, vi, en));

    public ReorganisationReport Report() => new(
        IsApplicable, Effective, [.. Ended.Select(u => u.Id)], [.. Created.Select(u => u.Id)], Transitions.Count, Opened.Count, Closed.Count,
        [.. Transitions.Where(t => t.Input.IsPart && Ended.Contains(t.From)).GroupBy(t => t.From).Select(SplitOf)],
        [.. Moves.Select(m => new ReorganisationReport.Move(m.Assignment.Id, m.Assignment.AccountId, m.Assignment.UnitId, m.To?.Id, m.How))],
        Grants.Count, Faults, Warnings);

    private ReorganisationReport.Split SplitOf(IGrouping<Unit, (ReorganisationDocument.TransitionInput Input, Unit From, Unit To)> parts) => new(
        parts.Key.Id, [.. parts.Select(p => p.To.Id)], Moves.Count(m => m.Assignment.UnitId == parts.Key.Id) + Faults.Count(f => f.Code == StaffPlan.NeedsChoice && f.Subject == parts.Key.Id),
        Choices.GetValueOrDefault(parts.Key.Id)?.Id);
}
