using System.Text.RegularExpressions;

namespace HaLong.Portal.Tests;

/// <summary>The operations of the public API, as they are approved: the portal may ask for nothing else.</summary>
internal static class Contract
{
    private static readonly ILookup<string, Regex> Operations = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Contract"), "api-*.txt")
        .SelectMany(File.ReadLines).Select(l => l.Split(' ', 3)).Where(w => w.Length > 1 && w[1].StartsWith("/api/v1/", StringComparison.Ordinal))
        .ToLookup(w => w[0], w => new Regex("^" + Regex.Replace(Regex.Escape(w[1]["/api/v1/".Length..]), @"\\\{[^}]*}", "[^/?]+") + "/?$"));

    /// <param name="method">GET, POST …</param>
    /// <param name="path">Below /api/v1/, without query.</param>
    public static bool Has(string method, string path) => Operations[method].Any(o => o.IsMatch(path));
}
