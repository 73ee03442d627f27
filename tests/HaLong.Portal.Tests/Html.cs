using System.Text.RegularExpressions;

namespace HaLong.Portal.Tests;

/// <summary>Looks at pages as tests need it.</summary>
internal static class Html
{
    /// <summary>What every page must have.</summary>
    public static void IsWellMade(string html, string language)
    {
        Assert.StartsWith("<!DOCTYPE html>", html, StringComparison.Ordinal);
        Assert.Contains($"<html lang=\"{language}\"", html, StringComparison.Ordinal);
        Assert.Single(Regex.Matches(html, "<h1[ >]"));
        Assert.Single(Regex.Matches(html, "<main id=\"main\""));
        Assert.Contains("<a class=\"ds-skip-link\" href=\"#main\">", html, StringComparison.Ordinal);
        Assert.Contains("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">", html, StringComparison.Ordinal);
        var ids = Regex.Matches(html, " id=\"([^\"]+)\"").Select(m => m.Groups[1].Value).ToList();
        Assert.Equal(ids.Distinct(), ids);
        Assert.All(Regex.Matches(html, "(?:aria-labelledby| for)=\"([^\"]+)\"").Select(m => m.Groups[1].Value), id => Assert.Contains(id, ids));
        Assert.All(Regex.Matches(html, "<a [^>]*>(.*?)</a>", RegexOptions.Singleline).Select(m => m.Groups[1].Value), text => Assert.NotEqual("", Text(text)));
        Assert.DoesNotContain("style=", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(" onclick", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotMatch("(?:href|src|action)=\"https?://", html);
    }

    /// <summary>Without tags, on one line.</summary>
    public static string Text(string html) => Regex.Replace(Regex.Replace(html, "<[^>]*>", " "), @"\s+", " ").Trim();

    /// <summary>The hidden token of the page's form.</summary>
    public static string FormToken(string html) =>
        Regex.Match(html, "name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"").Groups[1].Value is { Length: > 0 } token
            ? token : throw new InvalidOperationException("The page has no form.");
}
