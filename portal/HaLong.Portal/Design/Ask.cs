using Microsoft.AspNetCore.WebUtilities;

namespace HaLong.Portal.Design;

/// <summary>Addresses with what they are limited to.</summary>
internal static class Ask
{
    /// <summary>What is null or empty is left out.</summary>
    public static string For(string path, params IEnumerable<(string Name, string? Value)> query) =>
        QueryHelpers.AddQueryString(path, query.Where(q => !string.IsNullOrEmpty(q.Value)).Select(q => KeyValuePair.Create(q.Name, q.Value)));
}
