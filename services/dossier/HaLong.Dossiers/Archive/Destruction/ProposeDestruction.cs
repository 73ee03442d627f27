using HaLong.Dossiers.Archive.Retention;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Features;
using HaLong.Dossiers.Features.Lifecycle;
using HaLong.Dossiers.Persistence;
using HaLong.Messaging;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.Archive.Destruction;

/// <summary>Lists the dossiers of a unit that need not be kept any longer. Nothing happens to them until somebody else approves.</summary>
internal sealed class ProposeDestruction(
    DossierDbContext db, RetentionRules rules, ArchiveKeepers keepers, IOptions<ArchiveOptions> options, Caller caller, TimeProvider time)
{
    private const int MaxBasis = 500;

    /// <param name="Unit">Unit that decided.</param>
    /// <param name="LegalBasis">By which provision; printed in the minutes.</param>
    internal sealed record Request(string? Unit, string? LegalBasis);

    public static void Map(IEndpointRouteBuilder group) => group
        .MapPost("/", (Request request, ProposeDestruction handler, HttpContext http, CancellationToken ct) => handler.HandleAsync(request, http, ct))
        .WithIdempotency<DossierDbContext>()
        .RequireAuthorization(Policies.Administrator)
        .WithSummary("Propose dossiers past their retention for destruction; those under a legal hold or on another open list are left out")
        .Answers<DestructionView>(201, 400, 403, 409, 422, 503);

    private async Task<IResult> HandleAsync(Request request, HttpContext http, CancellationToken ct)
    {
        var input = new Input();
        var (unit, basis) = (input.Need("unit", request.Unit, 20), input.Need("legalBasis", request.LegalBasis, MaxBasis));
        if (input.Error is { } error)
            return error.ToProblem();
        if (await keepers.RefuseAsync(unit, ct) is { } refusal)
            return refusal.ToProblem();
        var (id, now) = (Guid.CreateVersion7(time.GetUtcNow()), time.Now());
        var items = await DueAsync(id, unit, now, ct);
        if (items.Count == 0)
            return ArchiveErrors.NothingDue.ToProblem();
        var list = new DestructionList
        {
            Id = id,
            UnitCode = unit,
            LegalBasis = basis,
            Count = items.Count,
            ProposedBy = caller.ActorId,
            ProposedByName = caller.DisplayName,
            ProposedAt = now,
        };
        db.DestructionLists.Add(list);
        db.DestructionItems.AddRange(items);
        await db.SaveChangesAsync(ct);
        Etag.Set(http.Response, list.Version);
        return TypedResults.Created($"/api/v1/admin/destruction-lists/{id}", DestructionView.Of(list));
    }

    private async Task<List<DestructionItem>> DueAsync(Guid listId, string unit, DateTimeOffset now, CancellationToken ct)
    {
        var items = new List<DestructionItem>();
        if (rules.Shortest is not { } years)
            return items;
        var (today, latest) = (LocalTime.Date(now), now.AddYears(-years));
        // Whoever still has originals to give back, or a correction to sign, is not through with it.
        var old = db.Dossiers.AsNoTracking()
            .Where(d => d.UnitCode == unit && DossierStatus.Over.Contains(d.Status) && d.ClosedAt < latest && d.DestroyedAt == null && d.HoldReason == null
                && d.OriginalsHeld == 0 && d.CorrectionId == null && !db.DestructionItems.Any(i => i.DossierId == d.Id && i.State == DestructionItemState.Pending))
            .Join(db.Procedures, d => d.ProcedureId, p => p.Id, (d, p) => new { d.Id, d.Code, d.ProcedureCode, p.Field, d.Status, ClosedAt = d.ClosedAt!.Value })
            .OrderBy(d => d.ClosedAt).ThenBy(d => d.Id);
        await foreach (var d in old.AsAsyncEnumerable().WithCancellation(ct))
        {
            if (items.Count == options.Value.MaxListed)
                break;
            if (rules.EndOf(d.ProcedureCode, d.Field, d.Status, LocalTime.Date(d.ClosedAt)) is not { } end || end.KeepUntil >= today)
                continue;
            items.Add(new DestructionItem
            {
                ListId = listId,
                Number = items.Count + 1,
                DossierId = d.Id,
                Code = d.Code!,
                ProcedureCode = d.ProcedureCode,
                Status = d.Status,
                ClosedAt = d.ClosedAt,
                KeepUntil = end.KeepUntil,
                Rule = end.Rule,
            });
        }
        return items;
    }
}
