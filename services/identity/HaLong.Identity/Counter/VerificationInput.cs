using System.Globalization;
using HaLong.Identity.Domain;
using HaLong.Identity.Registration;
using HaLong.ServiceDefaults;

namespace HaLong.Identity.Counter;

/// <summary>What the official reads from the document and has checked.</summary>
/// <param name="DocumentKind">identityCard, identityCertificate or passport.</param>
/// <param name="PersonalNumber">The 12 digits on the document: must be those of the account.</param>
/// <param name="FullName">As on the document; the account takes it over.</param>
/// <param name="BirthDate">yyyy-MM-dd, as on the document; the account takes it over.</param>
/// <param name="ExpiresOn">yyyy-MM-dd; left out for a document without an end.</param>
/// <param name="Phone">The telephone number that the person says is his: must be that of the account, or a stranger may have opened it.</param>
/// <param name="DocumentSeen">True: the original was seen.</param>
/// <param name="FaceCompared">True: the face was compared with the picture.</param>
/// <param name="TakeOver">True: the telephone is another one, and the account was opened by somebody else; what opens it now is withdrawn.</param>
/// <param name="Note">Up to 500 characters.</param>
internal sealed record VerificationInput(
    string? DocumentKind, string? PersonalNumber, string? FullName, string? BirthDate, string? ExpiresOn, string? Phone, bool? DocumentSeen, bool? FaceCompared,
    bool? TakeOver, string? Note)
{
    private const int LongestNote = 500;

    /// <summary>Everything that does not hold, at once; else what the document says.</summary>
    /// <param name="known">The account's number; null when it has none yet.</param>
    /// <param name="phoneOnFile">The account's telephone; null when it has none.</param>
    /// <param name="today">Local day.</param>
    public Result<Identified> Check(PersonalNumber? known, PhoneNumber? phoneOnFile, DateOnly today)
    {
        var error = VerificationErrors.Invalid;
        if (!DocumentKinds.All.Contains(DocumentKind))
            error = error.WithField("documentKind", "Một trong: " + string.Join(", ", DocumentKinds.All) + ".", "One of: " + string.Join(", ", DocumentKinds.All) + ".");
        if (ExpiresOn is not null && !DateOnly.TryParseExact(ExpiresOn, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
            error = error.WithField("expiresOn", "Ngày hết hạn có dạng năm-tháng-ngày.", "The date looks like 2030-01-31.");
        else if (ExpiresOn is not null && DateOnly.ParseExact(ExpiresOn, "yyyy-MM-dd", CultureInfo.InvariantCulture) < today)
            error = error.WithField("expiresOn", "Giấy tờ đã hết hạn.", "The document has expired.");
        var number = Domain.PersonalNumber.TryParse(PersonalNumber?.Trim());
        if (number is null)
            error = error.WithField("personalNumber", "Số định danh có 12 chữ số.", "A personal number has 12 digits.");
        else if (known is not null && number != known)
            error = error.WithField("personalNumber", "Số trên giấy tờ khác số của tài khoản.", "The number on the document is not that of the account.");
        var name = PersonName.Clean(FullName);
        if (name is null)
            error = error.WithField("fullName", "Hãy nhập họ tên như trên giấy tờ.", "Enter the name as on the document.");
        var birth = Births.Parse(BirthDate, today);
        if (birth is null)
            error = error.WithField("birthDate", "Ngày sinh có dạng năm-tháng-ngày và không ở tương lai.", "The birth date looks like 1985-04-12 and is not in the future.");
        var phone = PhoneNumber.TryParse(Phone);
        var isOthersPhone = phoneOnFile is not null && phone?.E164 != phoneOnFile.E164;
        if (TakeOver == true ? phone is not { IsMobile: true } : isOthersPhone)
            error = error.WithField("phone", "Số điện thoại người dân nêu không phải số của tài khoản.", "The telephone number the person gives is not that of the account.");
        if (DocumentSeen != true)
            error = error.WithField("documentSeen", "Phải xem bản chính giấy tờ.", "The original must be seen.");
        if (FaceCompared != true)
            error = error.WithField("faceCompared", "Phải đối chiếu khuôn mặt với ảnh.", "The face must be compared with the picture.");
        if (Note?.Length > LongestNote)
            error = error.WithField("note", $"Tối đa {LongestNote} ký tự.", $"At most {LongestNote} characters.");
        if (error.FieldMessages.Count > 0)
            return error;
        // All of them were checked above. A take-over where the telephone is the account's own has nothing to withdraw.
        return new Identified(DocumentKind!, number!, name!, birth!.Value, TakeOver == true && (phoneOnFile is null || isOthersPhone) ? phone : null,
            string.IsNullOrWhiteSpace(Note) ? null : Note.Trim());
    }
}

/// <summary>What the document says.</summary>
/// <param name="DocumentKind">One of <see cref="DocumentKinds"/>.</param>
/// <param name="Number">The personal number.</param>
/// <param name="Name">The name.</param>
/// <param name="BirthDate">The birth date.</param>
/// <param name="NewPhone">The owner's telephone where the account is taken over from a stranger; else null.</param>
/// <param name="Note">The official's words.</param>
internal sealed record Identified(string DocumentKind, PersonalNumber Number, string Name, DateOnly BirthDate, PhoneNumber? NewPhone, string? Note)
{
    /// <summary>Never the person: records print themselves, and logs are read by many.</summary>
    public override string ToString() => DocumentKind;
}
