using System.Text.Json;

namespace HaLong.Dossiers.Forms;

/// <summary>One helpful sentence in both languages for each keyword of the subset: which field, and what to do.</summary>
internal static class FieldSentences
{
    public static FieldDefect Missing(string pointer, BilingualText label, JsonElement? schema) => schema is { } node && node.TryGetProperty("const", out _)
        ? new(pointer, DefectKind.Missing, "required", $"Hãy đánh dấu “{label.Vi}”.", $"Tick “{label.En}”.")
        : new(pointer, DefectKind.Missing, "required", $"Hãy điền “{label.Vi}”.", $"Fill in “{label.En}”.");

    /// <param name="pointer">The place.</param>
    /// <param name="label">The field.</param>
    /// <param name="keyword">What it breaks.</param>
    /// <param name="parameter">What the keyword asks for, as the validator tells it.</param>
    /// <param name="schema">The schema of the place.</param>
    /// <param name="pattern">Words for the pattern.</param>
    public static FieldDefect Invalid(string pointer, BilingualText label, string keyword, string parameter, JsonElement? schema, BilingualText? pattern)
    {
        var (vi, en) = keyword switch
        {
            "type" => Type(parameter),
            "enum" => ("chọn một trong các giá trị đã cho", "choose one of the given values"),
            "const" => ("cần đánh dấu hoặc giữ đúng giá trị yêu cầu", "this must be ticked or left as asked"),
            "minLength" => ($"nhập ít nhất {parameter} ký tự", $"give at least {parameter} characters"),
            "maxLength" => ($"nhập nhiều nhất {parameter} ký tự", $"give at most {parameter} characters"),
            "minItems" => ($"thêm ít nhất {parameter} dòng", $"add at least {parameter} rows"),
            "maxItems" => ($"giữ nhiều nhất {parameter} dòng", $"keep at most {parameter} rows"),
            "uniqueItems" => ("bỏ các dòng trùng nhau", "remove the rows that repeat"),
            "minimum" => ($"nhập số từ {parameter} trở lên", $"give a number of {parameter} or more"),
            "maximum" => ($"nhập số không quá {parameter}", $"give a number of {parameter} or less"),
            "exclusiveMinimum" => ($"nhập số lớn hơn {parameter}", $"give a number greater than {parameter}"),
            "exclusiveMaximum" => ($"nhập số nhỏ hơn {parameter}", $"give a number less than {parameter}"),
            "multipleOf" => ($"nhập bội số của {parameter}", $"give a multiple of {parameter}"),
            "pattern" => (pattern?.Vi ?? "nhập đúng dạng yêu cầu", pattern?.En ?? "give it in the form asked for"),
            "format" => Format(schema),
            _ => ("nội dung này không thuộc biểu mẫu; hãy bỏ đi", "this is not part of the form; remove it"),
        };
        return new FieldDefect(pointer, DefectKind.Invalid, keyword.Length == 0 ? "additionalProperties" : keyword, $"“{label.Vi}”: {vi}.", $"“{label.En}”: {en}.");
    }

    public static FieldDefect NotFuture(string pointer, BilingualText label) => new(pointer, DefectKind.Invalid, "x-not-future",
        $"“{label.Vi}”: ngày này chưa đến; hãy nhập ngày hôm nay hoặc trước đó.", $"“{label.En}”: this day has not come yet; give today or an earlier day.");

    public static FieldDefect NotOwners(string pointer, BilingualText label) => new(pointer, DefectKind.Invalid, FieldFormats.PersonalNumber,
        $"“{label.Vi}”: số này không phải của chủ hồ sơ nên phải nhập đủ 12 chữ số.", $"“{label.En}”: this is not the owner's number, so its 12 digits must be typed.");

    /// <summary>Never stands in the way: the register decides, not arithmetic.</summary>
    public static FieldDefect Hint(string pointer, BilingualText label, string rule, string vi, string en) =>
        new(pointer, DefectKind.Hint, rule, $"“{label.Vi}”: {vi}.", $"“{label.En}”: {en}.");

    private static (string Vi, string En) Format(JsonElement? schema) =>
        schema is { } node && node.TryGetProperty("format", out var format) && FieldFormats.All.TryGetValue(format.GetString() ?? "", out var known)
            ? (known.Vi, known.En)
            : ("nhập đúng dạng yêu cầu", "give it in the form asked for");

    private static (string Vi, string En) Type(string expected) => expected.Trim('"') switch
    {
        "integer" => ("nhập số nguyên", "give a whole number"),
        "number" => ("nhập một số", "give a number"),
        "boolean" => ("chọn có hoặc không", "say yes or no"),
        "array" => ("nhập thành các dòng của danh sách", "give the rows of a list"),
        "object" => ("nhập các mục của phần này", "give the fields of this part"),
        _ => ("nhập bằng chữ", "give a text"),
    };
}
