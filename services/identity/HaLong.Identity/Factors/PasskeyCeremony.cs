using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using HaLong.Identity.Domain;
using HaLong.Identity.Persistence;
using HaLong.Identity.SignIn;
using HaLong.ServiceDefaults;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Factors;

/// <summary>
/// Registers and asks for passkeys with the framework's WebAuthn handler. What the server must remember between question and answer
/// travels sealed in the form; a challenge that was answered is written down and refused from then on.
/// </summary>
internal sealed class PasskeyCeremony(
    IdentityDbContext db, UserManager<Account> users, IPasskeyHandler<Account> handler, IDataProtectionProvider protection, SignInLog log, TimeProvider time)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    /// <summary>A question for the browser.</summary>
    /// <param name="Options">WebAuthn options, JSON.</param>
    /// <param name="State">What the server wants back, sealed.</param>
    internal sealed record Question(string Options, string State);

    public async Task<Question> BeginCreationAsync(HttpContext http, Account account)
    {
        var made = await handler.MakeCreationOptionsAsync(
            new PasskeyUserEntity { Id = account.Id.ToString(), Name = account.UserName, DisplayName = account.DisplayName }, http);
        return new Question(made.CreationOptionsJson, Seal(Creation(account), made.AttestationState));
    }

    /// <summary>Asks for a passkey of an account, or of anybody.</summary>
    public async Task<Question> BeginRequestAsync(HttpContext http, Account? account)
    {
        var made = await handler.MakeRequestOptionsAsync(account, http);
        return new Question(made.RequestOptionsJson, Seal(Request(account), made.AssertionState));
    }

    /// <summary>The new passkey, not stored yet.</summary>
    public async Task<Result<UserPasskeyInfo>> FinishCreationAsync(HttpContext http, Account account, string credential, string state, CancellationToken ct)
    {
        if (Open(Creation(account), state) is not { } asked)
            return IdentityErrors.FormExpired;
        var made = await handler.PerformAttestationAsync(new PasskeyAttestationContext { HttpContext = http, CredentialJson = credential, AttestationState = asked });
        if (!made.Succeeded || made.UserEntity.Id != account.Id.ToString() || !made.Passkey.IsUserVerified || !await SpendAsync(asked, ct))
        {
            log.Add(StepOutcome.PasskeyRefused, account.Id);
            await db.SaveChangesAsync(ct);
            return IdentityErrors.PasskeyRefused;
        }

        return made.Passkey;
    }

    /// <summary>Whose passkey answered; null when it is no good answer, or not of the account that was asked.</summary>
    public async Task<Account?> FinishRequestAsync(HttpContext http, Account? asked, string credential, string state, CancellationToken ct)
    {
        if (Open(Request(asked), state) is { } question)
        {
            var answer = await handler.PerformAssertionAsync(new PasskeyAssertionContext { HttpContext = http, CredentialJson = credential, AssertionState = question });
            if (answer.Succeeded && !answer.User.IsClosed && (asked is null || asked.Id == answer.User.Id) && answer.Passkey.IsUserVerified
                && await SpendAsync(question, ct))
            {
                log.Add(StepOutcome.PasskeyAccepted, answer.User.Id);
                await users.AddOrUpdatePasskeyAsync(answer.User, answer.Passkey);
                return answer.User;
            }
        }

        log.Add(StepOutcome.PasskeyRefused, asked?.Id);
        await db.SaveChangesAsync(ct);
        return null;
    }

    private static string Creation(Account account) => "create:" + account.Id;

    private static string Request(Account? account) => "get:" + (account?.Id.ToString() ?? "anybody");

    private string Seal(string purpose, string? state)
    {
        var until = (time.GetUtcNow() + Lifetime).ToUnixTimeSeconds();
        return Protector(purpose).Protect(string.Create(CultureInfo.InvariantCulture, $"{until} {state}"));
    }

    private string? Open(string purpose, string state)
    {
        try
        {
            var text = Protector(purpose).Unprotect(state);
            var space = text.IndexOf(' ', StringComparison.Ordinal);
            return long.Parse(text.AsSpan(0, space), CultureInfo.InvariantCulture) > time.GetUtcNow().ToUnixTimeSeconds() ? text[(space + 1)..] : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private IDataProtector Protector(string purpose) => protection.CreateProtector("halong.passkeys", purpose);

    // The first to write the challenge down may use it, on whichever replica.
    private async Task<bool> SpendAsync(string question, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var until = now + Lifetime;
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(question));
        await db.SpentChallenges.Where(c => c.ExpiresAt < now).ExecuteDeleteAsync(ct);
        return await db.Database.ExecuteSqlAsync(
            $"INSERT INTO spent_challenge (hash, expires_at) VALUES ({hash}, {until}) ON CONFLICT DO NOTHING", ct) == 1;
    }
}
