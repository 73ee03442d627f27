using HaLong.Identity.Codes;
using HaLong.Identity.Domain;
using HaLong.Identity.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Profile.Contacts;

/// <summary><c>/api/v1/me/contact-points</c>: where the person is reached.</summary>
internal static class ContactEndpoints
{
    /// <param name="Kind">phone or email.</param>
    /// <param name="Value">A Vietnamese mobile number or an e-mail address.</param>
    internal sealed record AddRequest(string? Kind, string? Value);

    /// <param name="Value">The new number or address; the present one, to confirm it.</param>
    internal sealed record ReplaceRequest(string? Value);

    /// <param name="Code">The six digits that came to the new place.</param>
    internal sealed record ConfirmRequest(string? Code);

    public static async Task<IResult> ListAsync(Caller caller, IdentityDbContext db, HttpContext http, CancellationToken ct)
    {
        if (await db.Accounts.AsNoTracking().SingleOrDefaultAsync(a => a.Id == caller.AccountId && !a.IsClosed, ct) is not { } account)
            return IdentityErrors.AccountNotFound.ToProblem();
        var profile = await db.Profiles.AsNoTracking().SingleOrDefaultAsync(p => p.AccountId == account.Id, ct);
        Etag.Set(http.Response, account.Version);
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(new Page<ContactPointView>(ContactPointView.Of(account, profile), null));
    }

    public static Task<IResult> AddAsync(AddRequest request, FreshOwner owner, ContactDesk desk, HttpContext http, CancellationToken ct) =>
        owner.DoAsync(http, async account =>
        {
            if (request.Kind is null || !ContactKinds.All.Contains(request.Kind))
                return ProfileErrors.ContactKindUnknown.ToProblem();
            return ContactValue.Of(account, request.Kind) is not null
                ? ProfileErrors.ContactExists.ToProblem()
                : (await desk.StartAsync(account, request.Kind, request.Value, ct)).Match(CodeView.Accepted);
        }, ct);

    public static Task<IResult> ReplaceAsync(string kind, ReplaceRequest request, FreshOwner owner, ContactDesk desk, HttpContext http, CancellationToken ct) =>
        owner.DoAsync(http, async account => ContactKinds.All.Contains(kind) && ContactValue.Of(account, kind) is not null
            ? (await desk.StartAsync(account, kind, request.Value, ct)).Match(CodeView.Accepted)
            : ProfileErrors.ContactNotFound.ToProblem(), ct);

    public static Task<IResult> RemoveAsync(string kind, FreshOwner owner, ContactDesk desk, HttpContext http, CancellationToken ct) =>
        owner.DoAsync(http, async account => (await desk.RemoveAsync(account, kind, ct)).Match(() => TypedResults.NoContent()), ct);

    public static Task<IResult> ResendAsync(Guid id, FreshOwner owner, ContactDesk desk, HttpContext http, CancellationToken ct) =>
        owner.DoAsync(http, async account => (await desk.ResendAsync(account.Id, id, ct)).Match(CodeView.Accepted), ct);

    public static async Task<IResult> ConfirmAsync(
        Guid id, ConfirmRequest request, Caller caller, ContactDesk desk, IdentityDbContext db, HttpContext http, CancellationToken ct)
    {
        // No second step here: the code is one, and the change was asked for with a fresh sign-in.
        var confirmed = await desk.ConfirmAsync(caller.AccountId, id, request.Code, ct);
        return confirmed.IsSuccess ? await ListAsync(caller, db, http, ct) : confirmed.Error.ToProblem();
    }
}
