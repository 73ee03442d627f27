using HaLong.Dossiers.Persistence;
using HaLong.Identity.Contracts.Events;
using HaLong.Messaging;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Features;

/// <summary>
/// Reports that somebody opened data of other people, before it is shown: one row in the outbox. Reading one's own is not reported; the same
/// thing opened again and again is made one by who keeps the record.
/// </summary>
internal sealed class ReadRecord(DossierDbContext db, Caller caller, TimeProvider time)
{
    public const string Dossier = "dossier";
    public const string DossierList = "dossier-list";
    public const string DossierSearch = "dossier-search";
    public const string Timeline = "timeline";
    public const string Deadline = "deadline";
    public const string Receipt = "receipt";
    public const string Document = "document";
    public const string DocumentList = "document-list";
    public const string FormList = "form-list";
    public const string Form = "form";
    public const string Notes = "notes";
    public const string Opinions = "opinions";
    public const string Archive = "archive";
    public const string Register = "register";
    public const string FeeQuote = "fee-quote";

    private static readonly string[] ByWeight =
        [Roles.Reception, Roles.Officer, Roles.Approver, Roles.Leader, Roles.Cashier, Roles.Auditor, Roles.Administrator, Roles.Helper];

    /// <summary>One thing of one person.</summary>
    public Task AddAsync(string what, Guid objectId, Guid ownerId, CancellationToken ct) => SaveAsync(what, objectId, [ownerId], ct);

    /// <summary>A page of a list: one report for everybody on it.</summary>
    public Task AddPageAsync(string what, IEnumerable<Guid> ownerIds, CancellationToken ct) => SaveAsync(what, null, ownerIds, ct);

    private async Task SaveAsync(string what, Guid? objectId, IEnumerable<Guid> ownerIds, CancellationToken ct)
    {
        var others = ownerIds.Where(o => o != caller.ActorId && (caller.ActsWithinLimits || o != caller.AccountId)).Distinct().ToList();
        if (others.Count == 0)
            return;
        var now = time.GetUtcNow();
        db.Enqueue(new PersonalDataRead(Guid.CreateVersion7(now), others, caller.ActorId, Role, caller.Unit, "dossier", what, objectId, Purpose, now));
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
