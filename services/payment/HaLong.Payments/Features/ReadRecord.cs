using HaLong.Identity.Contracts.Events;
using HaLong.Messaging;
using HaLong.Payments.Domain;
using HaLong.Payments.Persistence;
using HaLong.ServiceDefaults;

namespace HaLong.Payments.Features;

/// <summary>
/// Reports that somebody opened payments of other people, before they are shown: one row in the outbox. Reading one's own is not reported; the
/// same thing opened again and again is made one by who keeps the record.
/// </summary>
internal static class ReadRecord
{
    public const string Payment = "payment";
    public const string PaymentCode = "payment-code";

    private static readonly string[] ByWeight = [Roles.Cashier, Roles.Reception, Roles.Officer, Roles.Approver, Roles.Auditor, Roles.Administrator, Roles.Helper];

    public static async Task RecordReadAsync(
        this PaymentDbContext db, string what, Guid? objectId, IEnumerable<PaymentRequest> payments, Caller caller, TimeProvider time, CancellationToken ct)
    {
        var others = payments.Select(p => p.OwnerId).Where(o => o != caller.ActorId).Distinct().ToList();
        if (others.Count == 0)
            return;
        var now = time.GetUtcNow();
        db.Enqueue(new PersonalDataRead(Guid.CreateVersion7(now), others, caller.ActorId, RoleOf(caller), caller.Unit, "payment", what, objectId, PurposeOf(caller), now));
        await db.SaveChangesAsync(ct);
    }

    /// <summary>Who acts for the subject does so as helper or delegate, whatever else the token says.</summary>
    private static string RoleOf(Caller caller) => caller switch
    {
        { ActsForAnother: true, AssistedSession: not null } => Roles.Helper,
        { ActsForAnother: true } => "delegate",
        _ => ByWeight.FirstOrDefault(caller.IsInRole) ?? "",
    };

    private static string PurposeOf(Caller caller) => caller switch
    {
        { ActsForAnother: true, AssistedSession: not null } => "assisted-session",
        { ActsForAnother: true } => "delegation",
        _ => "payment",
    };
}
