using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.Dossiers.Persistence;
using HaLong.Messaging;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Features.Assignments;

/// <summary>An officer, or a supervisor for him, says when he is away and who stands in: meanwhile that colleague may do what the case officer may.</summary>
internal sealed class RecordAbsence(DossierDbContext db, IdentityDirectory directory, Caller caller, TimeProvider time)
{
    private const int MostDays = 365;

    /// <param name="OfficerId">Who is away; absent: the caller.</param>
    /// <param name="SubstituteId">Who stands in; an officer of the same unit.</param>
    /// <param name="From">First local day.</param>
    /// <param name="To">Last local day.</param>
    internal sealed record Request(Guid? OfficerId, Guid? SubstituteId, DateOnly? From, DateOnly? To);

    public static void Map(IEndpointRouteBuilder group) => group
        .MapPost("/", (Request request, RecordAbsence handler, HttpContext http, CancellationToken ct) => handler.HandleAsync(request, http, ct))
        .WithIdempotency<DossierDbContext>()
        .RequireAuthorization(Policies.Staff)
        .WithSummary("Say when an officer is away and who stands in")
        .Answers<AbsenceView>(201, 400, 403, 409, 422, 503);

    private async Task<IResult> HandleAsync(Request request, HttpContext http, CancellationToken ct)
    {
        var officer = request.OfficerId ?? caller.AccountId;
        if (caller.Unit is not { } unit || !AbsenceView.MayKeep(caller, officer))
            return DossierErrors.WrongRole.ToProblem();
        if (request is not { SubstituteId: { } substitute, From: { } from, To: { } to } || substitute == officer || to < from || to.DayNumber - from.DayNumber > MostDays)
        {
            return DossierErrors.Invalid.WithField(
                "substituteId", "Phải nêu người làm thay khác cán bộ, ngày đầu và ngày cuối.", "Name a substitute other than the officer, the first and the last day.").ToProblem();
        }
        var known = await directory.CheckOfficersAsync([officer, substitute], unit, ct);
        if (!known.IsSuccess)
            return known.Error.ToProblem();

        await using var transaction = await db.BeginOwnTransactionAsync(ct);
        // Two absences of one person at once wait for each other.
        foreach (var person in new[] { officer, substitute }.Order())
            await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({"absence:" + person}, 0))", ct);
        var overlaps = await db.Absences.AnyAsync(
            a => (a.OfficerId == officer || a.OfficerId == substitute) && a.EndedAt == null && a.From <= to && a.To >= from, ct);
        if (overlaps)
            return LifecycleErrors.AbsenceOverlaps.ToProblem();
        var now = time.Now();
        var absence = new OfficerAbsence
        {
            Id = Guid.CreateVersion7(now),
            UnitCode = unit,
            OfficerId = officer,
            SubstituteId = substitute,
            From = from,
            To = to,
            CreatedBy = caller.ActorId,
            CreatedAt = now,
        };
        db.Absences.Add(absence);
        await db.SaveChangesAsync(ct);
        if (transaction is not null)
            await transaction.CommitAsync(ct);
        Etag.Set(http.Response, absence.Version);
        return TypedResults.Created($"/api/v1/absences/{absence.Id}", AbsenceView.Of(absence));
    }
}
