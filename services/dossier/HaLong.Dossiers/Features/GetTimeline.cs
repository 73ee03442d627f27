using HaLong.Dossiers.Persistence;
using HaLong.Identity.Contracts;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Features;

/// <summary>Every step of a dossier.</summary>
internal sealed class GetTimeline(DossierDbContext db, DossierDesk desk, ReadRecord reads)
{
    /// <param name="Step">From 1 without gaps.</param>
    /// <param name="Role">Role of who acted; names of officials are not shown.</param>
    internal sealed record Entry(
        int Step, DateTimeOffset At, string Action, string Role, string? Unit, string From, string To, string Note, string NoteVi, string NoteEn);

    public static void Map(IEndpointRouteBuilder group) => group
        .MapGet("/{id:guid}/timeline", (Guid id, GetTimeline handler, CancellationToken ct) => handler.HandleAsync(id, ct))
        .RequireAuthorization(Policies.Acting)
        .WithSummary("Every step of a dossier: when, in which role, from which state to which")
        .Answers<IReadOnlyList<Entry>>(200, 403, 404, 503);

    public async Task<List<Entry>> StepsAsync(Guid id, CancellationToken ct)
    {
        var steps = await db.Timeline.AsNoTracking().Where(t => t.DossierId == id).OrderBy(t => t.Step).ToListAsync(ct);
        return steps.ConvertAll(t => new Entry(
            t.Step, t.At, t.Action, t.ActorRole, t.Unit, t.FromStatus, t.ToStatus, Text.Bilingual(t.NoteVi, t.NoteEn), t.NoteVi, t.NoteEn));
    }

    private async Task<IResult> HandleAsync(Guid id, CancellationToken ct)
    {
        var owner = await desk.OwnerAsync(id, Acts.DossierRead, ct);
        if (!owner.IsSuccess)
            return owner.Error.ToProblem();
        await reads.AddAsync(ReadRecord.Timeline, id, owner.Value, ct);
        return TypedResults.Ok(await StepsAsync(id, ct));
    }
}
