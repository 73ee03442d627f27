using System.Text.RegularExpressions;

namespace HaLong.Portal.Tests;

/// <summary>A browser that works at a desk: reads pages, sends their forms as they stand.</summary>
internal sealed class Office(HttpClient browser)
{
    /// <summary>A page; well made, in Vietnamese.</summary>
    public async Task<string> ReadAsync(string path)
    {
        using var response = await browser.GetAsync(path, City.Ct);
        var html = await response.Content.ReadAsStringAsync(City.Ct);
        Assert.True(response.IsSuccessStatusCode, $"{path}: {response.StatusCode}\n{Html.Text(html)}");
        Html.IsWellMade(html, path.Contains("culture=en", StringComparison.Ordinal) ? "en" : "vi");
        return html;
    }

    /// <summary>Sends a form of the page with what is typed over what it shows.</summary>
    public async Task<HttpResponseMessage> SendAsync(string page, string action, params (string Name, string Value)[] typed)
    {
        var form = Form(page, action);
        var fields = new List<KeyValuePair<string, string>>();
        foreach (Match input in Regex.Matches(form, "<input [^>]*>"))
        {
            var tag = input.Value;
            if (!tag.Contains("type=\"checkbox\"", StringComparison.Ordinal) || Regex.IsMatch(tag, " checked[ >=]"))
                Add(Attribute(tag, "name"), Attribute(tag, "value"));
        }

        foreach (Match area in Regex.Matches(form, "<textarea [^>]*name=\"([^\"]+)\"[^>]*>(.*?)</textarea>", RegexOptions.Singleline))
            Add(area.Groups[1].Value, System.Net.WebUtility.HtmlDecode(area.Groups[2].Value));
        foreach (Match select in Regex.Matches(form, "<select [^>]*name=\"([^\"]+)\"[^>]*>(.*?)</select>", RegexOptions.Singleline))
            Add(select.Groups[1].Value, Regex.Match(select.Groups[2].Value, "<option value=\"([^\"]*)\" selected").Groups[1].Value);
        foreach (var (name, _) in typed)
            fields.RemoveAll(f => f.Key == name);
        fields.AddRange(typed.Select(t => KeyValuePair.Create(t.Name, t.Value)));
        using var body = new FormUrlEncodedContent(fields);
        return await browser.PostAsync(action, body, City.Ct);

        void Add(string? name, string? value)
        {
            if (name is { Length: > 0 })
                fields.Add(KeyValuePair.Create(name, value ?? ""));
        }
    }

    public static string Form(string page, string action)
    {
        var start = page.IndexOf($"action=\"{action}\"", StringComparison.Ordinal);
        Assert.True(start >= 0, $"The page has no form {action}: {string.Join(", ", Regex.Matches(page, "action=\"([^\"]+)\"").Select(m => m.Groups[1].Value))}");
        return page[start..page.IndexOf("</form>", start, StringComparison.Ordinal)];
    }

    private static string? Attribute(string tag, string name) =>
        Regex.Match(tag, $" {name}=\"([^\"]*)\"") is { Success: true } found ? System.Net.WebUtility.HtmlDecode(found.Groups[1].Value) : null;
}
