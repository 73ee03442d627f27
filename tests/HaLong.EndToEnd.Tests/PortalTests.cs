using System.Net;
using System.Text.RegularExpressions;
using HaLong.Cli.Journey;

namespace HaLong.EndToEnd.Tests;

/// <summary>The portal as a browser without scripts sees it: sign in, file, follow, all through the gateway.</summary>
[Collection("platform")]
public sealed partial class PortalTests(Platform platform)
{
    [Fact]
    public async Task A_citizen_files_on_the_portal_and_follows_the_dossier()
    {
        using var handler = new HttpClientHandler { CookieContainer = new CookieContainer() };
        using var browser = new HttpClient(handler) { BaseAddress = new Uri(platform.File.Gateway) };
        await SignInAsync(browser);

        // Where it is about, then the form: what is known is filled in.
        var start = await browser.GetStringAsync($"/filing/new/{Dossiers.Procedure}");
        var (form, page) = await SendAsync(browser, $"/filing/new/{Dossiers.Procedure}", start,
            ("once", Hidden(start, "once")), ("place", platform.File.Account("reception").Unit), ("subject", $"Thửa đất thử {Guid.CreateVersion7()}"));
        var id = DossierId().Match(form.AbsolutePath).Groups[1].Value;
        Assert.Equal($"/filing/{id}/form/1", form.AbsolutePath);
        for (var part = 1; page.Contains($"action=\"/filing/{id}/form/{part}\"", StringComparison.Ordinal); part++)
            (form, page) = await SendAsync(browser, $"/filing/{id}/form/{part}", page, ("version", Hidden(page, "version")));
        Assert.Equal($"/filing/{id}/papers", form.AbsolutePath);

        // A paper for each that is asked for, in one form.
        using (var papers = new MultipartFormDataContent { { new StringContent(Token(page)), "__RequestVerificationToken" }, { new StringContent("on"), "do" } })
        {
            foreach (var component in Component().Matches(page).Select(m => m.Groups[1].Value).Distinct())
                papers.Add(new ByteArrayContent(SamplePdf.Create($"{id} {component}")), $"component-{component}", $"giay-to-{component}.pdf");
            using var uploaded = await browser.PostAsync($"/filing/{id}/papers", papers);
            (form, page) = (uploaded.RequestMessage!.RequestUri!, await uploaded.Content.ReadAsStringAsync());
        }

        Assert.Equal($"/filing/{id}/review", form.AbsolutePath);
        (form, page) = await SendAsync(browser, $"/filing/{id}/review", page, ("version", Hidden(page, "version")));
        Assert.True(form.AbsolutePath == $"/filing/{id}/done", Text(page));
        var code = DossierCode().Match(Text(page)).Value;

        // The same button a second time leads to what is there; the dossier and tracking tell of it.
        Assert.Contains(code, await browser.GetStringAsync($"/dossiers/{id}"), StringComparison.Ordinal);
        Assert.Contains(code, await browser.GetStringAsync("/dossiers"), StringComparison.Ordinal);
        using var nobody = new HttpClient { BaseAddress = browser.BaseAddress };
        Assert.Equal(HttpStatusCode.OK, (await nobody.GetAsync("/tracking?code=" + code)).StatusCode);
    }

    private async Task SignInAsync(HttpClient browser)
    {
        using var asked = await browser.GetAsync("/dossiers");
        var citizen = platform.File.Account("citizen");
        using var form = SignIn.Form(await asked.Content.ReadAsStringAsync(), citizen.UserName, citizen.Password);
        using var done = await browser.PostAsync(asked.RequestMessage!.RequestUri, form);
        Assert.Equal("/dossiers", done.RequestMessage!.RequestUri!.AbsolutePath);
    }

    private static async Task<(Uri At, string Page)> SendAsync(HttpClient browser, string path, string page, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)).Append(KeyValuePair.Create("__RequestVerificationToken", Token(page))));
        using var response = await browser.PostAsync(path, form);
        return (response.RequestMessage!.RequestUri!, await response.Content.ReadAsStringAsync());
    }

    private static string Token(string page) => Hidden(page, "__RequestVerificationToken");

    private static string Hidden(string page, string name) =>
        WebUtility.HtmlDecode(Regex.Match(page, $"name=\"{name}\"[^>]*value=\"([^\"]*)\"").Groups[1].Value);

    private static string Text(string page) => Regex.Replace(page, "<[^>]*>", " ");

    [GeneratedRegex("^/filing/([0-9a-f-]{36})/")]
    private static partial Regex DossierId();

    [GeneratedRegex("type=\"file\"[^>]*id=\"component-([0-9]+)\"")]
    private static partial Regex Component();

    [GeneratedRegex("[0-9A-Z.]*H49[0-9A-Z.-]+")]
    private static partial Regex DossierCode();
}
