using HaLong.Identity.Tests.Factors;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Tests.Passkeys;

/// <summary>With a real browser, its real WebAuthn and a virtual device: the script, the content policy and the protocol together.</summary>
public sealed class BrowserTests(IdentitySite site) : IClassFixture<IdentitySite>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_person_adds_a_passkey_and_then_signs_in_with_nothing_else()
    {
        await using var front = await Front.StartAsync(site);
        await using var chromium = await Chromium.StartAsync();
        await SignInAsync(chromium, front, "citizen");
        await AddPasskeyAsync(chromium, front);
        await chromium.UntilAsync("document.querySelectorAll('.codes li').length === 10");
        await chromium.GoAsync(front.Url + "/account/passkeys");
        await chromium.UntilAsync("document.body.innerText.includes('Máy thử')");

        await SignOutAsync(chromium, front);
        await chromium.TouchAsync(false);
        await chromium.GoAsync(front.Url + "/account/sign-in?returnUrl=%2Faccount%2Fsecurity");
        await chromium.UntilAsync("document.querySelector('form[data-passkey] button:not([hidden])')");
        await chromium.TouchAsync(true);
        await chromium.ClickAsync("form[data-passkey] button");
        await chromium.UntilAsync("location.pathname === '/account/security'");

        var session = await site.SessionOfAsync("citizen");
        Assert.Equal(Caller.StrongAcr, session.Acr);
        Assert.Equal(["hwk"], session.Methods);
        var id = await site.IdOfAsync("citizen");
        var passkey = await site.DatabaseAsync(db => db.Passkeys.AsNoTracking().SingleAsync(p => p.AccountId == id, Ct));
        Assert.True(passkey.SignCount > 0);
        Assert.NotNull(passkey.LastUsedAt);
    }

    [Fact]
    public async Task After_the_password_a_passkey_is_the_second_step()
    {
        await using var front = await Front.StartAsync(site);
        await using var chromium = await Chromium.StartAsync();
        await SignInAsync(chromium, front, "helper");
        await AddPasskeyAsync(chromium, front);
        await chromium.UntilAsync("document.querySelectorAll('.codes li').length === 10");
        await SignOutAsync(chromium, front);

        await chromium.TouchAsync(false);
        await SignInAsync(chromium, front, "helper", "/account/second-step");
        await chromium.TouchAsync(true);
        await chromium.UntilAsync("document.querySelector('form[data-passkey] button:not([hidden])')");
        await chromium.ClickAsync("form[data-passkey] button");
        await chromium.UntilAsync("location.pathname === '/account/security'");

        Assert.Equal(["pwd", "hwk"], (await site.SessionOfAsync("helper")).Methods);
    }

    [Fact]
    public async Task The_field_for_the_name_offers_the_passkey_by_itself()
    {
        await using var front = await Front.StartAsync(site);
        await using var chromium = await Chromium.StartAsync();
        await SignInAsync(chromium, front, "leader");
        await AddPasskeyAsync(chromium, front);
        await chromium.UntilAsync("document.querySelectorAll('.codes li').length === 10");
        await SignOutAsync(chromium, front);

        // The virtual device answers what the browser offers in the field, as if its owner had picked it there.
        await chromium.GoAsync(front.Url + "/account/sign-in?returnUrl=%2Faccount%2Fsecurity");
        await chromium.UntilAsync("location.pathname === '/account/security'");
        Assert.Equal(["hwk"], (await site.SessionOfAsync("leader")).Methods);
    }

    [Fact]
    public async Task A_device_that_does_not_verify_its_owner_is_not_taken_and_the_page_says_so()
    {
        await using var front = await Front.StartAsync(site);
        await using var chromium = await Chromium.StartAsync(verifiesPeople: false);
        await SignInAsync(chromium, front, "officer");
        await AddPasskeyAsync(chromium, front);

        await chromium.UntilAsync("!document.querySelector('form[data-passkey] [role=alert]').hidden");
        Assert.Contains("Trình duyệt không trả về khóa truy cập.", await chromium.EvaluateAsync("document.body.innerText"), StringComparison.Ordinal);
        var id = await site.IdOfAsync("officer");
        Assert.Equal(0, await site.DatabaseAsync(db => db.Passkeys.CountAsync(p => p.AccountId == id, Ct)));
    }

    [Fact]
    public async Task The_content_policy_lets_no_other_script_run()
    {
        await using var front = await Front.StartAsync(site);
        await using var chromium = await Chromium.StartAsync();
        await chromium.GoAsync(front.Url + "/account/sign-in");
        await chromium.UntilAsync("document.querySelector('form[data-passkey] button') && !document.querySelector('form[data-passkey] button').hidden");

        var ran = await chromium.EvaluateAsync("""
            new Promise(done => {
              document.addEventListener('securitypolicyviolation', e => done('blocked ' + e.violatedDirective));
              const script = document.createElement('script');
              script.textContent = 'window.ran = true';
              document.body.append(script);
              setTimeout(() => done('ran ' + window.ran), 2000);
            })
            """);
        Assert.Equal("blocked script-src-elem", ran);
    }

    private static async Task SignInAsync(Chromium chromium, Front front, string userName, string until = "/account/security")
    {
        await chromium.GoAsync(front.Url + "/account/sign-in?returnUrl=%2Faccount%2Fsecurity");
        await chromium.UntilAsync("document.querySelector('#userName')");
        await chromium.FillAsync("#userName", userName);
        await chromium.FillAsync("#password", IdentityProgram.DemoPassword);
        await chromium.ClickAsync("form:not([data-passkey]) button");
        await chromium.UntilAsync($"location.pathname === '{until}'");
    }

    private static async Task AddPasskeyAsync(Chromium chromium, Front front)
    {
        await chromium.GoAsync(front.Url + "/account/passkeys");
        await chromium.UntilAsync("document.querySelector('#name')");
        await chromium.FillAsync("#name", "Máy thử");
        await chromium.ClickAsync("form[data-passkey] button");
    }

    private static async Task SignOutAsync(Chromium chromium, Front front)
    {
        await chromium.GoAsync(front.Url + "/account/sign-out");
        await chromium.UntilAsync("document.querySelector('form button')");
        await chromium.ClickAsync("form button");
        await chromium.UntilAsync("document.querySelector('form') === null");
    }
}
