using System.Globalization;
using System.Text.RegularExpressions;

namespace HaLong.Dossiers.Domain;

/// <summary>
/// Dossier codes (mã số hồ sơ). The 2018 form has room for four digits a day; beyond it the same agency is written
/// in the 2020 form, which has room for more. A number is never reused or wrapped.
/// </summary>
internal static partial class DossierCode
{
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

    [GeneratedRegex(@"^\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2}$", RegexOptions.CultureInvariant)]
    private static partial Regex Agency2018();

    [GeneratedRegex(@"^[A-Z]\d{2}(\.[0-9A-Z]{1,3})*$", RegexOptions.CultureInvariant)]
    private static partial Regex Agency2020();
}
