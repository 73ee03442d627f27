using HaLong.Identity.Domain;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Delegations;

/// <summary>The caller's delegations, newest first, by side and state.</summary>
internal sealed class ListDelegations(DelegationDesk desk)
{
    public async Task<IResult> HandleAsync(string? side, string? state, string? after, int? limit, HttpContext http, CancellationToken ct)
    {
        if (side is not (null or DelegationView.GivenSide or DelegationView.ReceivedSide))
            return IdentityErrors.DelegationInvalid.WithField("side", "given hoặc received.", "given or received.").ToProblem();
        if (state is not null && !DelegationState.All.Contains(state))
            return IdentityErrors.DelegationInvalid.WithField("state", "Một trong: " + string.Join(", ", DelegationState.All), "One of: " + string.Join(", ", DelegationState.All)).ToProblem();
        var size = Cursor.Limit(limit);
        if (!size.IsSuccess)
            return size.Error.ToProblem();
        var cursor = Cursor.Decode(after, 1);
        if (!cursor.IsSuccess)
            return cursor.Error.ToProblem();

        var found = side switch
        {
            DelegationView.GivenSide => desk.Given,
            DelegationView.ReceivedSide => await desk.ReceivedAsync(ct),
            _ => desk.Given.Union(await desk.ReceivedAsync(ct)),
        };
        if (state is not null)
            found = InState(found, state, desk.Today);
        if (cursor.Value is [var key])
        {
            if (!Guid.TryParse(key, out var last))
                return IdentityErrors.DelegationInvalid.WithField("after", "Con trỏ trang không hợp lệ.", "The page cursor is not valid.").ToProblem();
            found = found.Where(d => d.Id < last);
        }

        var rows = await found.AsNoTracking().OrderByDescending(d => d.Id).Take(size.Value + 1).ToListAsync(ct);
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(Page.Of(await desk.ViewsAsync(rows, ct), size.Value, d => [d.Id.ToString()]));
    }

    public async Task<IResult> GetAsync(Guid id, HttpContext http, CancellationToken ct) =>
        await desk.FindAsync(id, ct) is { } delegation ? await desk.ShowAsync(delegation, http, ct) : IdentityErrors.DelegationNotFound.ToProblem();

    // The same rule as Delegation.StateOn, for the database.
    private static IQueryable<Delegation> InState(IQueryable<Delegation> found, string state, DateOnly today) => state switch
    {
        DelegationState.Offered or DelegationState.Accepted => found.Where(d => d.State == state && d.To >= today),
        DelegationState.Expired => found.Where(d => d.State == DelegationState.Expired
            || ((d.State == DelegationState.Offered || d.State == DelegationState.Accepted) && d.To < today)),
        _ => found.Where(d => d.State == state),
    };
}
