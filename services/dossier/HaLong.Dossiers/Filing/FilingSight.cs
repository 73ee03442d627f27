using System.Linq.Expressions;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Filing;

/// <summary>Which dossiers filing opens to whom, beside the owner and the officials of the unit that decides.</summary>
internal static class FilingSight
{
    /// <summary>To change: one's own, and for reception the drafts that the officer himself entered at the counter.</summary>
    public static Expression<Func<Dossier, bool>> Own(Caller caller)
    {
        var (owner, officer, draft) = (caller.AccountId, caller.ActorId, DossierStatus.Draft);
        return caller.IsInRole(Roles.Reception) && !caller.ActsForAnother
            ? d => d.OwnerId == owner || (d.CounterBy == officer && d.Status == draft)
            : d => d.OwnerId == owner;
    }

    /// <summary>What officials of the unit work on. A dossier whose unit was divided is nobody's until a successor takes it.</summary>
    public static Expression<Func<Dossier, bool>> OfUnit(string unit) => d => d.UnitCode == unit && d.Status != DossierStatus.Draft && d.UnitChoices.Length == 0;

    /// <summary>The same, and what reception took in for another unit.</summary>
    public static Expression<Func<Dossier, bool>> AtReception(Caller caller, string unit) => caller.IsInRole(Roles.Reception)
        ? d => (d.UnitCode == unit || d.ReceivingUnitCode == unit) && d.Status != DossierStatus.Draft && d.UnitChoices.Length == 0
        : OfUnit(unit);

    /// <summary>What officials may see: their unit's, reception's, for chiefs those whose unit is to be chosen among theirs, and those about which their unit is asked.</summary>
    public static Expression<Func<Dossier, bool>> Visible(Caller caller, string unit, IQueryable<OpinionRequest> opinions)
    {
        var (own, officer) = (caller.AccountId, caller.ActorId);
        var (reception, chief) = (caller.IsInRole(Roles.Reception), caller.IsInRole(Roles.Chief));
        return d => d.OwnerId == own
            || (d.UnitCode == unit && d.Status != DossierStatus.Draft && d.UnitChoices.Length == 0)
            || (reception && (d.CounterBy == officer || (d.ReceivingUnitCode == unit && d.Status != DossierStatus.Draft
                && (d.UnitChoices.Length == 0 || d.ReceivingUnitId != d.UnitId))))
            || (chief && d.UnitChoices.Contains(unit))
            || opinions.Any(o => o.DossierId == d.Id && o.UnitCode == unit && o.AnsweredAt == null && o.ClosedAt == null);
    }
}
