using System.Net;
using HaLong.Identity.Tests.Factors;

namespace HaLong.Identity.Tests.Passkeys;

/// <summary>Walks the pages as the passkey script does.</summary>
internal static class PasskeyWalk
{
    public static async Task<PageForm> PasskeyFormAsync(this Browser browser, string page) =>
        PageForm.Of(await browser.PageAsync(page), page.Split('?')[0], "credential");

    public static async Task<SoftKey> RegisterAsync(this Browser browser, string name = "Điện thoại")
    {
        var key = new SoftKey();
        var form = await browser.PasskeyFormAsync("/account/passkeys");
        var (status, html) = await browser.SubmitAsync(form, ("credential", key.Create(form.Option("data-options"))), ("name", name));
        Assert.True(status == HttpStatusCode.OK, html);
        return key;
    }

    public static Task<(HttpStatusCode Status, string Html)> AnswerAsync(this Browser browser, PageForm form, SoftKey key) =>
        browser.SubmitAsync(form, ("credential", key.Get(form.Option("data-options"))));
}
