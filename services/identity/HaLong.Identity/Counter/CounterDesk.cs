using HaLong.Identity.AccessLog;
using HaLong.Identity.Delegations;
using HaLong.Identity.Domain;
using HaLong.Identity.Persistence;
using HaLong.Identity.Units;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Counter;

/// <summary>What every act at the counter needs: who the official is, whom he must leave to others, and the record of what he read.</summary>
internal sealed class CounterDesk(IdentityDbContext db, AccessLedger ledger, Caller caller, TimeProvider time)
{
    public DateTimeOffset Now { get; } = time.GetStoredNow();

    public DateOnly Today => LocalTime.Date(Now);

    /// <summary>The unit of the token; the policy lets nobody in without one.</summary>
    public string Unit => caller.Unit ?? throw new InvalidOperationException("An official without a unit got past the policy.");

    /// <summary>A person of the public whose account is open.</summary>
    public Task<Account?> CitizenAsync(Guid id, CancellationToken ct) =>
        db.Accounts.SingleOrDefaultAsync(a => a.Id == id && !a.IsClosed && a.Kind == AccountKind.Citizen, ct);

    /// <summary>
    /// True when the official should leave this person to another: the same telephone or e-mail address on file (one household), or one may act
    /// for the other. An official with a second account of his own shows in the same way.
    /// </summary>
    public async Task<bool> IsCloseToAsync(Account person, CancellationToken ct)
    {
        if (await db.Accounts.AsNoTracking().SingleOrDefaultAsync(a => a.Id == caller.ActorId, ct) is not { } official)
            return true;
        if (person.Id == official.Id || Same(PhoneNumber.TryParse(person.Phone)?.E164, PhoneNumber.TryParse(official.Phone)?.E164)
            || Same(person.Email?.ToUpperInvariant(), official.Email?.ToUpperInvariant()))
            return true;
        var pairs = await db.Delegations.AsNoTracking().Where(d => d.State == DelegationState.Accepted
            && ((d.PrincipalId == person.Id && d.DelegateId == official.Id) || (d.PrincipalId == official.Id && d.DelegateId == person.Id))).ToListAsync(ct);
        return pairs.Exists(d => d.IsActiveOn(Today));
    }

    /// <summary>Records that the official saw people's data; saves.</summary>
    public Task RecordAsync(IReadOnlyList<Guid> subjects, string what, Guid? objectId, string purpose, string? note, CancellationToken ct) => ledger.AppendAsync(
        new Reading(subjects, caller.ActorId, RoleOf(caller), caller.Unit, "identity", what, objectId, purpose, note, Now), onceIn: null, ct);

    /// <summary>Id of the unit as it is today, for the audit.</summary>
    public Task<string?> UnitIdAsync(CancellationToken ct) =>
        ListUnits.ValidOn(db, Today).Where(u => u.Code == caller.Unit).Select(u => (string?)u.Id).SingleOrDefaultAsync(ct);

    private static string RoleOf(Caller caller) =>
        new[] { Roles.Reception, Roles.Chief, Roles.Auditor }.First(caller.IsInRole); // The policies let in nobody else.

    private static bool Same(string? one, string? other) => one is not null && one == other;
}
