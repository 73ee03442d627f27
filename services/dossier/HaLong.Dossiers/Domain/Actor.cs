namespace HaLong.Dossiers.Domain;

/// <summary>Who acts: in the timeline, and to be compared with the dossier's owner and officers.</summary>
/// <param name="Id">Account; empty for the platform itself.</param>
/// <param name="Role">In which role.</param>
/// <param name="Unit">For which unit.</param>
/// <param name="Name">Display name, printed on forms.</param>
/// <param name="StandsInFor">The absent officer for whom this one stands in today.</param>
internal sealed record Actor(Guid Id, string Role, string? Unit, string Name, Guid? StandsInFor = null)
{
    /// <summary>The platform, in background work.</summary>
    public static readonly Actor System = new(Guid.Empty, "system", null, "HaLongServices");
}
