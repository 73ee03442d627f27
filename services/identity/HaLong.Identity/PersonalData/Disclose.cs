using HaLong.Identity.AccessLog;
using HaLong.Identity.Domain;
using HaLong.Identity.Keys;
using HaLong.Identity.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.PersonalData;

/// <summary>Shows masked data in full: to its owner, or to an official with a purpose, which is recorded and which the owner can read.</summary>
internal static class Disclose
{
    /// <param name="PersonalNumber">All twelve digits.</param>
    internal sealed record View(string PersonalNumber);

    public static async Task<IResult> PersonalNumberAsync(
        Guid id, DisclosureRequest body, Caller caller, IdentityDbContext db, Disclosures disclosures, PersonalNumbers numbers, HttpContext http, CancellationToken ct)
    {
        if (Refusal(caller, id) is { } refusal)
            return refusal.ToProblem();
        if (await db.Accounts.AsNoTracking().SingleOrDefaultAsync(a => a.Id == id && !a.IsClosed, ct) is not { } account)
            return IdentityErrors.AccountNotFound.ToProblem();
        if (numbers.Of(account) is not { } number)
            return IdentityErrors.NoPersonalNumber.ToProblem();
        if (id != caller.AccountId && await disclosures.AllowAsync(id, AccessWords.PersonalNumber, null, body, ct) is { IsSuccess: false } refused)
            return refused.Error.ToProblem();
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(new View(number.Value));
    }

    public static async Task<IResult> IdentityDocumentAsync(
        Guid id, string side, DisclosureRequest body, Caller caller, IdentityDbContext db, Disclosures disclosures, FieldVault vault, HttpContext http, CancellationToken ct)
    {
        if (Refusal(caller, id) is { } refusal)
            return refusal.ToProblem();
        var document = await db.IdentityDocuments.Where(d => d.AccountId == id && d.Side == side).Select(d => (Guid?)d.Id).SingleOrDefaultAsync(ct);
        if (document is null)
            return IdentityErrors.IdentityDocumentNotFound.ToProblem();
        if (id != caller.AccountId && await disclosures.AllowAsync(id, AccessWords.IdentityDocument, document, body, ct) is { IsSuccess: false } refused)
            return refused.Error.ToProblem();
        return await OwnIdentityDocuments.ShowAsync(id, side, db, vault, http, ct);
    }

    /// <summary>Officials ask about anybody, everybody else about nobody but themselves.</summary>
    private static Error? Refusal(Caller caller, Guid id) =>
        id == caller.AccountId || DisclosurePurpose.Officials.Any(caller.IsInRole) ? null : IdentityErrors.AccountNotFound;
}
