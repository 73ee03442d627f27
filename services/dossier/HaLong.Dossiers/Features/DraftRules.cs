using System.Text.Json;
using System.Text.Json.Nodes;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Drafts;
using HaLong.Dossiers.Forms;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Features;

/// <summary>What a draft may say; used when it is opened and when it is changed. Whether it makes sense is the form's matter, and only when it is filed.</summary>
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
        var length = data.GetRawText().Length;
        return length > JsonInput.MaxLength
            ? Add(error, "data", $"Dữ liệu biểu mẫu dài {length / 1024} KB, quá giới hạn {JsonInput.MaxLength / 1024} KB; hãy đính kèm tệp thay vì dán nội dung dài.",
                $"The form data have {length / 1024} KB, more than the {JsonInput.MaxLength / 1024} KB allowed; attach a file instead of pasting long content.")
            : CheckJson(error, "data", data);
    }

    /// <summary>A merge patch of subject and data, and of nothing else.</summary>
    public static Error? CheckPatch(JsonElement patch)
    {
        if (patch.ValueKind != JsonValueKind.Object)
            return Add(null, "patch", "Bản vá phải là một đối tượng JSON.", "The patch must be a JSON object.");
        var error = CheckJson(null, "patch", patch);
        if (error is null && patch.EnumerateObject().Any(p => p.Name is not (DraftDocument.Subject or DraftDocument.Data)))
            error = Add(error, "patch", "Chỉ đổi được “subject” và “data”.", "Only “subject” and “data” can be changed.");
        if (error is null && patch.TryGetProperty(DraftDocument.Subject, out var subject))
            error = CheckSubject(error, subject.ValueKind == JsonValueKind.String ? subject.GetString() : "");
        if (error is null && patch.TryGetProperty(DraftDocument.Data, out var data) && data.ValueKind != JsonValueKind.Null)
            error = CheckData(error, data);
        return error;
    }

    /// <summary>The patch with a trimmed subject; null empties the form.</summary>
    public static JsonElement Normal(JsonElement patch)
    {
        if (!patch.TryGetProperty(DraftDocument.Subject, out var subject))
            return patch;
        var normal = JsonNode.Parse(patch.GetRawText())!.AsObject();
        normal[DraftDocument.Subject] = subject.GetString()!.Trim();
        return JsonSerializer.SerializeToElement(normal);
    }

    /// <summary>The state that would be saved: many small patches must not make what one is not allowed to be.</summary>
    public static Error? CheckDocument(JsonObject document)
    {
        document.TryAdd(DraftDocument.Data, new JsonObject());
        return CheckData(null, DraftDocument.Element(document[DraftDocument.Data]));
    }

    public static Error Add(Error? error, string field, string vi, string en) => (error ?? DossierErrors.Invalid).WithField(field, vi, en);

    private static Error? CheckJson(Error? error, string field, JsonElement json) => JsonInput.Look(json) switch
    {
        JsonDefect.TooDeep => Add(error, field, FormErrors.TooDeep.Format(JsonInput.MaxDepth)),
        JsonDefect.DuplicateKey => Add(error, field, FormErrors.DuplicateKey),
        JsonDefect.NotStorable => Add(error, field, "Dữ liệu biểu mẫu có ký tự hoặc số không lưu được.", "The form data contain characters or numbers that cannot be stored."),
        _ => error,
    };

    private static Error Add(Error? error, string field, Error single) => (error ?? single).WithField(field, single.Vi, single.En);
}
