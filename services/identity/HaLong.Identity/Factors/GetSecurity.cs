using HaLong.Identity.Domain;
using HaLong.Identity.Federation;
using HaLong.Identity.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Factors;

/// <summary>How the account can be signed in to, for front ends that show it themselves.</summary>
internal static class GetSecurity
{
    /// <param name="HasPassword">False for accounts opened through another provider.</param>
    /// <param name="AuthenticatorSince">When an authenticator app was turned on, or null.</param>
    /// <param name="RecoveryCodesLeft">How many recovery codes still work.</param>
    /// <param name="Passkeys">Registered passkeys, oldest first.</param>
    /// <param name="LinkedProviders">Other identity providers that open this account.</param>
    internal sealed record View(
        bool HasPassword, DateTimeOffset? AuthenticatorSince, int RecoveryCodesLeft, IReadOnlyList<PasskeyView> Passkeys, IReadOnlyList<ProviderView> LinkedProviders);

    /// <param name="Id">The passkey.</param>
    /// <param name="Name">What its owner calls it.</param>
    /// <param name="CreatedAt">When it was added.</param>
    /// <param name="LastUsedAt">When it was last used, or null.</param>
    /// <param name="IsBackedUp">True when the device's maker keeps a copy.</param>
    internal sealed record PasskeyView(Guid Id, string Name, DateTimeOffset CreatedAt, DateTimeOffset? LastUsedAt, bool IsBackedUp);

    /// <param name="Id">The link.</param>
    /// <param name="Provider">Name in the configuration.</param>
    /// <param name="DisplayName">Name to show.</param>
    /// <param name="LinkedAt">Since when.</param>
    /// <param name="LastUsedAt">Last sign-in through it.</param>
    /// <param name="Assurance">How surely the provider knew the person then: 1 or 2.</param>
    internal sealed record ProviderView(Guid Id, string Provider, string DisplayName, DateTimeOffset LinkedAt, DateTimeOffset LastUsedAt, int Assurance);

    public static async Task<IResult> HandleAsync(
        Caller caller, IdentityDbContext db, SecondFactors factors, Providers providers, HttpContext http, CancellationToken ct)
    {
        if (await OwnAccount.FindAsync(db, caller, ct) is not { } account)
            return IdentityErrors.AccountNotFound.ToProblem();
        var state = await factors.OfAsync(account.Id, ct);
        var passkeys = await db.Passkeys.Where(p => p.AccountId == account.Id).OrderBy(p => p.CreatedAt)
            .Select(p => new PasskeyView(p.Id, p.Name, p.CreatedAt, p.LastUsedAt, p.IsBackedUp)).ToListAsync(ct);
        var logins = await db.ExternalLogins.AsNoTracking().Where(l => l.AccountId == account.Id).OrderBy(l => l.LinkedAt).ToListAsync(ct);
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(new View(account.PasswordHash.Length > 0, state.AuthenticatorSince, state.RecoveryCodes, passkeys,
            [.. logins.Select(l => new ProviderView(l.Id, l.Provider, providers.NameOf(l.Provider), l.LinkedAt, l.LastUsedAt, l.Assurance))]));
    }
}
