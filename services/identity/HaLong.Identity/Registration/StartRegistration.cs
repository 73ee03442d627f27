using System.Globalization;
using HaLong.Identity.Domain;
using HaLong.ServiceDefaults;

namespace HaLong.Identity.Registration;

/// <summary>What a citizen who wants an account fills in.</summary>
/// <param name="PersonalNumber">The 12 digits on the identity card.</param>
/// <param name="FullName">As on the card.</param>
/// <param name="BirthDate">yyyy-MM-dd.</param>
/// <param name="Sex">male or female; may be left out.</param>
/// <param name="Phone">A Vietnamese mobile number: the code goes there.</param>
/// <param name="Email">May be left out.</param>
/// <param name="Language">vi or en; that of the request when left out.</param>
/// <param name="TermsVersion">The version of the text account-terms that was shown (<c>GET /api/v1/consent-purposes</c>).</param>
/// <param name="TermsAccepted">True only when the citizen said so explicitly.</param>
internal sealed record StartRegistration(
    string? PersonalNumber, string? FullName, string? BirthDate, string? Sex, string? Phone, string? Email, string? Language, int? TermsVersion, bool? TermsAccepted)
{
    /// <summary>The draft and what looks odd about it, or everything that is wrong, field by field.</summary>
    public (Result<RegistrationDraft> Draft, IReadOnlyList<Warning> Warnings) Check(DateOnly today)
    {
        var error = IdentityErrors.RegistrationNotValid;
        var number = Domain.PersonalNumber.TryParse(PersonalNumber?.Trim());
        if (number is null)
            error = error.WithField("personalNumber", "Số định danh cá nhân có đúng 12 chữ số.", "A personal number has exactly 12 digits.");
        var name = PersonName.Clean(FullName);
        if (name is null)
            error = error.WithField("fullName", "Hãy nhập họ và tên như trên căn cước.", "Enter the full name as on the identity card.");
        var birth = Births.Parse(BirthDate, today);
        if (birth is null)
            error = error.WithField("birthDate", "Ngày sinh có dạng năm-tháng-ngày và không ở tương lai.", "The birth date looks like 1985-04-12 and is not in the future.");
        if (Sex is not (null or "" or Domain.PersonalNumber.Male or Domain.PersonalNumber.Female))
            error = error.WithField("sex", "Giới tính là male hoặc female.", "The sex is male or female.");
        var phone = PhoneNumber.TryParse(Phone);
        if (phone is not { IsMobile: true })
            error = error.WithField("phone", "Hãy nhập số điện thoại di động Việt Nam.", "Enter a Vietnamese mobile number.");
        var email = EmailAddress.Clean(Email);
        if (email is null && !string.IsNullOrWhiteSpace(Email))
            error = error.WithField("email", "Địa chỉ thư điện tử không đúng.", "The e-mail address is not right.");
        if (TermsAccepted is not true || TermsVersion is null)
            error = error.WithField("termsAccepted", "Bạn cần đồng ý với điều khoản để có tài khoản.", "You need to agree to the terms to have an account.");
        if (error.FieldMessages.Count > 0)
            return (error, []);

        // All of them were checked above.
        var draft = new RegistrationDraft(number!.Value, name!, birth!.Value, Sex is "" ? null : Sex, phone!.E164, email, Codes.Languages.Choose(Language), TermsVersion!.Value);
        return (draft, [.. number.Warnings(today, birth, draft.Sex), .. phone.Warnings]);
    }
}

/// <summary>What is kept, sealed, until the code comes back.</summary>
internal sealed record RegistrationDraft(
    string PersonalNumber, string FullName, DateOnly BirthDate, string? Sex, string Phone, string? Email, string Language, int TermsVersion);

/// <summary>Reads birth dates.</summary>
internal static class Births
{
    private const int OldestYears = 130;

    /// <summary>Null for what is no date, lies in the future or longer ago than people live.</summary>
    public static DateOnly? Parse(string? text, DateOnly today) =>
        DateOnly.TryParseExact(text?.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day <= today && day.Year > today.Year - OldestYears ? day : null;
}
