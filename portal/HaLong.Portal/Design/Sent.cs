using System.Globalization;

namespace HaLong.Portal.Design;

/// <summary>Fields of a form that was sent.</summary>
internal static class Sent
{
    /// <summary>Without spaces around it; null for nothing.</summary>
    public static string? Text(this IFormCollection form, string name) => form[name].ToString().Trim() is { Length: > 0 } text ? text : null;

    /// <summary>An amount as people write it: 1.200.000 đ, 1 200 000, 1200000; null for anything else.</summary>
    public static long? Dong(this IFormCollection form, string name) => long.TryParse(
        string.Concat((form.Text(name) ?? "").Where(c => c is not ('.' or ',' or ' ' or '\u00a0' or 'đ' or '₫'))), NumberStyles.None, CultureInfo.InvariantCulture, out var dong) ? dong : null;

    /// <summary>The key under which the form has its effect once.</summary>
    public static string Once(this IFormCollection form) => Guid.TryParse(form["once"], out var key) ? key.ToString() : FormKey.New();

    /// <summary>What was shown, as the API wants it; null where the form has none.</summary>
    public static string? Version(this IFormCollection form) => uint.TryParse(form["version"], NumberStyles.None, CultureInfo.InvariantCulture, out var version)
        ? string.Create(CultureInfo.InvariantCulture, $"\"{version}\"") : null;
}
