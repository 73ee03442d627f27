using HaLong.Identity.Contracts.Events;
using HaLong.Identity.Domain;
using HaLong.Identity.Persistence;
using HaLong.Identity.Sessions;
using HaLong.Messaging;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Staff;

/// <summary>
/// Opens and ends assignments, with everything that follows: tokens that say something else become void, others are told. Adds rows;
/// the caller saves them together with what made it necessary.
/// </summary>
internal sealed class StaffRegister(IdentityDbContext db, Revocations revocations, TimeProvider time)
{
    /// <summary>The account is one of staff: it can be looked up by administrators.</summary>
    public void Enrol(Account account, Guid? by) => db.StaffMembers.Add(new StaffMember
    {
        AccountId = account.Id,
        SearchText = SearchTextOf(account),
        CreatedAt = time.GetUtcNow(),
        CreatedBy = by,
    });

    public async Task<Assignment> OpenAsync(Account account, Unit unit, AssignmentTerms terms, Guid? by, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (terms.IsPrimary)
            await DethroneAsync(account.Id, ct);
        var assignment = Assignment.Open(Guid.CreateVersion7(now), account.Id, unit, terms, by, now);
        Add(account, assignment);
        return assignment;
    }

    /// <summary>Adds an assignment that was made elsewhere: by a reorganisation.</summary>
    public void Add(Account account, Assignment assignment)
    {
        db.Assignments.Add(assignment);
        db.Enqueue(new StaffAssigned(
            assignment.Id, account.Id, assignment.UnitId, assignment.UnitCode, assignment.Roles, assignment.ValidFrom, assignment.ValidTo, time.GetUtcNow()));
        if (assignment.IsHeldOn(Today))
            Changed(account, assignment.UnitCode);
    }

    /// <summary>Ends with a day, which can lie ahead, or at once.</summary>
    public void End(Account account, Assignment assignment, DateOnly? lastDay, string reason, string? decision)
    {
        var wasHeld = assignment.IsHeldOn(Today);
        var now = time.GetUtcNow();
        if (lastDay is { } day)
            assignment.EndOn(day, reason, decision);
        else
            assignment.Revoke(Today, reason, decision, now);
        db.Enqueue(new StaffReleased(
            assignment.Id, account.Id, assignment.UnitId, assignment.UnitCode, assignment.Roles, assignment.ValidTo ?? Today,
            assignment.RevokedAt is not null, reason, now));
        if (wasHeld && !assignment.IsHeldOn(Today))
            Changed(account, null);
    }

    /// <summary>Makes one assignment the main one.</summary>
    public async Task SetPrimaryAsync(Account account, Assignment assignment, CancellationToken ct)
    {
        await DethroneAsync(account.Id, ct);
        assignment.SetPrimary(true);
        if (assignment.IsHeldOn(Today))
            revocations.RightsChanged(account);
    }

    internal static string SearchTextOf(Account account) => Text.Fold($"{account.DisplayName} {account.UserName}");

    private DateOnly Today => LocalTime.Date(time.GetUtcNow());

    private async Task DethroneAsync(Guid accountId, CancellationToken ct)
    {
        foreach (var other in await db.Assignments.Where(a => a.AccountId == accountId && a.IsPrimary).ToListAsync(ct))
            other.SetPrimary(false);
    }

    private void Changed(Account account, string? helperUnit)
    {
        // Helpers' unit of the day is also kept on the account, where what concerns helpers looks for it.
        if (account.Kind == AccountKind.Helper)
            account.AssignTo(helperUnit);
        // Who has only just got an account has no tokens yet.
        if (db.Entry(account).State != EntityState.Added)
            revocations.RightsChanged(account);
    }
}
