using HaLong.Identity.Domain;
using HaLong.Identity.Limits;
using Microsoft.Extensions.Options;

namespace HaLong.Identity.SignIn;

/// <summary>
/// Bounds guessing of passwords, by account and by network address. An attempt counts before the password is looked at. A name that
/// nobody has is counted like any other, so that being locked out says nothing about who has an account.
/// </summary>
internal sealed class SignInLimiter(Limiter limiter, ClientAddress address, IOptions<LimitOptions> options)
{
    public const int FreeAttempts = 5;

    /// <summary>The first lock; each further wrong attempt doubles it, up to the longest.</summary>
    public static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(30);
    public static readonly TimeSpan LongestDelay = TimeSpan.FromHours(1);

    /// <summary>Old failures are forgiven after this long.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromDays(1);

    private static readonly LimitRule PerAccount = new("sign-in", FreeAttempts, FirstDelay, LongestDelay, Memory);

    // An address is shared by many: it is locked for shorter, and remembers for shorter.
    private LimitRule PerAddress => new("sign-in-address", options.Value.FailuresPerAddress, FirstDelay, TimeSpan.FromMinutes(15), TimeSpan.FromHours(2));

    /// <summary>Takes one attempt; null when it is allowed, else how long to wait.</summary>
    /// <param name="subject">Id of the account, or the name typed where there is none.</param>
    /// <param name="ct">Stops the work.</param>
    public async Task<TimeSpan?> TakeAsync(string subject, CancellationToken ct)
    {
        if (address.Current is { } from && await limiter.TakeAsync(PerAddress, from, ct) is { } wait)
            return wait;
        return await limiter.TakeAsync(PerAccount, Account.Normalize(subject), ct);
    }

    /// <summary>The password was right: the account's slate is clean. The address only gets its attempt back, or one account would clear it for guessing others.</summary>
    public async Task ForgiveAsync(string subject, CancellationToken ct)
    {
        if (address.Current is { } from)
            await limiter.GiveBackAsync(PerAddress, from, ct);
        await limiter.ForgiveAsync(PerAccount, Account.Normalize(subject), ct);
    }

    /// <summary>An administrator lifts the locks of an account, of passwords and of second steps; whose address it is does not matter.</summary>
    public async Task LiftAsync(Guid accountId, CancellationToken ct)
    {
        foreach (var subject in (string[])[accountId.ToString(), "second-step:" + accountId])
            await limiter.ForgiveAsync(PerAccount, Account.Normalize(subject), ct);
    }
}
