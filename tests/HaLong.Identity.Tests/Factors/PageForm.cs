using System.Net;
using System.Text.RegularExpressions;
using HaLong.Identity.Factors;
using HaLong.Identity.Sessions;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Tests.Factors;

/// <summary>A form as it stands on a page.</summary>
internal sealed partial record PageForm(string Action, string Attributes, string Html, Dictionary<string, string> Fields)
{
    public static IReadOnlyList<PageForm> All(string html) => [.. Form().Matches(html).Select(m => new PageForm(
        WebUtility.HtmlDecode(m.Groups[1].Value), m.Groups[2].Value, m.Groups[3].Value,
        Hidden().Matches(m.Groups[3].Value).ToDictionary(h => h.Groups[1].Value, h => WebUtility.HtmlDecode(h.Groups[2].Value))))];

    /// <summary>The form that is sent to a path and has all of these hidden fields.</summary>
    public static PageForm Of(string html, string path, params string[] fields) =>
        All(html).FirstOrDefault(f => f.Action.Split('?')[0] == path && fields.All(f.Fields.ContainsKey)) ?? throw new InvalidOperationException($"No form for {path} in: {html}");

    public string Option(string name) => WebUtility.HtmlDecode(Regex.Match(Attributes, name + "=\"([^\"]*)\"").Groups[1].Value);

    [GeneratedRegex("""<form method="post" action="([^"]+)"([^>]*)>(.*?)</form>""", RegexOptions.Singleline)]
    private static partial Regex Form();

    [GeneratedRegex("""<input type="hidden" name="([^"]+)" value="([^"]*)">""")]
    private static partial Regex Hidden();
}

/// <summary>Walks the pages for second factors as a person does.</summary>
internal static class FactorWalk
{
    public static Task<HttpResponseMessage> OpenAsync(this Browser browser, string path) =>
        browser.Http.GetAsync(new Uri(path, UriKind.RelativeOrAbsolute), TestContext.Current.CancellationToken);

    public static async Task<string> PageAsync(this Browser browser, string path)
    {
        using var answer = await browser.OpenAsync(path);
        var html = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{(int)answer.StatusCode} {answer.Headers.Location} {html}");
        return html;
    }

    public static Task<HttpResponseMessage> SendAsync(this Browser browser, PageForm form, params (string Name, string Value)[] fields)
    {
        var all = new Dictionary<string, string>(form.Fields);
        foreach (var (name, value) in fields)
            all[name] = value;
        return browser.Http.PostAsync(new Uri(form.Action, UriKind.Relative), new FormUrlEncodedContent(all), TestContext.Current.CancellationToken);
    }

    /// <summary>The page that a form leads to, whatever its status.</summary>
    public static async Task<(HttpStatusCode Status, string Html)> SubmitAsync(this Browser browser, PageForm form, params (string Name, string Value)[] fields)
    {
        using var answer = await browser.SendAsync(form, fields);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>Where a form leads to.</summary>
    public static async Task<string> FollowAsync(this Browser browser, PageForm form, params (string Name, string Value)[] fields)
    {
        using var answer = await browser.SendAsync(form, fields);
        Assert.True(answer.StatusCode == HttpStatusCode.Redirect, $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}");
        return answer.Headers.Location!.OriginalString;
    }

    /// <summary>Signs in as far as the password goes.</summary>
    public static async Task<string> PasswordAsync(this Browser browser, string userName, string page = "/account/sign-in")
    {
        using var answer = await browser.SubmitSignInAsync(userName, IdentityProgram.DemoPassword, page);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return answer.Headers.Location!.OriginalString;
    }

    /// <summary>Sets up an authenticator app through the pages; its secret and the recovery codes.</summary>
    public static async Task<(byte[] Secret, string[] Codes)> EnrolAsync(this Browser browser, IdentitySite site)
    {
        var (_, html) = await browser.SubmitAsync(PageForm.Of(await browser.PageAsync("/account/authenticator"), "/account/authenticator", "action"));
        var secret = SecretOn(html);
        var (status, done) = await browser.SubmitAsync(PageForm.Of(html, "/account/authenticator"), ("code", site.CodeOf(secret)));
        Assert.True(status == HttpStatusCode.OK, done);
        return (secret, CodesOn(done));
    }

    public static byte[] SecretOn(string html) => Totp.FromBase32(Regex.Match(html, "<strong aria-labelledby=\"key-label\">([^<]+)</strong>").Groups[1].Value.Replace(" ", "", StringComparison.Ordinal));

    public static string[] CodesOn(string html) => [.. Regex.Matches(html, "<li>([0-9A-Z]{5}-[0-9A-Z]{5})</li>").Select(m => m.Groups[1].Value)];

    public static string CodeOf(this IdentitySite site, byte[] secret, int stepsFromNow = 0) => Totp.Code(secret, Totp.StepAt(site.Clock.GetUtcNow()) + stepsFromNow);

    /// <summary>On to a time step of which no code was used yet.</summary>
    public static void NextStep(this IdentitySite site) => site.Clock.Advance(Totp.Step * 2);

    /// <summary>The newest session of an account.</summary>
    public static async Task<Session> SessionOfAsync(this IdentitySite site, string userName)
    {
        var id = await site.IdOfAsync(userName);
        return await site.DatabaseAsync(db => db.Sessions.AsNoTracking().Where(s => s.AccountId == id).OrderByDescending(s => s.AuthenticatedAt).FirstAsync());
    }

    public static async Task<string[]> OutcomesAsync(this IdentitySite site, string userName)
    {
        var id = await site.IdOfAsync(userName);
        return await site.DatabaseAsync(db => db.SignInRecords.Where(r => r.AccountId == id).OrderBy(r => r.At).Select(r => r.Outcome).ToArrayAsync());
    }
}
