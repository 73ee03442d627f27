using HaLong.Identity.Domain;
using HaLong.ServiceDefaults;

namespace HaLong.Identity.Organisations;

/// <summary>What a legal representative fills in.</summary>
/// <param name="TaxCode">Tax or enterprise code: 10 digits, 10-3 for a dependent unit, or, for a household business, the owner's own personal number.</param>
/// <param name="Name">Vietnamese name as on the certificate.</param>
/// <param name="ForeignName">Name in a foreign language.</param>
/// <param name="ShortName">Short name.</param>
/// <param name="Address">Head office.</param>
/// <param name="Email">Contact point; this or a telephone is needed.</param>
/// <param name="Phone">Contact point; this or an e-mail address is needed.</param>
/// <param name="Unit">Code of the unit where the papers will be shown.</param>
internal sealed record OrganisationInput(
    string? TaxCode, string? Name, string? ForeignName, string? ShortName, string? Address, string? Email, string? Phone, string? Unit)
{
    public const int LongestName = 200;
    public const int LongestShortName = 100;
    public const int LongestAddress = 300;

    /// <summary>The details and what looks odd about them, or everything that is wrong, field by field.</summary>
    /// <param name="owner">Who fills it in.</param>
    /// <param name="ownNumber">That person's number: a household business has no other code.</param>
    public (Result<OrganisationDetails> Details, IReadOnlyList<Warning> Warnings) Check(Guid owner, PersonalNumber? ownNumber)
    {
        var error = OrganisationErrors.Invalid;
        var (code, fault) = Domain.TaxCode.Parse(TaxCode?.Trim());
        if (fault == "DEPENDENT_NUMBER_ZERO")
            error = error.WithField("taxCode", "Số của đơn vị phụ thuộc từ 001 đến 999.", "The number of a dependent unit is 001 to 999.");
        else if (code is null)
            error = error.WithField("taxCode", "Mã số thuế có 10 số, 10 số-3 số, hoặc 12 số của cá nhân.", "A tax code has 10 digits, 10-3 digits, or the 12 of a person.");
        else if (code.Form == OrganisationCode.Household && code.Value != ownNumber?.Value)
            error = error.WithField("taxCode", "Mã 12 số phải là số định danh của chính bạn.", "A code of 12 digits must be your own personal number.");
        var name = Line(Name);
        if (name is not { Length: >= 2 and <= LongestName })
            error = error.WithField("name", $"Tên tổ chức có từ 2 đến {LongestName} ký tự.", $"A name has 2 to {LongestName} characters.");
        var address = Line(Address);
        if (address is not { Length: >= 5 and <= LongestAddress })
            error = error.WithField("address", $"Địa chỉ trụ sở có từ 5 đến {LongestAddress} ký tự.", $"An address has 5 to {LongestAddress} characters.");
        error = CheckContacts(error, out var phone, out var email);
        if (phone is null && email is null && error.FieldMessages.All(m => m.Field is not ("phone" or "email")))
            error = error.WithField("phone", "Cần số điện thoại hoặc thư điện tử.", "A telephone number or an e-mail address is needed.");
        if (error.FieldMessages.Count > 0)
            return (error, []);

        // All of them were checked above.
        var details = new OrganisationDetails(
            OrganisationCode.KeyOf(code!, owner), code!.Form == OrganisationCode.Household ? null : code.Value, name!, Line(ForeignName), Line(ShortName),
            address!, email, phone?.E164);
        return (details, [.. code.Warnings, .. phone?.Warnings ?? []]);
    }

    /// <summary>What can be left out.</summary>
    public Error CheckContacts(Error error, out PhoneNumber? phone, out string? email)
    {
        if (Line(ForeignName)?.Length > LongestName)
            error = error.WithField("foreignName", $"Tối đa {LongestName} ký tự.", $"At most {LongestName} characters.");
        if (Line(ShortName)?.Length > LongestShortName)
            error = error.WithField("shortName", $"Tối đa {LongestShortName} ký tự.", $"At most {LongestShortName} characters.");
        phone = PhoneNumber.TryParse(Line(Phone));
        if (phone is null && Line(Phone) is not null)
            error = error.WithField("phone", "Số điện thoại không đúng.", "The telephone number is not right.");
        email = EmailAddress.Clean(Email);
        if (email is null && Line(Email) is not null)
            error = error.WithField("email", "Địa chỉ thư điện tử không đúng.", "The e-mail address is not right.");
        return error;
    }

    /// <summary>Composed, one space between words; null when nothing is left.</summary>
    public static string? Line(string? text) =>
        string.Join(' ', (text ?? "").Normalize().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)) is { Length: > 0 } line ? line : null;
}
