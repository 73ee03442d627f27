using HaLong.Notifications.Domain;
using HaLong.Notifications.Persistence;
using HaLong.ServiceDefaults;

namespace HaLong.Notifications.Contacts;

/// <summary>An open dossier of a person at a unit.</summary>
internal sealed record PersonsDossier
{
    public required Guid AccountId { get; init; }

    public required string Code { get; init; }
}

/// <summary>Who deals with tasks about contact details: reception and chief of a unit that has an open dossier of the person.</summary>
internal static class ContactProblemAccess
{
    private static readonly string OpenPrefix = Conditions.DossierOpen(Guid.Empty)[..^32];

    /// <summary>The unit whose tasks the caller may see; null for who may see none.</summary>
    public static string? UnitOf(Caller caller) => caller.IsInRole(Roles.Reception) || caller.IsInRole(Roles.Chief) ? caller.Unit : null;

    /// <summary>Open tasks about people with an open dossier at the unit; somebody else's and none at all look the same.</summary>
    public static IQueryable<ContactProblem> Visible(NotificationDbContext db, string unit) =>
        db.Set<ContactProblem>().Where(p => p.ResolvedAt == null && OpenDossiers(db, unit).Any(d => d.AccountId == p.AccountId));

    /// <summary>Who was told something about a dossier that is open at the unit, as far as this service has heard.</summary>
    public static IQueryable<PersonsDossier> OpenDossiers(NotificationDbContext db, string unit) =>
        from message in db.Messages
        join stream in db.Set<EventStream>() on message.DossierId equals stream.DossierId
        where stream.UnitCode == unit
            && !db.Set<Demand>().Any(d => d.Key == OpenPrefix + stream.DossierId.ToString().Replace("-", "") && d.ClosedAt != null)
        select new PersonsDossier { AccountId = message.RecipientId, Code = stream.Code };
}
