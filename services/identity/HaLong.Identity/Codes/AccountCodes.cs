using System.Text.Json;
using HaLong.Identity.Assisted;
using HaLong.Identity.Domain;
using HaLong.Identity.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Codes;

/// <summary>A code was sent for another service.</summary>
/// <param name="ChallengeId">Given back with the code.</param>
/// <param name="ExpiresAt">The code is of no use afterwards.</param>
/// <param name="SentTo">Masked.</param>
internal sealed record SentCode(Guid ChallengeId, DateTimeOffset ExpiresAt, string SentTo);

/// <summary>
/// Codes that other services ask for. They go to the telephone on file, else to a confirmed mailbox, and are bound to account, purpose and
/// reference. Asking again for the same is harmless: an answer may have been lost on its way to the service.
/// </summary>
internal sealed class AccountCodes(IdentityDbContext db, OneTimeCodes codes, TimeProvider time)
{
    /// <summary>Purposes that services may ask for, each with the places of its text.</summary>
    private static readonly Dictionary<string, string[]> Places = new(StringComparer.Ordinal) { [CodePurposes.Signing] = ["count", "mark"] };

    public async Task<Result<SentCode>> SendAsync(Guid accountId, string purpose, Guid reference, IReadOnlyDictionary<string, string> values,
        CancellationToken ct)
    {
        if (reference == Guid.Empty || !Places.TryGetValue(purpose, out var places) || values.Count != places.Length
            || !places.All(p => values.TryGetValue(p, out var value) && IsPlain(value)))
            return AccountCodeErrors.NotValid;
        // Two requests for the same at once: the second waits, then finds the first one's code.
        await using var transaction = await db.LockAccountAsync(accountId, ct);
        if (await db.Accounts.AsNoTracking().SingleOrDefaultAsync(a => a.Id == accountId && !a.IsClosed, ct) is not { } account)
            return AccountCodeErrors.NoSuchAccount;
        var mailConfirmed = await db.Profiles.Where(p => p.AccountId == accountId).Select(p => p.EmailConfirmedAt).SingleOrDefaultAsync(ct) is not null;
        var (phone, email) = (AssistedRules.Mobile(account.Phone), mailConfirmed ? account.Email : null);
        if ((phone ?? email) is not { } target)
            return AccountCodeErrors.NowhereToSend;

        var issued = await IssueAsync(purpose, BoundTo(accountId, reference), phone, email, account.Language, JsonSerializer.Serialize(values), ct);
        if (!issued.IsSuccess)
            return issued.Error;
        await db.SaveChangesAsync(ct);
        if (transaction is not null)
            await transaction.CommitAsync(ct);
        return new SentCode(issued.Value.ChallengeId, issued.Value.ExpiresAt, Mask(target));
    }

    public Task<Result> CheckAsync(Guid accountId, string purpose, Guid reference, Guid challengeId, string code, CancellationToken ct) =>
        Places.ContainsKey(purpose)
            ? codes.AnswerAsync(challengeId, purpose, BoundTo(accountId, reference), code, ct)
            : Task.FromResult<Result>(AccountCodeErrors.NotValid);

    private async Task<Result<IssuedCode>> IssueAsync(string purpose, string boundTo, string? phone, string? email, string language, string details,
        CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var open = await db.OneTimeCodes.AsNoTracking().Where(c => c.BoundTo == boundTo && c.Purpose == purpose && c.ConsumedAt == null && c.ExpiresAt > now)
            .OrderByDescending(c => c.CreatedAt).FirstOrDefaultAsync(ct);
        if (open is not null)
        {
            return open.ResendAfter > now
                ? new IssuedCode(open.Id, open.ExpiresAt, open.ResendAfter)
                : await codes.ResendAsync(open.Id, purpose, boundTo, ct);
        }

        return phone is not null
            ? await codes.IssueAsync(purpose, phone, language, boundTo, ct, details)
            : await codes.IssueByEmailAsync(purpose, email, language, boundTo, ct, details);
    }

    private static string BoundTo(Guid accountId, Guid reference) => $"{accountId:N}:{reference:N}";

    private static bool IsPlain(string value) => value.Length is > 0 and <= 24 && value.All(c => char.IsAsciiLetterOrDigit(c) || c is ' ' or '.' or '-');

    /// <summary>Enough to know one's own telephone or mailbox by, too little for anybody else.</summary>
    internal static string Mask(string target) => target.Split('@') is [{ Length: > 0 } name, var host]
        ? $"{name[0]}***@{host}"
        : "***" + target[Math.Max(0, target.Length - 3)..];
}
