using System.Text.Json;
using HaLong.Dossiers.Domain;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Features;

/// <summary>What a draft may say; used when it is opened and when it is changed.</summary>
internal static class DraftRules
{
    public const int MaxSubject = 500;

    public static Error? CheckSubject(Error? error, string? subject)
    {
        var length = subject?.Trim().Length ?? 0;
        return length is 0 or > MaxSubject || !JsonInput.IsStorable(subject!)
            ? Add(error, "subject", $"Trích yếu có từ 1 đến {MaxSubject} ký tự.", $"The subject has 1 to {MaxSubject} characters.")
            : error;
    }

    public static Error? CheckData(Error? error, JsonElement data)
    {
        if (data.ValueKind != JsonValueKind.Object)
            return Add(error, "data", "Dữ liệu biểu mẫu phải là một đối tượng JSON.", "The form data must be a JSON object.");
        if (data.GetRawText().Length > JsonInput.MaxLength)
            return Add(error, "data", "Dữ liệu biểu mẫu quá lớn.", "The form data are too large.");
        return JsonInput.IsStorable(data)
            ? error
            : Add(error, "data", "Dữ liệu biểu mẫu có ký tự hoặc số không lưu được.", "The form data contain characters or numbers that cannot be stored.");
    }

    public static Error Add(Error? error, string field, string vi, string en) => (error ?? DossierErrors.Invalid).WithField(field, vi, en);
}
