using System.Net;
using HaLong.ServiceDefaults;

namespace HaLong.Identity.Tests.Factors;

public sealed class StepUpTests(IdentitySite site) : IClassFixture<IdentitySite>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_discovery_document_names_what_can_be_asked_for()
    {
        var document = await Browser.OkAsync(await site.NewBrowser().OpenAsync("/.well-known/openid-configuration"));
        Assert.Equal([Caller.StrongAcr, Caller.BasicAcr], document.GetProperty("acr_values_supported").EnumerateArray().Select(v => v.GetString()));
    }

    [Fact]
    public async Task A_session_of_one_factor_is_asked_for_the_second_and_the_same_session_goes_on()
    {
        var secret = await EnrolAsync("citizen");
        var browser = await WeakAsync("citizen");
        var before = await site.SessionOfAsync("citizen");
        site.Clock.Advance(TimeSpan.FromMinutes(2));

        using var asked = await browser.AuthorizeAsync(Strong());
        Assert.StartsWith("/account/step-up?returnUrl=%2Fconnect%2Fauthorize", asked.Headers.Location!.OriginalString, StringComparison.Ordinal);
        var form = PageForm.Of(await browser.PageAsync(asked.Headers.Location.OriginalString), "/account/step-up");
        var back = await browser.FollowAsync(form, ("code", site.CodeOf(secret)));
        using var code = await browser.OpenAsync(back);
        var tokens = await Browser.OkAsync(await browser.ExchangeAsync(Browser.Query(code.Headers.Location!)["code"]));

        var access = Browser.Read(tokens);
        Assert.Equal(Caller.StrongAcr, access.GetClaim("acr").Value);
        Assert.Equal(before.Id.ToString(), access.GetClaim("sid").Value);
        var after = await site.SessionOfAsync("citizen");
        Assert.Equal(before.Id, after.Id);
        Assert.True(after.AuthenticatedAt > before.AuthenticatedAt);
        Assert.Equal(["pwd", "otp"], after.Methods);
        // A token asked for before gets the new strength with its next refresh.
        var refreshed = await Browser.OkAsync(await browser.RefreshAsync(tokens.GetProperty("refresh_token").GetString()!));
        Assert.Equal(Caller.StrongAcr, Browser.Read(refreshed).GetClaim("acr").Value);
    }

    [Fact]
    public async Task A_strong_session_passes_at_once()
    {
        var browser = site.NewBrowser();
        await browser.PasswordAsync("helper");
        await browser.EnrolAsync(site);

        using var answer = await browser.AuthorizeAsync(Strong());
        Assert.Contains("code", Browser.Query(answer.Headers.Location!));
    }

    [Fact]
    public async Task A_client_content_with_either_is_not_kept_waiting()
    {
        var browser = site.NewBrowser();
        await browser.PasswordAsync("officer");
        using var answer = await browser.AuthorizeAsync(Strong($"{Caller.StrongAcr} {Caller.BasicAcr}"));
        Assert.Contains("code", Browser.Query(answer.Headers.Location!));
    }

    [Fact]
    public async Task With_prompt_none_the_client_is_told_that_the_person_is_needed()
    {
        var browser = site.NewBrowser();
        await browser.PasswordAsync("officer");
        var parameters = Strong();
        parameters["prompt"] = "none";
        using var answer = await browser.AuthorizeAsync(parameters);
        Assert.Equal("interaction_required", Browser.Query(answer.Headers.Location!)["error"]);
    }

    [Fact]
    public async Task Whoever_has_no_second_factor_is_led_to_set_one_up_and_back()
    {
        var browser = site.NewBrowser();
        await browser.PasswordAsync("approver");
        using var asked = await browser.AuthorizeAsync(Strong());
        var security = asked.Headers.Location!.OriginalString;
        Assert.StartsWith("/account/security?returnUrl=", security, StringComparison.Ordinal);
        var html = await browser.PageAsync(security);
        Assert.Contains("cần một bước xác thực nữa", html, StringComparison.Ordinal);
        var link = WebUtility.HtmlDecode(System.Text.RegularExpressions.Regex.Match(html, "href=\"(/account/authenticator[^\"]+)\"").Groups[1].Value);

        var (_, enrol) = await browser.SubmitAsync(PageForm.Of(await browser.PageAsync(link), "/account/authenticator"));
        var (_, done) = await browser.SubmitAsync(PageForm.Of(enrol, "/account/authenticator"), ("code", site.CodeOf(FactorWalk.SecretOn(enrol))));
        var back = WebUtility.HtmlDecode(System.Text.RegularExpressions.Regex.Match(done, "href=\"(/connect/authorize[^\"]+)\"").Groups[1].Value);
        using var code = await browser.OpenAsync(back);

        Assert.Contains("code", Browser.Query(code.Headers.Location!));
        Assert.Equal(Caller.StrongAcr, (await site.SessionOfAsync("approver")).Acr);
    }

    [Fact]
    public async Task Prompt_login_asks_for_password_and_code_again_and_keeps_the_session()
    {
        var secret = await EnrolAsync("cashier");
        var browser = await WeakAsync("cashier");
        var before = await site.SessionOfAsync("cashier");
        var parameters = Strong();
        parameters["prompt"] = "login";

        using var asked = await browser.AuthorizeAsync(parameters);
        var step = await browser.PasswordAsync("cashier", asked.Headers.Location!.OriginalString);
        var back = await browser.FollowAsync(PageForm.Of(await browser.PageAsync(step), step), ("code", site.CodeOf(secret)));
        using var code = await browser.OpenAsync(back);

        Assert.Contains("code", Browser.Query(code.Headers.Location!));
        Assert.Equal(before.Id, (await site.SessionOfAsync("cashier")).Id);
    }

    [Fact]
    public async Task Max_age_zero_asks_once_and_not_for_ever()
    {
        var browser = site.NewBrowser();
        await browser.PasswordAsync("leader");
        var parameters = Browser.AuthorizeParameters();
        parameters["max_age"] = "0";
        using var asked = await browser.AuthorizeAsync(parameters);
        Assert.StartsWith("/account/sign-in", asked.Headers.Location!.OriginalString, StringComparison.Ordinal);

        using var code = await browser.OpenAsync(await browser.PasswordAsync("leader", asked.Headers.Location.OriginalString));
        Assert.Contains("code", Browser.Query(code.Headers.Location!));
    }

    [Fact]
    public async Task A_pushed_request_that_wants_a_new_and_strong_sign_in_asks_once_for_each_factor()
    {
        var secret = await EnrolAsync("administrator");
        var browser = await WeakAsync("administrator");
        var parameters = Strong();
        parameters["max_age"] = "0";
        var pushed = await Browser.OkAsync(await browser.Http.PostAsync(new Uri("/connect/par", UriKind.Relative), new FormUrlEncodedContent(parameters!), Ct));

        using var asked = await browser.AuthorizeAsync(new() { ["client_id"] = "web", ["request_uri"] = pushed.GetProperty("request_uri").GetString() });
        Assert.StartsWith("/account/sign-in", asked.Headers.Location!.OriginalString, StringComparison.Ordinal);
        var step = await browser.PasswordAsync("administrator", asked.Headers.Location.OriginalString);
        var back = await browser.FollowAsync(PageForm.Of(await browser.PageAsync(step), step), ("code", site.CodeOf(secret)));
        using var code = await browser.OpenAsync(back);

        Assert.Contains("code", Browser.Query(code.Headers.Location!));
    }

    [Fact]
    public async Task Nobody_signed_in_steps_up_by_signing_in()
    {
        using var answer = await site.NewBrowser().OpenAsync("/account/step-up?returnUrl=%2Fdocs");
        Assert.Equal("/account/sign-in?returnUrl=%2Fdocs", answer.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task Without_a_factor_the_step_up_page_leads_to_the_page_that_explains()
    {
        var browser = site.NewBrowser();
        await browser.PasswordAsync("auditor");
        using var answer = await browser.OpenAsync("/account/step-up?returnUrl=%2Fdocs");
        Assert.Equal("/account/security?returnUrl=%2Fdocs", answer.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task A_step_up_never_leads_to_another_site()
    {
        var secret = await EnrolAsync("reception");
        var browser = await WeakAsync("reception");
        var form = PageForm.Of(await browser.PageAsync("/account/step-up?returnUrl=https%3A%2F%2Fevil.example"), "/account/step-up");
        Assert.Equal("/account/security", await browser.FollowAsync(form, ("code", site.CodeOf(secret)), ("returnUrl", "//evil.example")));
    }

    private static Dictionary<string, string?> Strong(string values = Caller.StrongAcr)
    {
        var parameters = Browser.AuthorizeParameters();
        parameters["acr_values"] = values;
        return parameters;
    }

    private async Task<byte[]> EnrolAsync(string userName)
    {
        var browser = site.NewBrowser();
        await browser.PasswordAsync(userName);
        var (secret, _) = await browser.EnrolAsync(site);
        site.NextStep();
        return secret;
    }

    // The session was opened before the factor was set up in another browser.
    private async Task<Browser> WeakAsync(string userName)
    {
        var id = await site.IdOfAsync(userName);
        var browser = site.NewBrowser();
        var parked = await site.DatabaseAsync(async db =>
        {
            var rows = await Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions.ToListAsync(db.Authenticators.Where(a => a.AccountId == id), Ct);
            db.RemoveRange(rows);
            await db.SaveChangesAsync(Ct);
            return rows;
        });
        await browser.PasswordAsync(userName);
        await site.DatabaseAsync(async db =>
        {
            db.AddRange(parked);
            return await db.SaveChangesAsync(Ct);
        });
        return browser;
    }
}
