using System.Text.RegularExpressions;

namespace HaLong.Identity.Domain;

/// <summary>Mailboxes in the form that people use; whether one exists only a code sent there can tell.</summary>
internal static partial class EmailAddress
{
    /// <summary>The address as it is kept, or null when it can be none.</summary>
    public static string? Clean(string? text) => text?.Trim() is { Length: > 5 and <= 254 } address && Written().IsMatch(address) ? address : null;

    /// <summary>Enough to recognise one's own address by.</summary>
    public static string? Mask(string? address) => address?.Split('@') is [{ Length: > 0 } box, var host] ? $"{box[0]}•••@{host}" : null;

    [GeneratedRegex(@"^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)+$", RegexOptions.CultureInvariant)]
    private static partial Regex Written();
}
