using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using HaLong.Portal.Find;

namespace HaLong.Portal.Counter;

/// <summary>Which paper a scanned file is, by its name: by a number before it ("01-to-khai.pdf", "tp2.pdf"), else by the words of the paper's name.</summary>
internal static partial class ScanNames
{
    private const int ShortestWord = 3;

    /// <summary>The number of the component; null when the name does not say, or says two.</summary>
    public static int? ComponentOf(string fileName, IReadOnlyList<Component> components)
    {
        var name = Plain(Path.GetFileNameWithoutExtension(fileName.Replace('\\', '/')));
        if (Numbered().Match(name) is { Success: true } match && components.Any(c => c.Number == Number(match)))
            return Number(match);
        var words = Words(name);
        var ranked = components.Select(c => (c.Number, Fits: Words(Plain(c.Name)).Intersect(words).Count())).Where(r => r.Fits > 0).OrderByDescending(r => r.Fits).ToList();
        return ranked switch
        {
            [var only] => only.Number,
            [var best, var second, ..] when best.Fits > second.Fits => best.Number,
            _ => null,
        };
    }

    /// <summary>Scanners and computers leave other files in their folders.</summary>
    public static bool IsScan(string? contentType) => contentType == "application/pdf" || contentType?.StartsWith("image/", StringComparison.Ordinal) == true;

    private static int Number(Match match) => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);

    private static string Plain(string text)
    {
        var plain = new StringBuilder();
        foreach (var c in text.Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)
                plain.Append(c is 'đ' or 'Đ' ? 'd' : char.ToLowerInvariant(c));
        }

        return plain.ToString();
    }

    // What stands in the name of nearly every paper tells nothing.
    private static HashSet<string> Words(string plain) => [.. Separators().Split(plain).Where(w => w.Length >= ShortestWord && w is not ("giay" or "ban" or "cua" or "theo" or "mau" or "scan" or "chup"))];

    [GeneratedRegex("^(?:tp|thanh ?phan|giay ?to|so)?[ _.-]*0*([0-9]{1,2})(?![0-9])")]
    private static partial Regex Numbered();

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex Separators();
}
