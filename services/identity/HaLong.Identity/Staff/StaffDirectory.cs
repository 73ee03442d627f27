using HaLong.Identity.Domain;
using HaLong.Identity.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Staff;

/// <summary>What an account may do on a day and for which unit.</summary>
/// <param name="Roles">Roles as tokens carry them: only those held in the unit.</param>
/// <param name="Unit">Code of the unit they hold for; null for people of the public.</param>
internal sealed record Standing(IReadOnlyList<string> Roles, string? Unit);

/// <summary>Answers who works where and as what.</summary>
internal sealed class StaffDirectory(IdentityDbContext db)
{
    /// <summary>The standing in the unit the person mainly works for.</summary>
    public Task<Standing> StandingOfAsync(Account account, DateTimeOffset now, CancellationToken ct) => StandingOfAsync(account, null, now, ct);

    /// <summary>The standing in the unit asked for when the person works there now, else in the main one.</summary>
    public async Task<Standing> StandingOfAsync(Account account, string? unit, DateTimeOffset now, CancellationToken ct)
    {
        if (!IsStaff(account))
            return StandingOf(account, [], null);
        var today = LocalTime.Date(now);
        return StandingOf(account, await HeldOn(db, today, today).Where(a => a.AccountId == account.Id).ToListAsync(ct), unit);
    }

    /// <summary>The standing of many accounts with one question to the database.</summary>
    public async Task<IReadOnlyDictionary<Guid, IReadOnlyList<Assignment>>> HeldByAsync(
        IReadOnlyCollection<Guid> accountIds, DateOnly day, DateOnly today, CancellationToken ct) =>
        (await HeldOn(db, day, today).Where(a => accountIds.Contains(a.AccountId)).ToListAsync(ct))
            .GroupBy(a => a.AccountId).ToDictionary(g => g.Key, g => (IReadOnlyList<Assignment>)[.. g]);

    /// <summary>The standing that follows from what somebody holds.</summary>
    public static Standing StandingOf(Account account, IReadOnlyList<Assignment> held, string? unit)
    {
        if (!IsStaff(account))
            return new Standing(account.Roles, null);
        var code = held.Any(a => a.UnitCode == unit) ? unit : MainOf(held)?.UnitCode;
        // A helper is one by kind; the assignment only says where.
        return account.Kind == AccountKind.Helper
            ? new Standing(account.Roles, code ?? account.UnitCode)
            : new Standing(RolesIn(held, code), code);
    }

    /// <summary>What is held on a day, in units that exist on that day. What was taken in the middle of today is not held today.</summary>
    public static IQueryable<Assignment> HeldOn(IdentityDbContext db, DateOnly day, DateOnly today) =>
        from assignment in db.Assignments.AsNoTracking()
        join unit in db.Units on assignment.UnitId equals unit.Id
        where assignment.ValidFrom <= day && (assignment.ValidTo == null || assignment.ValidTo >= day)
            && (assignment.RevokedAt == null || day < today)
            && unit.ValidFrom <= day && (unit.ValidTo == null || unit.ValidTo >= day)
        select assignment;

    internal static IReadOnlyList<string> RolesIn(IEnumerable<Assignment> held, string? unit) =>
        [.. Roles.OfOfficials.Where(r => held.Any(a => a.UnitCode == unit && a.Roles.Contains(r)))];

    internal static Assignment? MainOf(IEnumerable<Assignment> held) =>
        held.OrderByDescending(a => a.IsPrimary).ThenBy(a => a.ValidFrom).ThenBy(a => a.Id).FirstOrDefault();

    private static bool IsStaff(Account account) => account.Kind is AccountKind.Official or AccountKind.Helper;
}
