using HaLong.Identity.Domain;
using HaLong.Identity.Factors;
using HaLong.Identity.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Profile;

/// <summary><c>GET PATCH /api/v1/me/preferences</c>: how the person wants to be told things.</summary>
internal static class ChangePreferences
{
    /// <summary>What a patch may hold; every field may be left out, and null brings the default back.</summary>
    /// <param name="Language">vi or en.</param>
    /// <param name="Channels">Most wanted first: inApp (always), email, sms, zalo, push.</param>
    /// <param name="QuietHours">Nothing that can wait at night.</param>
    /// <param name="Digest">none, daily or weekly.</param>
    /// <param name="OptionalMessages">False: only what law or a dossier demands.</param>
    internal sealed record Patch(string? Language, IReadOnlyList<string>? Channels, bool? QuietHours, string? Digest, bool? OptionalMessages);

    public static async Task<IResult> GetAsync(Caller caller, IdentityDbContext db, HttpContext http, CancellationToken ct)
    {
        if (await db.Accounts.AsNoTracking().SingleOrDefaultAsync(a => a.Id == caller.AccountId && !a.IsClosed, ct) is not { } account)
            return IdentityErrors.AccountNotFound.ToProblem();
        return Show(http, account, PreferencesView.Of(account, await db.Profiles.AsNoTracking().SingleOrDefaultAsync(p => p.AccountId == account.Id, ct)));
    }

    public static async Task<IResult> PatchAsync(Caller caller, IdentityDbContext db, TimeProvider time, HttpContext http, CancellationToken ct)
    {
        var read = await MergePatch.ReadAsync(http.Request, ProfileErrors.PreferencesNotValid, ct);
        if (!read.IsSuccess)
            return read.Error.ToProblem();
        // Two first changes at once would both make a profile.
        await using var transaction = await db.LockAccountAsync(caller.AccountId, ct);
        if (await OwnAccount.FindAsync(db, caller, ct) is not { } account)
            return IdentityErrors.AccountNotFound.ToProblem();
        if (Etag.Check(http.Request, account.Version) is { } stale)
            return stale.ToProblem();
        var profile = await db.ProfileOfAsync(account.Id, ct);
        var wanted = PreferencesView.Of(account, profile).With(read.Value);
        if (read.Value.Refusal is { } refusal)
            return refusal.ToProblem();

        wanted.WriteTo(profile, time.GetUtcNow());
        account.SetContactPoints(account.Email, account.Phone, wanted.Language);
        db.Touch(account);
        await db.SaveChangesAsync(ct);
        if (transaction is not null)
            await transaction.CommitAsync(ct);
        return Show(http, account, wanted);
    }

    private static Ok<PreferencesView> Show(HttpContext http, Account account, PreferencesView view)
    {
        Etag.Set(http.Response, account.Version);
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(view);
    }
}
