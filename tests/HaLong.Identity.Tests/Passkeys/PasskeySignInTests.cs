using System.Net;
using System.Text.Json;
using HaLong.Identity.Factors;
using HaLong.Identity.Tests.Factors;
using HaLong.ServiceDefaults;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Tests.Passkeys;

public sealed class PasskeySignInTests(IdentitySite site) : IClassFixture<IdentitySite>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_passkey_alone_signs_in_strongly()
    {
        using var key = await RegisterAsync("citizen");
        var browser = site.NewBrowser();
        using var asked = await browser.AuthorizeAsync(Browser.AuthorizeParameters());
        var form = await browser.PasskeyFormAsync(asked.Headers.Location!.OriginalString);

        using var code = await browser.OpenAsync(await browser.FollowAsync(form, ("credential", key.Get(form.Option("data-options")))));
        var access = Browser.Read(await Browser.OkAsync(await browser.ExchangeAsync(Browser.Query(code.Headers.Location!)["code"])));

        Assert.Equal((Caller.StrongAcr, "hwk"), (access.GetClaim("acr").Value, access.GetClaim("amr").Value));
        Assert.Contains("passkey_accepted", await site.OutcomesAsync("citizen"));
        var passkey = await PasskeyAsync("citizen");
        Assert.Equal(1, passkey.SignCount);
        Assert.NotNull(passkey.LastUsedAt);
    }

    [Fact]
    public async Task The_page_does_not_say_who_has_a_passkey()
    {
        var options = JsonSerializer.Deserialize<JsonElement>((await site.NewBrowser().PasskeyFormAsync("/account/sign-in")).Option("data-options"));

        Assert.Equal(0, options.GetProperty("allowCredentials").GetArrayLength());
        Assert.Equal(("localhost", "required"), (options.GetProperty("rpId").GetString(), options.GetProperty("userVerification").GetString()));
        Assert.True(WebEncoders.Base64UrlDecode(options.GetProperty("challenge").GetString()!).Length >= 32);
    }

    [Fact]
    public async Task A_passkey_stands_in_as_the_second_factor()
    {
        using var key = await RegisterAsync("helper");
        var browser = site.NewBrowser();
        var step = await browser.PasswordAsync("helper");
        var form = await browser.PasskeyFormAsync(step);
        Assert.Contains(WebEncoders.Base64UrlEncode(key.Id), form.Option("data-options"), StringComparison.Ordinal);

        Assert.Equal("/", await browser.FollowAsync(form, ("credential", key.Get(form.Option("data-options")))));
        Assert.Equal(["pwd", "hwk"], (await site.SessionOfAsync("helper")).Methods);
    }

    [Fact]
    public async Task Another_accounts_passkey_is_no_second_factor()
    {
        using var mine = await RegisterAsync("reception");
        using var theirs = await RegisterAsync("officer");
        var browser = site.NewBrowser();
        var form = await browser.PasskeyFormAsync(await browser.PasswordAsync("reception"));

        var (status, html) = await browser.AnswerAsync(form, theirs);

        Assert.Equal(HttpStatusCode.Unauthorized, status);
        Assert.Contains("Không xác thực được khóa truy cập.", html, StringComparison.Ordinal);
        Assert.Contains("passkey_refused", await site.OutcomesAsync("reception"));
    }

    public static TheoryData<string> Flaws =>
    [
        "another origin", "another port", "an inner frame", "another site", "another challenge", "a registration", "nobody verified", "nobody present",
        "a wrong signature", "an unknown key", "another user", "no user", "a counter that stands still", "a copy that fell behind",
    ];

    [Theory]
    [MemberData(nameof(Flaws))]
    public async Task An_answer_with_a_flaw_is_refused(string flaw)
    {
        using var key = await RegisterAsync("approver");
        var browser = site.NewBrowser();
        // Two uses: the counter stands at 2.
        for (var i = 0; i < 2; i++)
        {
            var other = site.NewBrowser();
            var good = await other.PasskeyFormAsync("/account/sign-in");
            Assert.Equal("/", await other.FollowAsync(good, ("credential", key.Get(good.Option("data-options")))));
        }

        using var flawed = flaw switch
        {
            "another origin" => key.With(origin: "https://localhost"),
            "another port" => key.With(origin: "http://localhost:8080"),
            "an inner frame" => key.With(crossOrigin: true),
            "another site" => key.With(rpId: "evil.example"),
            "another challenge" => key.With(challenge: WebEncoders.Base64UrlEncode(new byte[32])),
            "a registration" => key.With(type: "webauthn.create"),
            "nobody verified" => key.With(flags: SoftKey.WithoutVerification),
            "nobody present" => key.With(flags: SoftKey.WithoutPresence),
            "a wrong signature" => key.With(spoil: true),
            "an unknown key" => key.With(id: new byte[32]),
            "another user" => key.With(userHandle: WebEncoders.Base64UrlEncode(System.Text.Encoding.UTF8.GetBytes((await site.IdOfAsync("leader")).ToString()))),
            "no user" => key.With(userHandle: ""),
            "a counter that stands still" => key.With(counter: 1),
            _ => key.With(counter: 0),
        };
        var form = await browser.PasskeyFormAsync("/account/sign-in");
        var (status, html) = await browser.AnswerAsync(form, flawed);

        Assert.Equal(HttpStatusCode.Unauthorized, status);
        Assert.Contains("role=\"alert\">Không xác thực được khóa truy cập.", html, StringComparison.Ordinal);
        using var page = await browser.OpenAsync("/account/security");
        Assert.Equal(HttpStatusCode.Redirect, page.StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("not json")]
    [InlineData("""{"id":"AA","type":"public-key","response":{}}""")]
    public async Task What_is_no_answer_is_refused_on_the_page(string credential)
    {
        var browser = site.NewBrowser();
        var (status, _) = await browser.SubmitAsync(await browser.PasskeyFormAsync("/account/sign-in"), ("credential", credential));
        Assert.Equal(HttpStatusCode.Unauthorized, status);
    }

    [Fact]
    public async Task A_question_is_answered_once_also_by_many_at_once()
    {
        using var key = await RegisterAsync("cashier");
        var browser = site.NewBrowser();
        var form = await browser.PasskeyFormAsync("/account/sign-in");
        var credential = key.Get(form.Option("data-options"));

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => browser.SubmitAsync(form, ("credential", credential))));

        Assert.Equal(1, answers.Count(a => a.Status == HttpStatusCode.Redirect));
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.SubmitAsync(form, ("credential", credential))).Status);
        // With a device that does not count, only the spent challenge stands in the way.
        using var uncounted = await RegisterAsync("auditor");
        form = await browser.PasskeyFormAsync("/account/sign-in");
        uncounted.Counter = uint.MaxValue;
        credential = uncounted.Get(form.Option("data-options"));
        Assert.Equal(0u, uncounted.Counter);
        var both = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => browser.SubmitAsync(form, ("credential", credential))));
        Assert.Equal(1, both.Count(a => a.Status == HttpStatusCode.Redirect));
    }

    [Fact]
    public async Task A_question_runs_out_after_five_minutes_and_belongs_to_its_page()
    {
        using var key = await RegisterAsync("administrator");
        var browser = site.NewBrowser();
        var form = await browser.PasskeyFormAsync("/account/sign-in");
        site.Clock.Advance(PasskeyCeremony.Lifetime + TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.AnswerAsync(form, key)).Status);

        var asked = await browser.PasskeyFormAsync("/account/sign-in");
        var step = await browser.PasskeyFormAsync(await browser.PasswordAsync("administrator"));
        var (status, _) = await browser.SubmitAsync(step, ("credential", key.Get(asked.Option("data-options"))), ("passkeyState", asked.Fields["passkeyState"]));
        Assert.Equal(HttpStatusCode.Unauthorized, status);
        var (spoiled, _) = await browser.SubmitAsync(asked, ("credential", key.Get(asked.Option("data-options"))), ("passkeyState", "nonsense"));
        Assert.Equal(HttpStatusCode.Unauthorized, spoiled);
    }

    [Fact]
    public async Task A_closed_account_stays_closed()
    {
        using var key = await RegisterAsync("leader");
        var id = await site.IdOfAsync("leader");
        await site.DatabaseAsync(async db =>
        {
            (await db.Accounts.SingleAsync(a => a.Id == id, Ct)).Close();
            return await db.SaveChangesAsync(Ct);
        });
        var browser = site.NewBrowser();
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.AnswerAsync(await browser.PasskeyFormAsync("/account/sign-in"), key)).Status);
    }

    [Fact]
    public async Task The_script_is_a_file_of_its_own_that_any_browser_may_keep_for_a_while()
    {
        using var answer = await site.NewBrowser().OpenAsync("/account/passkeys.js");

        Assert.Equal("text/javascript", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        var script = await answer.Content.ReadAsStringAsync(Ct);
        Assert.DoesNotContain("eval(", script, StringComparison.Ordinal);
        Assert.DoesNotContain("innerHTML", script, StringComparison.Ordinal);
    }

    private async Task<SoftKey> RegisterAsync(string userName)
    {
        var id = await site.IdOfAsync(userName);
        await site.DatabaseAsync(async db => await db.Passkeys.Where(p => p.AccountId == id).ExecuteDeleteAsync(Ct));
        var browser = site.NewBrowser();
        await browser.PasswordAsync(userName);
        return await browser.RegisterAsync();
    }

    private async Task<Passkey> PasskeyAsync(string userName)
    {
        var id = await site.IdOfAsync(userName);
        return await site.DatabaseAsync(db => db.Passkeys.AsNoTracking().SingleAsync(p => p.AccountId == id, Ct));
    }
}
