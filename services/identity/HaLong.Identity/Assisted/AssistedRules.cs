using HaLong.Identity.Contracts;
using HaLong.Identity.Domain;
using HaLong.ServiceDefaults;

namespace HaLong.Identity.Assisted;

/// <summary>A request that is well formed.</summary>
internal sealed record AssistedRequest(PersonalNumber Number, string? Phone, AssistedPlace Place, string[] Acts);

/// <summary>What a request for an assisted session may say; everything wrong is told at once.</summary>
internal static class AssistedRules
{
    private const int MaxText = 200;

    public static Result<AssistedRequest> Check(OpenAssistedSession.Request request, string unit)
    {
        Error? error = null;
        void Wrong(string field, string vi, string en) => error = (error ?? IdentityErrors.AssistedInvalid).WithField(field, vi, en);

        var citizen = request.Citizen;
        var number = PersonalNumber.TryParse(citizen?.PersonalNumber);
        if (number is null)
            Wrong("citizen.personalNumber", "Số định danh có 12 chữ số.", "A personal number has 12 digits.");
        if (!IsText(citizen?.Name))
            Wrong("citizen.name", "Hãy ghi họ tên như trên căn cước.", "Give the name as on the identity card.");
        if (!IsText(request.Purpose))
            Wrong("purpose", $"Mục đích có từ 1 đến {MaxText} ký tự.", $"The purpose has 1 to {MaxText} characters.");
        if (request.Place?.Kind is not (AssistedPlace.Office or AssistedPlace.Home))
            Wrong("place.kind", "office hoặc home.", "office or home.");
        if (!IsText(request.Place?.Text))
            Wrong("place.text", "Hãy ghi tên nơi hỗ trợ hoặc địa chỉ nhà.", "Give the name of the place or the address of the home.");
        if (request.Place?.Unit is { } given && !(given.Length is > 0 and <= 10 && given.All(char.IsAsciiLetterOrDigit)))
            Wrong("place.unit", "Mã đơn vị hành chính không hợp lệ.", "Not the code of an administrative unit.");

        var acts = request.Acts?.Distinct().ToArray() ?? [];
        if (acts.Length == 0 || acts.Except(Acts.OfAssistedSessions).Any())
            Wrong("acts", "Chọn trong: " + string.Join(", ", Acts.OfAssistedSessions) + ".", "Choose from: " + string.Join(", ", Acts.OfAssistedSessions) + ".");
        var phone = Mobile(citizen?.Phone);
        if (citizen?.Phone is not null && !acts.Contains(Acts.AccountOpen))
            Wrong("citizen.phone", "Chỉ nhập số điện thoại khi mở tài khoản.", "A telephone number is given only to open an account.");
        else if (citizen?.Phone is not null && phone is null)
            Wrong("citizen.phone", "Không phải số di động Việt Nam.", "Not a Vietnamese mobile number.");

        if (error is not null)
            return error;
        return new AssistedRequest(number!, phone, new AssistedPlace(request.Place!.Kind!, request.Place.Text!.Trim(), request.Place.Unit ?? unit), acts);
    }

    /// <summary>A mobile number in E.164; null for anything else.</summary>
    public static string? Mobile(string? text) => PhoneNumber.TryParse(text) is { IsMobile: true } number ? number.E164 : null;

    private static bool IsText(string? text) => !string.IsNullOrWhiteSpace(text) && text.Length <= MaxText && !text.Contains('\0');
}
