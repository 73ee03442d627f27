using HaLong.Identity.Domain;
using HaLong.Identity.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Delegations;

/// <summary>Loads delegations for their two sides. Who is neither asks in vain: the row does not exist for him.</summary>
internal sealed class DelegationDesk(IdentityDbContext db, Caller caller, TimeProvider time)
{
    public DateTimeOffset Now { get; } = time.GetUtcNow();

    public DateOnly Today => LocalTime.Date(Now);

    public IQueryable<Delegation> Given => db.Delegations.Where(d => d.PrincipalId == caller.AccountId);

    /// <summary>What the caller is asked for or has accepted, also by number and name where he was not known when it was offered.</summary>
    public async Task<IQueryable<Delegation>> ReceivedAsync(CancellationToken ct)
    {
        var account = await db.Accounts.AsNoTracking().SingleOrDefaultAsync(a => a.Id == caller.AccountId && !a.IsClosed, ct);
        var index = account?.PersonalNumberIndex;
        if (index is null)
            return db.Delegations.Where(d => d.DelegateId == caller.AccountId);

        // Few rows look for one number, and comparing names is no work for the database.
        var open = await db.Delegations.Where(d => d.DelegateId == null && d.InvitedIndex == index).Select(d => new { d.Id, d.InvitedName }).ToListAsync(ct);
        var mine = open.Where(d => People.SameName(d.InvitedName ?? "", account!.DisplayName)).Select(d => d.Id).ToList();
        return db.Delegations.Where(d => d.DelegateId == caller.AccountId || mine.Contains(d.Id));
    }

    /// <summary>A delegation that the caller was asked to accept, to be changed; checks If-Match.</summary>
    public async Task<Result<Delegation>> TakeReceivedAsync(Guid id, HttpRequest request, CancellationToken ct) =>
        Check(await (await ReceivedAsync(ct)).SingleOrDefaultAsync(d => d.Id == id, ct), request);

    /// <summary>A delegation of either side, to be changed; checks If-Match.</summary>
    public async Task<Result<Delegation>> TakeAsync(Guid id, HttpRequest request, CancellationToken ct) =>
        Check(await FindAsync(id, ct), request);

    public async Task<Delegation?> FindAsync(Guid id, CancellationToken ct) =>
        await Given.SingleOrDefaultAsync(d => d.Id == id, ct) ?? await (await ReceivedAsync(ct)).SingleOrDefaultAsync(d => d.Id == id, ct);

    /// <summary>One delegation with the names of its sides.</summary>
    public async Task<IResult> ShowAsync(Delegation delegation, HttpContext http, CancellationToken ct)
    {
        Etag.Set(http.Response, delegation.Version);
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok((await ViewsAsync([delegation], ct))[0]);
    }

    public async Task<List<DelegationView>> ViewsAsync(List<Delegation> delegations, CancellationToken ct)
    {
        var ids = delegations.SelectMany(d => new[] { d.PrincipalId, d.DelegateId ?? Guid.Empty }).Distinct().ToList();
        var names = await db.Accounts.Where(a => ids.Contains(a.Id)).ToDictionaryAsync(a => a.Id, a => a.DisplayName, ct);
        return delegations.ConvertAll(d => DelegationView.Of(d, caller.AccountId, Today, names));
    }

    private static Result<Delegation> Check(Delegation? delegation, HttpRequest request)
    {
        if (delegation is null)
            return IdentityErrors.DelegationNotFound;
        return Etag.Check(request, delegation.Version) is { } stale ? stale : delegation;
    }
}
