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
internal sealed class ReadRecord(PaymentDbContext db, Caller caller, TimeProvider time)
{
    public const string Payment = "payment";
    public const string PaymentCode = "payment-code";
    public const string Receipt = "payment-receipt";
    public const string ProviderBill = "provider-bill";

    private static readonly string[] ByWeight = [Roles.Cashier, Roles.Reception, Roles.Officer, Roles.Approver, Roles.Auditor, Roles.Administrator, Roles.Helper];

    public async Task AddAsync(string what, Guid objectId, IEnumerable<PaymentRequest> payments, CancellationToken ct)
    {
        var others = payments.Select(p => p.OwnerId).Where(o => o != caller.ActorId && (caller.ActsWithinLimits || o != caller.AccountId)).Distinct().ToList();
        if (others.Count == 0)
            return;
        var now = time.GetUtcNow();
        db.Enqueue(new PersonalDataRead(Guid.CreateVersion7(now), others, caller.ActorId, Role, caller.Unit, "payment", what, objectId, Purpose, now));
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
        _ => "payment",
    };
}
