using System.Text.RegularExpressions;

namespace HaLong.Notifications.Templates.Checking;

/// <summary>
/// What fills a template that Zalo keeps. The limits are assumed from what its templates allow in use; what a template really takes, Zalo says
/// when a message is sent.
/// </summary>
internal static partial class ZaloRules
{
    public const int MostParameters = 10, LongestValue = 100;

    public static void Check(TextsContext context, ZaloInput? zalo, Defects defects)
    {
        var path = context.Language + ".zalo";
        if (zalo is null)
            return;
        if (context.Language != "vi")
        {
            defects.Add(path, "Zalo chỉ có mẫu tiếng Việt.", "Zalo's templates are Vietnamese only.");
            return;
        }

        if (zalo.TemplateId is { } id && !Id().IsMatch(id))
            defects.Add(path + ".templateId", "Mã mẫu Zalo gồm 1 đến 20 chữ số.", "Zalo's id of a template is 1 to 20 digits.");
        if (zalo.Parameters is not { Count: > 0 and <= MostParameters } parameters)
        {
            defects.Add(path + ".parameters", $"Cần từ 1 đến {MostParameters} tham số.", $"1 to {MostParameters} parameters are needed.");
            return;
        }

        foreach (var (name, value) in parameters)
            Parameter(context, $"{path}.parameters.{name}", name, value, defects);
    }

    private static void Parameter(TextsContext context, string path, string name, string? value, Defects defects)
    {
        if (!Name().IsMatch(name))
            defects.Add(path, "Tên tham số gồm chữ cái, chữ số, gạch dưới, tối đa 30 ký tự.",
                "A parameter's name has letters, digits, underscores, at most 30.");
        if (string.IsNullOrWhiteSpace(value))
        {
            defects.Missing(path);
            return;
        }

        if (context.OpenPlaces(path, value, defects) && context.Fill(value).Length > LongestValue)
            defects.Add(path, $"Quá dài: tối đa {LongestValue} ký tự.", $"Too long: at most {LongestValue} characters.");
    }

    [GeneratedRegex(@"^[0-9]{1,20}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Id();

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9_]{0,29}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
