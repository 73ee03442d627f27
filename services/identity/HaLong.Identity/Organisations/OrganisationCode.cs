using HaLong.Identity.Domain;

namespace HaLong.Identity.Organisations;

/// <summary>
/// What makes an organisation the only one: its tax code, or, for a household business, its owner. A household business trades under its
/// owner's personal number since 1 July 2025, and a personal number is never kept in clear.
/// </summary>
internal static class OrganisationCode
{
    public const string Household = "personalId12";

    public static string KeyOf(TaxCode code, Guid owner) => code.Form == Household ? $"household:{owner:N}" : code.Value;
}
