using HaLong.Identity.Contracts.Events;
using HaLong.Identity.Domain;
using HaLong.Identity.Keys;
using HaLong.Identity.Persistence;
using HaLong.Identity.Staff;
using HaLong.Messaging;
using HaLong.ServiceDefaults;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Seeding;

/// <summary>The demonstration accounts, one per role with one common password: in Development and nowhere else.</summary>
internal sealed class DemoSeed(
    IdentityDbContext db, IPasswordHasher<Account> hasher, PersonalNumbers numbers, StaffRegister staff, IConfiguration configuration,
    IHostEnvironment environment, TimeProvider time)
{
    private static readonly DateOnly FirstDay = new(2025, 7, 1);

    public async Task RunAsync(CancellationToken ct)
    {
        if (!environment.IsDevelopment())
            return;

        var password = configuration["Demo:Password"] is { Length: > 0 } given
            ? given
            : throw new InvalidOperationException("Demo:Password is missing: in Development the demonstration accounts need a password.");
        var data = ReferenceData.Read<ReferenceData.DemoData>("demo-accounts.json");
        await AddResidentsAsync(data.Residents, ct);
        foreach (var demo in data.Accounts)
        {
            var account = await db.Accounts.SingleOrDefaultAsync(a => a.Id == demo.Id, ct);
            if (account is null)
            {
                account = New(demo);
                account.SetContactPoints(demo.Email, demo.Phone, demo.Language);
                account.SetLevel(2);
                Add(account, demo.PersonalNumber);
                await AssignAsync(account, demo, ct);
            }

            // A new platform on old data may come with a new password: the one printed must be the one that works.
            if (account.PasswordHash.Length == 0 || hasher.VerifyHashedPassword(account, account.PasswordHash, password) == PasswordVerificationResult.Failed)
                account.SetPasswordHash(hasher.HashPassword(account, password));
        }

        await db.SaveChangesAsync(ct);
    }

    // People of whom only the counter knows: without a password nobody signs in as one of them.
    private async Task AddResidentsAsync(IReadOnlyList<ReferenceData.DemoResident> residents, CancellationToken ct)
    {
        var ids = residents.Select(r => r.Id).ToList();
        var known = await db.Accounts.Where(a => ids.Contains(a.Id)).Select(a => a.Id).ToListAsync(ct);
        foreach (var resident in residents.Where(r => !known.Contains(r.Id)))
        {
            var account = Account.Register(resident.Id, "resident-" + resident.Id.ToString()[^3..], resident.DisplayName, [Roles.Citizen], time.GetUtcNow());
            account.SetContactPoints(null, resident.Phone, resident.Language);
            account.SetLevel(2);
            Add(account, resident.PersonalNumber);
        }
    }

    private void Add(Account account, string number)
    {
        numbers.Set(account, PersonalNumber.TryParse(number)
            ?? throw new InvalidOperationException($"The personal number of demonstration account {account.UserName} does not have 12 digits."));
        db.Accounts.Add(account);
        db.Enqueue(new AccountRegistered(account.Id, account.Kind, account.CreatedAt));
    }

    private Account New(ReferenceData.DemoAccount demo)
    {
        var kind = AccountKind.OfRole(demo.Role);
        if (kind is not (AccountKind.Official or AccountKind.Helper))
            return Account.Register(demo.Id, demo.UserName, demo.DisplayName, [demo.Role], time.GetUtcNow());
        var account = Account.RegisterStaff(demo.Id, kind, demo.UserName, demo.DisplayName, time.GetUtcNow());
        account.SetHelperKind(demo.HelperKind);
        return account;
    }

    private async Task AssignAsync(Account account, ReferenceData.DemoAccount demo, CancellationToken ct)
    {
        if (demo.Unit is null)
            return;
        var unit = await db.Units.Where(u => u.Code == demo.Unit).OrderByDescending(u => u.ValidFrom).FirstAsync(ct);
        staff.Enrol(account, null);
        var terms = new AssignmentTerms(demo.Title ?? "", [demo.Role], FirstDay, null, IsPrimary: true, null, null);
        await staff.OpenAsync(account, unit, terms, null, ct);
    }
}
