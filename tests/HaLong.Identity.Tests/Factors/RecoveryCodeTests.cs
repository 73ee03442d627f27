using System.Net;

namespace HaLong.Identity.Tests.Factors;

public sealed class RecoveryCodeTests(IdentitySite site) : IClassFixture<IdentitySite>
{
    [Fact]
    public async Task A_recovery_code_stands_in_for_the_phone_once_however_it_is_typed()
    {
        var codes = await EnrolAsync("citizen");
        var (first, second) = (site.NewBrowser(), site.NewBrowser());

        Assert.Equal("/", await first.FollowAsync(await StepAsync(first, "citizen"), ("code", codes[0].Replace("-", " ", StringComparison.Ordinal).ToLowerInvariant())));
        var (status, html) = await second.SubmitAsync(await StepAsync(second, "citizen"), ("code", codes[0]));

        Assert.Equal(HttpStatusCode.Unauthorized, status);
        Assert.Contains("Mã khôi phục không đúng hoặc đã được dùng.", html, StringComparison.Ordinal);
        Assert.Contains("name=\"method\" value=\"recovery\"", html, StringComparison.Ordinal);
        Assert.Contains("recovery_code_used", await site.OutcomesAsync("citizen"));
        Assert.Contains("Bạn còn 9 mã chưa dùng.", await first.PageAsync("/account/recovery-codes"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_many_requests_with_one_code_one_succeeds()
    {
        var codes = await EnrolAsync("officer");
        var browsers = Enumerable.Range(0, 4).Select(_ => site.NewBrowser()).ToList();
        var forms = new List<PageForm>();
        foreach (var browser in browsers)
            forms.Add(await StepAsync(browser, "officer"));

        var answers = await Task.WhenAll(browsers.Zip(forms, (b, f) => b.SubmitAsync(f, ("code", codes[3]))));

        Assert.Equal(1, answers.Count(a => a.Status == HttpStatusCode.Redirect));
    }

    [Fact]
    public async Task Somebody_elses_code_is_worth_nothing()
    {
        var others = await EnrolAsync("helper");
        await EnrolAsync("leader");
        var browser = site.NewBrowser();
        var (status, _) = await browser.SubmitAsync(await StepAsync(browser, "leader"), ("code", others[0]));
        Assert.Equal(HttpStatusCode.Unauthorized, status);
    }

    [Fact]
    public async Task New_codes_replace_the_old_ones()
    {
        var old = await EnrolAsync("approver");
        var browser = site.NewBrowser();
        await browser.FollowAsync(await StepAsync(browser, "approver"), ("code", old[0]));

        var (status, html) = await browser.SubmitAsync(PageForm.Of(await browser.PageAsync("/account/recovery-codes"), "/account/recovery-codes"));

        Assert.Equal(HttpStatusCode.OK, status);
        var renewed = FactorWalk.CodesOn(html);
        Assert.Equal(10, renewed.Length);
        Assert.Empty(renewed.Intersect(old));
        var other = site.NewBrowser();
        var form = await StepAsync(other, "approver");
        Assert.Equal(HttpStatusCode.Unauthorized, (await other.SubmitAsync(form, ("code", old[1]))).Status);
        Assert.Equal("/", await other.FollowAsync(form, ("code", renewed[1])));
    }

    [Fact]
    public async Task Without_a_second_factor_there_is_nothing_to_recover_from()
    {
        var browser = site.NewBrowser();
        await browser.PasswordAsync("cashier");
        var (status, html) = await browser.SubmitAsync(PageForm.Of(await browser.PageAsync("/account/recovery-codes"), "/account/recovery-codes"));

        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains("Hãy bật ứng dụng xác thực hoặc khóa truy cập", html, StringComparison.Ordinal);
    }

    private async Task<string[]> EnrolAsync(string userName)
    {
        var browser = site.NewBrowser();
        await browser.PasswordAsync(userName);
        return (await browser.EnrolAsync(site)).Codes;
    }

    private static async Task<PageForm> StepAsync(Browser browser, string userName)
    {
        var step = await browser.PasswordAsync(userName);
        Assert.Contains("method=recovery", await browser.PageAsync(step), StringComparison.Ordinal);
        return PageForm.Of(await browser.PageAsync(step + "?method=recovery"), "/account/second-step");
    }
}
