using System.Globalization;
using System.Security.Claims;
using HaLong.Identity.Domain;

namespace HaLong.Identity.Federation;

/// <summary>
/// What is taken from a provider's answer. The national portal gives far more (ethnicity, religion, parents, spouse…): none of it is
/// needed to sign in, so none of it is read (Law 91/2025/QH15: data limited to the purpose).
/// </summary>
internal sealed record FederatedPerson(
    Provider Provider, string Issuer, string Subject, PersonalNumber? Number, string? Name, DateOnly? BirthDate, string? Phone, string? Email, bool IsCitizen, int Assurance)
{
    private static readonly string[] DayFormats = ["yyyy-MM-dd", "yyyyMMdd", "yyyy/MM/dd", "dd/MM/yyyy"];

    /// <summary>Null when the answer does not even say who issued it about whom.</summary>
    public static FederatedPerson? From(Provider provider, ClaimsPrincipal principal)
    {
        var map = provider.Options.ClaimMap;
        if (principal.FindFirst("sub") is not { Value: { Length: > 0 and <= 255 } subject } || principal.FindFirst("iss") is not { Value: { Length: > 0 and <= 300 } issuer })
            return null;
        return new FederatedPerson(
            provider, issuer, subject, PersonalNumber.TryParse(Read(map.PersonalNumber, 12)), Read(map.Name, 200), Day(Read(map.BirthDate, 30)),
            Read(map.Phone, 20), Read(map.Email, 254), Read(map.Kind, 10) is null or "1", provider.Verifies(Read(map.Assurance, 20)) ? 2 : 1);

        string? Read(string claim, int longest) =>
            principal.FindFirst(claim)?.Value.Trim() is { Length: > 0 } value && value.Length <= longest ? value : null;
    }

    private static DateOnly? Day(string? text) =>
        DateOnly.TryParseExact(text, DayFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>Never the person: records print themselves, and logs are read by many.</summary>
    public override string ToString() => $"a person of {Provider.Name}";
}
