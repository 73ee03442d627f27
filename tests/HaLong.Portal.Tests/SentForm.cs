using System.Net;
using System.Text.RegularExpressions;

namespace HaLong.Portal.Tests;

/// <summary>Sends a form of a page as a browser does: with what it carries hidden.</summary>
internal static class SentForm
{
    public static Dictionary<string, string> Hidden(string html, string action)
    {
        var form = Regex.Match(html, $"<form[^>]*action=\"{Regex.Escape(WebUtility.HtmlEncode(action))}\"[^>]*>(.*?)</form>", RegexOptions.Singleline);
        Assert.True(form.Success, $"There is no form to {action}.");
        return Regex.Matches(form.Groups[1].Value, "<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"")
            .ToDictionary(m => m.Groups[1].Value, m => WebUtility.HtmlDecode(m.Groups[2].Value));
    }

    /// <summary>Fields that are given replace those that the form carries.</summary>
    public static async Task<HttpResponseMessage> PostAsync(HttpClient browser, string html, string action, params (string Name, string Value)[] fields)
    {
        var all = Hidden(html, action);
        foreach (var (name, value) in fields)
            all[name] = value;
        using var content = new FormUrlEncodedContent(all);
        return await browser.PostAsync(action, content, City.Ct);
    }

    /// <summary>Sent, and not taken: the page that comes back.</summary>
    public static async Task<string> RefusedAsync(HttpClient browser, string html, string action, HttpStatusCode status, params (string Name, string Value)[] fields)
    {
        using var response = await PostAsync(browser, html, action, fields);
        Assert.Equal(status, response.StatusCode);
        return await response.Content.ReadAsStringAsync(City.Ct);
    }

    /// <summary>Sent, taken, and on to another page.</summary>
    public static async Task<string> TakenAsync(HttpClient browser, string html, string action, params (string Name, string Value)[] fields)
    {
        using var response = await PostAsync(browser, html, action, fields);
        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        return response.Headers.Location!.ToString();
    }
}
