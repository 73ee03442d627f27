using HaLong.Identity.Contracts.Events;
using HaLong.Messaging;
using HaLong.Notifications.Persistence;
using HaLong.ServiceDefaults;

namespace HaLong.Notifications.Features.Messages;

/// <summary>Reports that somebody looked at what other people were told, before it is shown: one row in the outbox. Reading one's own is not reported.</summary>
internal sealed class NoticeReads(NotificationDbContext db, Caller caller, TimeProvider clock)
{
    public const string Notices = "notices";
    public const string Problems = "contact-problems";

    private static readonly string[] ByWeight = [Roles.Reception, Roles.Officer, Roles.Approver, Roles.Chief, Roles.Auditor, Roles.Helper];

    /// <param name="what">What was shown.</param>
    /// <param name="objectId">Which one; null for a list.</param>
    /// <param name="people">Whose.</param>
    /// <param name="ct">Stops it.</param>
    public async Task AddAsync(string what, Guid? objectId, IEnumerable<Guid> people, CancellationToken ct)
    {
        var others = people.Where(p => p != caller.ActorId && (caller.ActsWithinLimits || p != caller.AccountId)).Distinct().ToList();
        if (others.Count == 0)
            return;
        var now = clock.GetUtcNow();
        db.Enqueue(new PersonalDataRead(Guid.CreateVersion7(now), others, caller.ActorId, Role, caller.Unit, "notification", what, objectId, Purpose, now));
        await db.SaveChangesAsync(ct);
    }

    /// <summary>Who acts for the subject does so as helper or delegate, whatever else the token says.</summary>
    private string Role => caller switch
    {
        { AssistedSession: not null } => Roles.Helper,
        { Delegation: not null } => "delegate",
        _ => ByWeight.FirstOrDefault(caller.IsInRole) ?? "",
    };

    private string Purpose => caller switch
    {
        { AssistedSession: not null } => "assisted-session",
        { Delegation: not null } => "delegation",
        _ => "dossier-processing",
    };
}
