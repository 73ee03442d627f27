using HaLong.Identity.Domain;
using HaLong.Identity.Persistence;
using HaLong.Identity.Sessions;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Organisations;

/// <summary>
/// A legal representative ends an authorisation, or the authorised person leaves: at once, and every token in the organisation's name is
/// void. Who speaks by law is changed at the counter, or an organisation could lose its voice by one click.
/// </summary>
internal sealed class RemoveRepresentative(IdentityDbContext db, OrganisationDesk desk, MyOrganisations mine, Revocations revocations, Caller caller)
{
    public async Task<IResult> HandleAsync(Guid id, Guid representative, HttpContext http, CancellationToken ct)
    {
        var taken = await desk.ManageAsync(id, ct);
        if (!taken.IsSuccess)
            return taken.Error.ToProblem();
        return await EndAsync(await db.Representatives.SingleOrDefaultAsync(r => r.Id == representative && r.OrganisationId == id, ct), http, ct);
    }

    public async Task<IResult> LeaveAsync(Guid representative, HttpContext http, CancellationToken ct) =>
        await EndAsync(await mine.FindAsync(representative, ct), http, ct);

    private async Task<IResult> EndAsync(Representative? row, HttpContext http, CancellationToken ct)
    {
        if (row is null)
            return OrganisationErrors.RepresentativeNotFound.ToProblem();
        if (row.Kind == RepresentativeKind.Legal)
            return OrganisationErrors.LegalByOfficial.ToProblem();
        if (Etag.Check(http.Request, row.Version) is { } stale)
            return stale.ToProblem();
        var wasActive = row.State == RepresentativeState.Active;
        var removed = row.Remove(caller.ActorId, desk.Today, desk.Now);
        if (!removed.IsSuccess)
            return removed.Error.ToProblem();
        if (wasActive)
            revocations.RightsChanged(await db.Accounts.SingleAsync(a => a.Id == row.OrganisationId, ct));
        desk.Tell(row, RepresentativeChange.Removed);
        await db.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }
}
