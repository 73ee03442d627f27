using HaLong.Dossiers.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.NationalPortal.Inbound;

/// <summary>A filing, as reception sees it in lists: nothing personal.</summary>
/// <param name="State">received, waitingForAccount, filed, failed or refused.</param>
/// <param name="Reason">Why it is not filed, or was not at the last attempt.</param>
/// <param name="Defects">Everything that stands in its way.</param>
/// <param name="NextTryAt">When something is done next; null: nothing.</param>
/// <param name="Answer">What the portal is told: 0, or the code of the first defect.</param>
/// <param name="AnsweredAt">When it heard; null: not yet.</param>
internal sealed record InboundView(
    string Code, long Number, string State, string? ProcedureCode, string? UnitCode, DateTimeOffset ReceivedAt, int Attempts, string? Reason,
    IReadOnlyList<InboundDefectView> Defects, DateTimeOffset? NextTryAt, Guid? DossierId, string? Answer, DateTimeOffset? AnsweredAt)
{
    public static InboundView Of(InboundFiling f) => new(
        f.Code, f.Number, f.State, f.ProcedureCode, f.UnitCode, f.ReceivedAt, f.Attempts, f.Reason,
        f.Defects.ConvertAll(d => new InboundDefectView(d.Field, Text.Bilingual(d.Vi, d.En))), f.NextTryAt, f.State == InboundState.Filed ? f.DossierId : null,
        f.AnswerCode, f.AnsweredAt);
}

internal sealed record InboundDefectView(string Field, string Message);

/// <summary>What reception sees: filings for its unit, and those of which no unit is known, so that none is nobody's.</summary>
internal sealed class InboundDesk(DossierDbContext db, Caller caller)
{
    public IQueryable<InboundFiling> Visible => db.Set<InboundFiling>().Where(f => f.UnitCode == caller.Unit || f.UnitCode == null);

    public async Task<Result<InboundFiling>> TakeAsync(string code, CancellationToken ct) =>
        await Visible.SingleOrDefaultAsync(f => f.Code == code, ct) is { } row ? row : InboundErrors.NotFound;
}
