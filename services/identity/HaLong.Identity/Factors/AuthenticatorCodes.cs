using System.Text;
using HaLong.Identity.Keys;
using HaLong.Identity.Persistence;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Factors;

/// <summary>What became of a one-time code.</summary>
internal enum CodeCheck
{
    Accepted,
    Wrong,

    /// <summary>Right, but that time step was used already.</summary>
    Replayed,
}

/// <summary>Checks codes of authenticator apps. Each time step opens the door once, on whichever replica it is tried.</summary>
internal sealed class AuthenticatorCodes(IdentityDbContext db, FieldVault vault, TimeProvider time)
{
    /// <summary>Uses a code of the confirmed authenticator.</summary>
    public async Task<CodeCheck> RedeemAsync(Guid accountId, string code, CancellationToken ct)
    {
        if (await MatchAsync(accountId, code, confirmed: true, ct) is not (_, { } step))
            return CodeCheck.Wrong;
        // One statement decides: of several requests with the same code exactly one moves the step forward.
        var moved = await db.Authenticators.Where(a => a.AccountId == accountId && a.ConfirmedAt != null && a.LastStep < step)
            .ExecuteUpdateAsync(a => a.SetProperty(x => x.LastStep, step), ct);
        return moved == 1 ? CodeCheck.Accepted : CodeCheck.Replayed;
    }

    /// <summary>Finishes an enrolment: the first right code shows that the app holds the secret.</summary>
    public async Task<bool> ConfirmAsync(Guid accountId, string code, CancellationToken ct)
    {
        if (await MatchAsync(accountId, code, confirmed: false, ct) is not ({ } box, { } step))
            return false;
        var now = time.GetUtcNow();
        // Only the very secret the code was checked against: a new enrolment may have begun in another window.
        return await db.Authenticators.Where(a => a.AccountId == accountId && a.ConfirmedAt == null && a.Sealed == box)
            .ExecuteUpdateAsync(a => a.SetProperty(x => x.ConfirmedAt, now).SetProperty(x => x.LastStep, step), ct) == 1;
    }

    private async Task<(byte[]? Box, long? Step)> MatchAsync(Guid accountId, string code, bool confirmed, CancellationToken ct)
    {
        var box = await db.Authenticators.Where(a => a.AccountId == accountId && (a.ConfirmedAt != null) == confirmed)
            .Select(a => a.Sealed).SingleOrDefaultAsync(ct);
        if (box is null)
            return (null, null);
        var secret = Totp.FromBase32(Encoding.ASCII.GetString(vault.Open(Authenticator.SealPurpose, accountId.ToString(), box)));
        // People type the code as apps show it, in two groups.
        return (box, Totp.Match(secret, string.Concat(code.Where(c => !char.IsWhiteSpace(c))), time.GetUtcNow()));
    }
}
