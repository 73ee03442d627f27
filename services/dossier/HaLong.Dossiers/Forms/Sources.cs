using System.Collections.Frozen;

namespace HaLong.Dossiers.Forms;

/// <summary>
/// What the platform may know already (keyword <c>x-source</c>): told once, not asked again (Decree 224/2026 art. 15). All of it is about the owner
/// of the dossier or about a thing of his; what is about other people (a child, a buyer) has no source and is asked each time.
/// </summary>
internal static class Sources
{
    public const string FullName = "owner.fullName";
    public const string PersonalNumber = "owner.personalNumber";
    public const string Phone = "owner.phone";
    public const string Email = "owner.email";
    public const string OrganisationName = "owner.organisationName";

    public static readonly FrozenSet<string> All = FrozenSet.ToFrozenSet(
    [
        FullName, PersonalNumber, Phone, Email, OrganisationName, "owner.birthDate", "owner.sex", "owner.ethnicity", "owner.nationality", "owner.taxCode",
        "owner.address.unit", "owner.address.detail", "land.mapSheet", "land.parcel", "land.area", "land.unit", "land.address",
    ],
    StringComparer.Ordinal);

    /// <summary>What the account at identity tells.</summary>
    public static readonly FrozenSet<string> OfProfile = FrozenSet.ToFrozenSet([FullName, PersonalNumber, Phone, Email, OrganisationName], StringComparer.Ordinal);

    /// <summary>
    /// Values that belong together and so come from one earlier dossier: a parcel of one and a map sheet of another would name a piece of land that
    /// does not exist. Null for what stands on its own.
    /// </summary>
    public static string? GroupOf(string source) => source[..source.LastIndexOf('.')] is var group && group != "owner" ? group : null;
}
