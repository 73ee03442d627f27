using System.Text.RegularExpressions;

namespace HaLong.Portal.Tests;

/// <summary>Sends forms as a browser without scripts does: with everything hidden that the form has.</summary>
internal static class FormSender
{
    /// <summary>Opens a page, sends its form for <paramref name="action"/> and says what came.</summary>
    public static async Task<(HttpResponseMessage Answer, string Html)> SendFromAsync(
        this HttpClient browser, string page, string action, params (string Name, string Value)[] fields) =>
        await browser.SendFormAsync(await browser.GetStringAsync(page, City.Ct), action, fields);

    public static async Task<(HttpResponseMessage Answer, string Html)> SendFormAsync(
        this HttpClient browser, string html, string action, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(Hidden(html, action).Concat(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))));
        return await SendAsync(browser, action, form);
    }

    /// <summary>With a file.</summary>
    public static async Task<(HttpResponseMessage Answer, string Html)> UploadAsync(
        this HttpClient browser, string html, string action, string name, string fileName, params (string Name, string Value)[] fields)
    {
        using var form = new MultipartFormDataContent();
        foreach (var (field, value) in Hidden(html, action).Concat(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))))
            form.Add(new StringContent(value), field);
        using var file = new ByteArrayContent("%PDF-1.7"u8.ToArray());
        file.Headers.ContentType = new("application/pdf");
        form.Add(file, name, fileName);
        return await SendAsync(browser, action, form);
    }

    public static string Hidden(string html, string action, string name) => Hidden(html, action).First(f => f.Key == name).Value;

    private static List<KeyValuePair<string, string>> Hidden(string html, string action)
    {
        var form = Regex.Match(html, $"<form [^>]*action=\"{Regex.Escape(action)}\".*?</form>", RegexOptions.Singleline);
        Assert.True(form.Success, $"There is no form for {action}.");
        return [.. Regex.Matches(form.Value, "<input type=\"hidden\" name=\"([^\"]+)\"[^>]*?value=\"([^\"]*)\"")
            .Select(m => KeyValuePair.Create(m.Groups[1].Value, System.Net.WebUtility.HtmlDecode(m.Groups[2].Value)))];
    }

    private static async Task<(HttpResponseMessage Answer, string Html)> SendAsync(HttpClient browser, string action, HttpContent form)
    {
        var answer = await browser.PostAsync(action, form, City.Ct);
        return (answer, await answer.Content.ReadAsStringAsync(City.Ct));
    }

    /// <summary>It leads on, by a GET.</summary>
    public static void LeadsTo(this (HttpResponseMessage Answer, string Html) sent, string to) =>
        Assert.Equal((System.Net.HttpStatusCode.SeeOther, to), (sent.Answer.StatusCode, sent.Answer.Headers.Location?.ToString()));
}
