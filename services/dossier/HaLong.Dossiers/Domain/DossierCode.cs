using System.Globalization;
using System.Text.RegularExpressions;

namespace HaLong.Dossiers.Domain;

/// <summary>
/// Dossier codes (mã số hồ sơ). The 2018 form (Circular 01/2018, article 19) has room for four digits a day; beyond it the same agency is
/// written in the 2020 form (Decision 20/2020/QĐ-TTg), which has room for more. A number is never reused or wrapped.
/// </summary>
internal static partial class DossierCode
{
    /// <summary>Longest code that is looked up.</summary>
    public const int MaxLength = 64;

    private const int LastOf2018 = 9999;

    /// <summary>True for an agency code of the 2018 form (000.00.01.H49) or the 2020 form (H49.01).</summary>
    public static bool IsAgency(string agency) => Agency2018().IsMatch(agency) || Agency2020().IsMatch(agency);

    /// <summary>The code of the <paramref name="number"/>-th dossier of the agency on a local day.</summary>
    public static string Format(string agency, DateOnly day, long number)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        var prefix = number > LastOf2018 ? To2020(agency) : agency;
        return string.Create(CultureInfo.InvariantCulture, $"{prefix}-{day:yyMMdd}-{number:0000}");
    }

    /// <summary>000.00.01.H49 → H49.01: level 1 first, unused levels left out.</summary>
    public static string To2020(string agency)
    {
        if (!Agency2018().IsMatch(agency))
            return agency;
        var levels = agency.Split('.').Reverse().ToArray();
        var used = Array.FindLastIndex(levels, level => level.Any(c => c != '0'));
        return string.Join('.', levels[..(used + 1)]);
    }

    /// <summary>H49.01 → 000.00.01.H49; an agency that the 2018 form cannot name stays as it is.</summary>
    public static string To2018(string agency)
    {
        string[] empty = ["", "00", "00", "000"];
        var levels = agency.Split('.');
        if (!Agency2020().IsMatch(agency) || levels.Length > empty.Length)
            return agency;
        var old = string.Join('.', empty.Select((zeros, i) => i < levels.Length ? levels[i] : zeros).Reverse());
        return Agency2018().IsMatch(old) ? old : agency;
    }

    /// <summary>
    /// Whose numbers an agency draws from. The two spellings of one agency share them: else both would reach H49.01-…-10000 on a busy day.
    /// </summary>
    public static string CounterOf(string agency) => To2018(agency);

    /// <summary>Reads a code of any shape that is seen in the country; null for what cannot be one. Codes of other systems are never refused here.</summary>
    public static ParsedCode? Parse(string text)
    {
        var code = Clean(text);
        foreach (var (shape, pattern) in ((CodeShape, Regex)[])[(CodeShape.Own2018, Own2018()), (CodeShape.Own2020, Own2020()), (CodeShape.Foreign, Foreign())])
        {
            if (pattern.Match(code) is not { Success: true } match)
                continue;
            var digits = match.Groups["date"].Value;
            // Codes began in 2018: two digits of a year are of this century.
            var known = DateOnly.TryParseExact(digits.Length == 8 ? digits : "20" + digits, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day);
            // A code of ours has a real day; what others print there is theirs.
            if (known || shape == CodeShape.Foreign)
                return new ParsedCode(shape, code, match.Groups["agency"].Value, known ? day : null, long.Parse(match.Groups["seq"].Value, CultureInfo.InvariantCulture));
            return null;
        }
        return null;
    }

    /// <summary>A code as people type it: upper case, without blanks, any dash taken for a hyphen.</summary>
    public static string Clean(string text) => string.Concat(text.ToUpperInvariant().Where(c => !char.IsWhiteSpace(c)).Select(c => c is '‐' or '‑' or '–' or '—' or '−' ? '-' : c));

    /// <summary>The code, and the same number under the other spelling of its agency.</summary>
    public static IReadOnlyList<string> Spellings(ParsedCode code)
    {
        var tail = code.Text[code.Agency.Length..];
        return [.. new[] { code.Agency, To2018(code.Agency), To2020(code.Agency) }.Distinct().Select(agency => agency + tail)];
    }

    [GeneratedRegex(@"^\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2}$", RegexOptions.CultureInvariant)]
    private static partial Regex Agency2018();

    [GeneratedRegex(@"^[A-Z]\d{2}(\.[0-9A-Z]{1,3})*$", RegexOptions.CultureInvariant)]
    private static partial Regex Agency2020();

    [GeneratedRegex(@"^(?<agency>\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2})-(?<date>\d{6})-(?<seq>\d{4})$", RegexOptions.CultureInvariant)]
    private static partial Regex Own2018();

    [GeneratedRegex(@"^(?<agency>[A-Z]\d{2}(?:\.[0-9A-Z]{1,3})*)-(?<date>\d{6})-(?<seq>\d{4,12})$", RegexOptions.CultureInvariant)]
    private static partial Regex Own2020();

    [GeneratedRegex(@"^(?<agency>[0-9A-Z.]{3,35})-(?<date>\d{6}|\d{8})-(?<seq>\d{4,7})$", RegexOptions.CultureInvariant)]
    private static partial Regex Foreign();
}

/// <summary>Which rule a code follows.</summary>
internal enum CodeShape
{
    /// <summary>Circular 01/2018: 000.00.01.H49-230315-0001.</summary>
    Own2018,

    /// <summary>Decision 20/2020: H49.01-230315-0001.</summary>
    Own2020,

    /// <summary>What other systems print: G09.20-20260609-0092637.</summary>
    Foreign,
}

/// <summary>A code that was read.</summary>
/// <param name="Shape">Which rule it follows.</param>
/// <param name="Text">The code in its clean form.</param>
/// <param name="Agency">Agency part.</param>
/// <param name="Day">Local day of receipt; null where a foreign code shows none that exists.</param>
/// <param name="Number">Number of the day.</param>
internal sealed record ParsedCode(CodeShape Shape, string Text, string Agency, DateOnly? Day, long Number);
