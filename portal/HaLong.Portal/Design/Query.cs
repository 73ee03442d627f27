using Microsoft.AspNetCore.WebUtilities;

namespace HaLong.Portal.Design;

/// <summary>Addresses with what was given; what is empty is left out.</summary>
internal static class Query
{
    public static string Of(string path, params IEnumerable<(string Name, string? Value)> all) => QueryHelpers.AddQueryString(
        path, all.Where(a => !string.IsNullOrWhiteSpace(a.Value)).Select(a => KeyValuePair.Create(a.Name, (string?)a.Value!.Trim())));
}
