using HaLong.Identity.Contracts.Events;
using HaLong.Identity.Domain;
using HaLong.Identity.Persistence;
using HaLong.Identity.Staff;
using HaLong.Messaging;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Administration;

/// <summary>
/// Part of <c>migrate</c>: a platform needs two administrators of the province before anybody can appoint a third, because such roles want four
/// eyes. Those named in the configuration (<c>FirstAdministrators:0:UserName</c>, …) are made when fewer than two are left, without a
/// password: each sets one by the password reset, with a code to the telephone or address given.
/// </summary>
internal sealed class FirstAdministrators(IdentityDbContext db, IConfiguration configuration, StaffRegister staff, AuditTrail audit, TimeProvider time)
{
    public const string Section = "FirstAdministrators";

    private const int Needed = 2;

    internal sealed record Person
    {
        public string? UserName { get; init; }

        public string? DisplayName { get; init; }

        /// <summary>Where codes are sent.</summary>
        public string? Phone { get; init; }

        /// <summary>Where codes are sent, if there is no telephone.</summary>
        public string? Email { get; init; }
    }

    public async Task RunAsync(CancellationToken ct)
    {
        var people = configuration.GetSection(Section).Get<List<Person>>() ?? [];
        var now = time.GetUtcNow();
        var today = LocalTime.Date(now);
        if (people.Count == 0 || await CountAsync(today, ct) >= Needed)
            return;
        var province = await db.Units.SingleAsync(u => u.Level == "province" && u.ValidFrom <= today && (u.ValidTo == null || u.ValidTo >= today), ct);
        foreach (var person in people)
        {
            if (string.IsNullOrWhiteSpace(person.UserName) || string.IsNullOrWhiteSpace(person.DisplayName) || (person.Phone ?? person.Email) is null)
                throw new InvalidOperationException($"{Section}: each needs UserName, DisplayName, and Phone or Email.");
            var name = Account.Normalize(person.UserName);
            if (await db.Accounts.AnyAsync(a => a.NormalizedUserName == name, ct))
                continue;
            var account = Account.RegisterStaff(Guid.CreateVersion7(now), AccountKind.Official, person.UserName.Trim(), person.DisplayName.Trim(), now);
            account.SetContactPoints(person.Email, person.Phone, "vi");
            account.SetLevel(2);
            db.Accounts.Add(account);
            staff.Enrol(account, null);
            db.Enqueue(new AccountRegistered(account.Id, account.Kind, now));
            var assignment = await staff.OpenAsync(
                account, province, new AssignmentTerms("Quản trị hệ thống", [Roles.Administrator], today, null, IsPrimary: true, null, Section), null, ct);
            audit.Record("staff.created", AuditTarget.Account, account.Id, province.Id, null, new { account.UserName, account.Kind, By = Section });
            audit.Record("assignment.opened", AuditTarget.Account, account.Id, province.Id, null, AssignmentView.ForAudit(assignment));
        }

        await db.SaveChangesAsync(ct);
    }

    private Task<int> CountAsync(DateOnly today, CancellationToken ct) => (
        from held in StaffDirectory.HeldOn(db, today, today)
        join unit in db.Units on held.UnitId equals unit.Id
        join account in db.Accounts on held.AccountId equals account.Id
        where unit.Level == "province" && !account.IsClosed && held.Roles.Contains(Roles.Administrator)
        select account.Id).Distinct().CountAsync(ct);
}
