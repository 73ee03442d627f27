using System.Globalization;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Features.Opinions;

/// <summary>What other units ask the caller's unit, the first deadline first.</summary>
internal sealed class ListAskedOpinions(DossierDbContext db, ReadRecord reads, Caller caller, TimeProvider time)
{
    /// <param name="Late">Its deadline is over.</param>
    internal sealed record Item(Guid Id, Guid DossierId, string Code, string ProcedureName, string FromUnit, string Question, DateTimeOffset RequestedAt, DateTimeOffset Deadline, bool Late);

    public static void Map(IEndpointRouteBuilder group) => group
        .MapGet("/opinions", (string? after, int? limit, ListAskedOpinions handler, CancellationToken ct) => handler.HandleAsync(after, limit, ct))
        .RequireAuthorization(Policies.Staff)
        .WithSummary("Questions of other units that the caller's unit has to answer")
        .Answers<Page<Item>>(200, 400, 403);

    private async Task<IResult> HandleAsync(string? after, int? limit, CancellationToken ct)
    {
        var (size, cursor) = (Cursor.Limit(limit), Cursor.Decode(after, 2));
        if (DossierEndpoints.FirstError(size, cursor) is { } error)
            return error.ToProblem();
        var (unit, now) = (caller.Unit ?? "", time.Now());
        var open = db.Opinions.AsNoTracking().Where(o => o.UnitCode == unit && o.AnsweredAt == null && o.ClosedAt == null);
        if (cursor.Value is [var moment, var key])
        {
            if (!DateTimeOffset.TryParse(moment, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var at) || !Guid.TryParse(key, out var id))
                return DossierErrors.Invalid.WithField("after", "Con trỏ trang không hợp lệ.", "The page cursor is not valid.").ToProblem();
            open = open.Where(o => EF.Functions.GreaterThan(ValueTuple.Create(o.Deadline, o.Id), ValueTuple.Create(at.ToUniversalTime(), id)));
        }
        var rows = await open.Join(db.Dossiers, o => o.DossierId, d => d.Id, (o, d) => new { Opinion = o, Dossier = d })
            .Where(r => r.Dossier.Status == DossierStatus.WaitOpinion)
            .OrderBy(r => r.Opinion.Deadline).ThenBy(r => r.Opinion.Id).Take(size.Value + 1).ToListAsync(ct);
        await reads.AddPageAsync(ReadRecord.DossierList, rows.Take(size.Value).Select(r => r.Dossier.OwnerId), ct);
        var items = rows.ConvertAll(r => new Item(
            r.Opinion.Id, r.Dossier.Id, r.Dossier.Code!, Text.Bilingual(r.Dossier.ProcedureNameVi, r.Dossier.ProcedureNameEn),
            Text.Bilingual(r.Dossier.UnitNameVi, r.Dossier.UnitNameEn), r.Opinion.Question, r.Opinion.RequestedAt, r.Opinion.Deadline, r.Opinion.Deadline < now));
        return TypedResults.Ok(Page.Of(items, size.Value, i => [i.Deadline.ToString("O", CultureInfo.InvariantCulture), i.Id.ToString()]));
    }
}
