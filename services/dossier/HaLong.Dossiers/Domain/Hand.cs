namespace HaLong.Dossiers.Domain;

/// <summary>Who worked on a dossier for its owner, and by which right.</summary>
/// <param name="ActorId">Delegate, representative or helper.</param>
/// <param name="DelegationId">The delegation; null for a representative or helper.</param>
/// <param name="AssistedSessionId">The assisted session; null unless a helper.</param>
/// <param name="Unit">The helper's unit.</param>
/// <param name="Place">Where the helper assisted: office or home.</param>
/// <param name="Kind">What the helper did; one of <see cref="AssistanceKind"/>.</param>
internal sealed record Hand(Guid ActorId, Guid? DelegationId, Guid? AssistedSessionId, string? Unit, string? Place, string? Kind)
{
    /// <summary>Where the helper comes from: postOffice, communeOneStop or youthUnion; null where that is not known, and unless a helper.</summary>
    public string? Organisation { get; init; }
}

/// <summary>Kinds of assistance, as statistics count them.</summary>
internal static class AssistanceKind
{
    public const string FormFilling = "FORM_FILLING";
    public const string Scanning = "SCANNING";
    public const string HomeVisit = "HOME_VISIT";

    public const string Home = "home";
}
