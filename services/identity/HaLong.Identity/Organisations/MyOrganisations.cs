using HaLong.Identity.Delegations;
using HaLong.Identity.Domain;
using HaLong.Identity.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Organisations;

/// <summary>The organisations that the caller represents or is asked to represent, and his answers.</summary>
internal sealed class MyOrganisations(IdentityDbContext db, OrganisationDesk desk, Caller caller)
{
    public async Task<IResult> ListAsync(string? after, int? limit, HttpContext http, CancellationToken ct)
    {
        var size = Cursor.Limit(limit);
        if (!size.IsSuccess)
            return size.Error.ToProblem();
        var cursor = Cursor.Decode(after, 1);
        if (!cursor.IsSuccess)
            return cursor.Error.ToProblem();
        var rows = await MineAsync(ct);
        if (cursor.Value is [var key])
        {
            if (!Guid.TryParse(key, out var last))
                return CommonErrors.BadRequest.ToProblem();
            rows = rows.Where(r => r.Id < last);
        }

        var found = await rows.AsNoTracking().OrderByDescending(r => r.Id).Take(size.Value + 1).ToListAsync(ct);
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(Page.Of(await ViewsAsync(found, ct), size.Value, r => [r.Id.ToString()]));
    }

    public Task<IResult> AcceptAsync(Guid id, HttpContext http, CancellationToken ct) =>
        AnswerAsync(id, r => r.Accept(caller.AccountId, desk.Today, desk.Now), RepresentativeChange.Added, http, ct);

    public Task<IResult> DeclineAsync(Guid id, HttpContext http, CancellationToken ct) =>
        AnswerAsync(id, r => r.Decline(caller.AccountId, desk.Today, desk.Now), RepresentativeChange.Declined, http, ct);

    /// <summary>A representation of the caller's own, or an invitation that is meant for him.</summary>
    public async Task<Representative?> FindAsync(Guid id, CancellationToken ct) => await (await MineAsync(ct)).SingleOrDefaultAsync(r => r.Id == id, ct);

    private async Task<IResult> AnswerAsync(Guid id, Func<Representative, Result> answer, string change, HttpContext http, CancellationToken ct)
    {
        if (await FindAsync(id, ct) is not { } row)
            return OrganisationErrors.RepresentativeNotFound.ToProblem();
        if (Etag.Check(http.Request, row.Version) is { } stale)
            return stale.ToProblem();
        if (!caller.IsInRole(Roles.Citizen))
            return OrganisationErrors.OnlyPeople.ToProblem();
        if (change == RepresentativeChange.Added && !await db.Accounts.AnyAsync(a => a.Id == caller.AccountId && a.Level >= 2, ct))
            return OrganisationErrors.LevelTooLow.ToProblem();
        var answered = answer(row);
        if (!answered.IsSuccess)
            return answered.Error.ToProblem();
        desk.Tell(row, change);
        await db.SaveChangesAsync(ct);
        Etag.Set(http.Response, row.Version);
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok((await ViewsAsync([row], ct))[0]);
    }

    /// <summary>Also by number and name, where the person was not known when he was invited.</summary>
    private async Task<IQueryable<Representative>> MineAsync(CancellationToken ct)
    {
        var account = caller.ActsForAnother ? null : await db.Accounts.AsNoTracking().SingleOrDefaultAsync(a => a.Id == caller.AccountId && !a.IsClosed, ct);
        if (account is null)
            return db.Representatives.Where(_ => false);
        if (account.PersonalNumberIndex is not { } index)
            return db.Representatives.Where(r => r.AccountId == account.Id);
        // Few rows look for one number, and comparing names is no work for the database.
        var open = await db.Representatives.Where(r => r.AccountId == null && r.InvitedIndex == index).Select(r => new { r.Id, r.InvitedName }).ToListAsync(ct);
        var meant = open.Where(r => People.SameName(r.InvitedName ?? "", account.DisplayName)).Select(r => r.Id).ToList();
        return db.Representatives.Where(r => r.AccountId == account.Id || meant.Contains(r.Id));
    }

    private async Task<List<MyOrganisationView>> ViewsAsync(List<Representative> rows, CancellationToken ct)
    {
        var ids = rows.Select(r => r.OrganisationId).Distinct().ToList();
        var firms = await db.Accounts.AsNoTracking().Where(a => ids.Contains(a.Id)).Select(a => new { a.Id, a.DisplayName, a.TaxCode }).ToDictionaryAsync(a => a.Id, ct);
        return rows.ConvertAll(r => new MyOrganisationView(
            r.Id, r.OrganisationId, firms.GetValueOrDefault(r.OrganisationId)?.DisplayName, firms.GetValueOrDefault(r.OrganisationId)?.TaxCode, r.Kind, r.StateOn(desk.Today),
            r.From, r.To, r.State == RepresentativeState.Invited ? r.LapsesAfter : null, r.Version));
    }
}
