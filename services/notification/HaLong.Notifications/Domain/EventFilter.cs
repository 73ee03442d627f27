namespace HaLong.Notifications.Domain;

/// <summary>Which events a subscription wants. Within a list any of its entries is enough; every list that is not empty must fit.</summary>
/// <param name="Types">Prefixes of types; never empty.</param>
/// <param name="Procedures">Codes of procedures.</param>
/// <param name="Fields">Codes of fields (lĩnh vực).</param>
/// <param name="Units">Codes of the units that had the dossier when it happened.</param>
/// <param name="Subjects">Dossiers.</param>
internal sealed record EventFilter(
    IReadOnlyList<string> Types, IReadOnlyList<string> Procedures, IReadOnlyList<string> Fields, IReadOnlyList<string> Units, IReadOnlyList<Guid> Subjects)
{
    public const string Any = "*";

    /// <summary>
    /// Under what the subscription is found when an event is released: its narrowest list. So an event costs as much as subscriptions could
    /// want it, not as many as there are.
    /// </summary>
    public IEnumerable<string> Keys() =>
        Subjects.Count > 0 ? Subjects.Select(s => "subject:" + s)
        : Procedures.Count > 0 ? Procedures.Select(p => "procedure:" + p)
        : Units.Count > 0 ? Units.Select(u => "unit:" + u)
        : Fields.Count > 0 ? Fields.Select(f => "field:" + f)
        : [Any];
}
