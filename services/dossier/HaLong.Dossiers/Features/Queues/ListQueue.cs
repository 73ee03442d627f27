using HaLong.Dossiers.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Features.Queues;

/// <summary>A work queue of the caller's unit or of himself, page by page.</summary>
internal sealed class ListQueue(DossierDbContext db, QueueDesk desk)
{
    public static void Map(IEndpointRouteBuilder group) => group
        .MapGet("/", ([AsParameters] QueueParameters request, ListQueue handler, CancellationToken ct) => handler.HandleAsync(request, ct))
        .RequireAuthorization(Policies.Staff)
        .WithSummary("Work queue: queue=unit (default), mine, unassigned, expiring, overdue, or by whose move it is: applicant, reception, officer, agency, payment, signature, handover")
        .Answers<Page<QueueItem>>(200, 400);

    private async Task<IResult> HandleAsync(QueueParameters request, CancellationToken ct)
    {
        var (size, filter) = (Cursor.Limit(request.Limit), QueueFilter.Read(request));
        if (!size.IsSuccess)
            return size.Error.ToProblem();
        if (!filter.IsSuccess)
            return filter.Error.ToProblem();
        var (queue, sort) = filter.Value;
        var after = QueueKey.Read(request.After, sort);
        if (!after.IsSuccess)
            return after.Error.ToProblem();

        var officers = await desk.OfficersAsync(ct);
        var rows = filter.Value.Narrow(QueueKinds.Pick(desk.Open, queue, desk.Moment, officers, db.Clocks));
        if (filter.Value.Field is { } field)
        {
            // The codes first: a join would take the order away from the index.
            var codes = await db.Procedures.Where(p => p.Field == field).Select(p => p.Code).Distinct().ToListAsync(ct);
            if (codes.Count == 0)
                return QueueErrors.Invalid.WithField("field", "Không có lĩnh vực này.", "There is no such field.").ToProblem();
            rows = rows.Where(d => codes.Contains(d.ProcedureCode));
        }

        return await desk.ShowAsync(QueueKey.Order(rows, sort, after.Value), size.Value, officers, ReadRecord.DossierList, row => QueueKey.Of(sort, row), ct);
    }
}
