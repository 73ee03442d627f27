using System.Text.Json;
using System.Text.RegularExpressions;
using HaLong.Identity.Domain;
using HaLong.Identity.Keys;
using HaLong.ServiceDefaults;

namespace HaLong.Identity.DataRequests;

/// <summary>What a person wrote: lies sealed, for it names what was wrong and what is right.</summary>
/// <param name="Note">In the person's words.</param>
/// <param name="Changes">What should be corrected.</param>
internal sealed record Details(string? Note, ProposedChanges? Changes);

/// <summary>Corrections that are proposed; what is left out stays.</summary>
/// <param name="DisplayName">Full name.</param>
/// <param name="BirthDate">yyyy-MM-dd.</param>
/// <param name="PersonalNumber">12 digits.</param>
/// <param name="Email">E-mail address.</param>
/// <param name="Phone">Mobile number.</param>
internal sealed record ProposedChanges(string? DisplayName, DateOnly? BirthDate, string? PersonalNumber, string? Email, string? Phone)
{
    public bool IsEmpty => this is { DisplayName: null, BirthDate: null, PersonalNumber: null, Email: null, Phone: null };

    /// <summary>For the desk: whoever needs the number in full compares it with the paper that the person shows.</summary>
    public ProposedChanges Masked() => this with { PersonalNumber = Domain.PersonalNumber.TryParse(PersonalNumber)?.ToString() };
}

/// <summary>Seals, opens and checks what people write.</summary>
internal sealed partial class RequestDetails(FieldVault vault)
{
    private const int LongestNote = 1000;
    private const int ShortestReason = 10;

    public byte[] Seal(Guid request, Details details) =>
        vault.Seal(FieldVault.DataRequests, request.ToString(), JsonSerializer.SerializeToUtf8Bytes(details, JsonSerializerOptions.Web));

    public Details Open(DataRequest request) =>
        JsonSerializer.Deserialize<Details>(vault.Open(FieldVault.DataRequests, request.Id.ToString(), request.SealedDetails), JsonSerializerOptions.Web)
        ?? throw new InvalidOperationException($"Request {request.Id} has no details.");

    /// <summary>Everything that is wrong with a request, or null.</summary>
    public static Error? Check(string? kind, Details details, DateOnly today)
    {
        var error = IdentityErrors.InvalidDataRequest;
        if (kind is null || !DataRequestKinds.All.Contains(kind))
            error = error.WithField("kind", $"Một trong: {string.Join(", ", DataRequestKinds.All)}.", $"One of: {string.Join(", ", DataRequestKinds.All)}.");
        if (details.Note?.Length > LongestNote)
            error = error.WithField("note", $"Không quá {LongestNote} ký tự.", $"At most {LongestNote} characters.");
        if (kind == DataRequestKinds.Object && (details.Note?.Trim().Length ?? 0) < ShortestReason)
            error = error.WithField("note", "Hãy nêu việc xử lý mà bạn phản đối.", "Say which processing you object to.");
        if (kind == DataRequestKinds.Correct && (details.Changes is null || details.Changes.IsEmpty))
            error = error.WithField("changes", "Hãy nêu ít nhất một nội dung cần sửa.", "Name at least one thing to correct.");
        if (kind != DataRequestKinds.Correct && details.Changes is { IsEmpty: false })
            error = error.WithField("changes", "Chỉ dùng cho yêu cầu chỉnh sửa.", "Only for requests to correct.");
        if (details.Changes is { } changes)
            error = CheckChanges(error, changes, today);
        return error.FieldMessages.Count > 0 ? error : null;
    }

    private static Error CheckChanges(Error error, ProposedChanges changes, DateOnly today)
    {
        if (changes.DisplayName is { } name && name.Trim().Length is 0 or > 200)
            error = error.WithField("changes.displayName", "Từ 1 đến 200 ký tự.", "1 to 200 characters.");
        if (changes.BirthDate is { } birth && (birth > today || birth.Year < 1900))
            error = error.WithField("changes.birthDate", "Ngày sinh không hợp lệ.", "Not a birth date.");
        if (changes.PersonalNumber is { } number && PersonalNumber.TryParse(number) is null)
            error = error.WithField("changes.personalNumber", "Số định danh gồm 12 chữ số.", "A personal number has 12 digits.");
        if (changes.Email is { } email && (email.Length > 254 || !Email().IsMatch(email)))
            error = error.WithField("changes.email", "Thư điện tử không hợp lệ.", "Not an e-mail address.");
        if (changes.Phone is { } phone && !Mobile().IsMatch(phone))
            error = error.WithField("changes.phone", "Số di động không hợp lệ.", "Not a mobile number.");
        return error;
    }

    [GeneratedRegex(@"^[^@\s]+@[^@\s]+\.[^@\s]+$")]
    private static partial Regex Email();

    [GeneratedRegex(@"^(?:\+84|0)(3[2-9]|5[25689]|7[06-9]|8[1-9]|9[0-46-9])[0-9]{7}$")]
    private static partial Regex Mobile();
}
