using HaLong.Dossiers.Catalogue;
using HaLong.Dossiers.Documents;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Persistence;
using HaLong.Messaging;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.Features;

/// <summary>Reception accepts a dossier: the clock starts, the applicant gets form 01.</summary>
internal sealed class AcceptDossier(
    DossierDbContext db, DossierDesk desk, ProcedureCatalogue catalogue, PaperWork papers, IOptions<DossierOptions> options, TimeProvider time)
{
    public static void Map(IEndpointRouteBuilder group) => group
        .MapPost("/{id:guid}/acceptance", (Guid id, AcceptDossier handler, HttpContext http, CancellationToken ct) => handler.HandleAsync(id, http, ct))
        .WithIdempotency<DossierDbContext>()
        .RequireAuthorization(Policies.Reception)
        .WithSummary("Accept a filed dossier: due date and receipt (form 01)")
        .Answers<DossierView>(200, 403, 404, 409, 412, 422);

    private async Task<IResult> HandleAsync(Guid id, HttpContext http, CancellationToken ct)
    {
        var taken = await desk.TakeAtReceptionAsync(id, http.Request, ct);
        if (!taken.IsSuccess)
            return taken.Error.ToProblem();
        var dossier = taken.Value;
        var procedure = await catalogue.GetAsync(dossier.ProcedureId, ct);
        var now = time.Now();
        var (dueAt, assumed) = DueAt(catalogue.ContentOf(procedure).TimeLimit, now, options.Value.AssumedTimeLimitDays);
        var receiver = desk.As(Roles.Reception);
        var accepted = dossier.Accept(receiver, dueAt, assumed, now);
        if (!accepted.IsSuccess)
            return accepted.Error.ToProblem();

        var filed = await db.Documents.AsNoTracking().Where(d => d.DossierId == id && d.Kind == DocumentKind.Component).ToListAsync(ct);
        db.Documents.Add(await papers.ReceiptAsync(dossier, procedure, filed, receiver, ct));
        return await desk.SaveAsync(dossier, "accept", http, ct);
    }

    /// <summary>The appointment: closing time of the last day of the limit; from the assumed limit where none is known.</summary>
    internal static (DateTimeOffset At, bool Assumed) DueAt(ProcedureTimeLimit limit, DateTimeOffset accepted, int assumedDays)
    {
        var (value, unit) = limit.Value is { } known ? (known, limit.Unit ?? TimeLimitUnit.WorkingDay) : (assumedDays, TimeLimitUnit.WorkingDay);
        var local = TimeZoneInfo.ConvertTime(accepted, LocalTime.Zone).DateTime;
        var due = WorkingCalendar.DueAt(local, value, unit, DataFiles.Calendar);
        return (LocalTime.Instant(DateOnly.FromDateTime(due), TimeOnly.FromDateTime(due)), limit.Value is null || limit.Assumed);
    }
}
