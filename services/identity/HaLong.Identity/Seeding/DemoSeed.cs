using HaLong.Identity.Contracts.Events;
using HaLong.Identity.Domain;
using HaLong.Identity.Keys;
using HaLong.Identity.Persistence;
using HaLong.Messaging;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Seeding;

/// <summary>The demonstration accounts, one per role with one common password: in Development and nowhere else.</summary>
internal sealed class DemoSeed(
    IdentityDbContext db, IPasswordHasher<Account> hasher, PersonalNumbers numbers, IConfiguration configuration, IHostEnvironment environment, TimeProvider time)
{
    public async Task RunAsync(CancellationToken ct)
    {
        if (!environment.IsDevelopment())
            return;

        var password = configuration["Demo:Password"] is { Length: > 0 } given
            ? given
            : throw new InvalidOperationException("Demo:Password is missing: in Development the demonstration accounts need a password.");
        foreach (var demo in ReferenceData.Read<ReferenceData.DemoData>("demo-accounts.json").Accounts)
        {
            var account = await db.Accounts.SingleOrDefaultAsync(a => a.Id == demo.Id, ct);
            if (account is null)
            {
                account = Account.Register(demo.Id, demo.UserName, demo.DisplayName, [demo.Role], time.GetUtcNow());
                account.SetContactPoints(demo.Email, demo.Phone, demo.Language);
                account.AssignTo(demo.Unit);
                account.SetLevel(2);
                numbers.Set(account, PersonalNumber.TryParse(demo.PersonalNumber)
                    ?? throw new InvalidOperationException($"The personal number of demonstration account {demo.UserName} does not have 12 digits."));
                db.Accounts.Add(account);
                db.Enqueue(new AccountRegistered(account.Id, account.Kind, account.CreatedAt));
            }

            // A new platform on old data may come with a new password: the one printed must be the one that works.
            if (account.PasswordHash.Length == 0 || hasher.VerifyHashedPassword(account, account.PasswordHash, password) == PasswordVerificationResult.Failed)
                account.SetPasswordHash(hasher.HashPassword(account, password));
        }

        await db.SaveChangesAsync(ct);
    }
}
