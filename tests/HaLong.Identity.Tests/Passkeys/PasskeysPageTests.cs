using System.Net;
using System.Text.Json;
using HaLong.Identity.Factors;
using HaLong.Identity.Tests.Factors;
using HaLong.ServiceDefaults;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Tests.Passkeys;

public sealed class PasskeysPageTests(IdentitySite site) : IClassFixture<IdentitySite>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_passkey_is_added_listed_by_name_and_removed()
    {
        var browser = await SignedInAsync("citizen");
        var form = await browser.PasskeyFormAsync("/account/passkeys");
        using var key = new SoftKey();

        var (status, html) = await browser.SubmitAsync(form, ("credential", key.Create(form.Option("data-options"))), ("name", " <Máy> của Hạnh "));

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(RecoveryCode.Count, FactorWalk.CodesOn(html).Length);
        Assert.Equal((Caller.StrongAcr, "hwk"), ((await site.SessionOfAsync("citizen")).Acr, (await site.SessionOfAsync("citizen")).Methods[^1]));
        var page = await browser.PageAsync("/account/passkeys");
        Assert.Contains("&lt;Máy&gt; của Hạnh</strong>", page, StringComparison.Ordinal);
        Assert.Equal("/account/passkeys", await browser.FollowAsync(PageForm.Of(page, "/account/passkeys", "remove")));
        Assert.DoesNotContain("của Hạnh", await browser.PageAsync("/account/passkeys"), StringComparison.Ordinal);
        Assert.Equal("/", await site.NewBrowser().PasswordAsync("citizen"));
    }

    [Fact]
    public async Task The_options_ask_for_a_verified_person_a_key_kept_on_the_device_and_no_attestation()
    {
        var browser = await SignedInAsync("helper");
        using var first = await browser.RegisterAsync();
        var options = JsonSerializer.Deserialize<JsonElement>((await browser.PasskeyFormAsync("/account/passkeys")).Option("data-options"));

        Assert.Equal("localhost", options.GetProperty("rp").GetProperty("id").GetString());
        Assert.Equal("required", options.GetProperty("authenticatorSelection").GetProperty("userVerification").GetString());
        Assert.Equal("required", options.GetProperty("authenticatorSelection").GetProperty("residentKey").GetString());
        Assert.Equal("none", options.GetProperty("attestation").GetString());
        Assert.Equal(WebEncoders.Base64UrlEncode(first.Id), options.GetProperty("excludeCredentials")[0].GetProperty("id").GetString());
        Assert.Equal((await site.IdOfAsync("helper")).ToString(), System.Text.Encoding.UTF8.GetString(WebEncoders.Base64UrlDecode(options.GetProperty("user").GetProperty("id").GetString()!)));
    }

    [Theory]
    [InlineData("another origin")]
    [InlineData("another site")]
    [InlineData("another challenge")]
    [InlineData("a sign-in")]
    [InlineData("nobody verified")]
    [InlineData("nobody present")]
    [InlineData("an inner frame")]
    public async Task A_registration_with_a_flaw_is_refused(string flaw)
    {
        var browser = await SignedInAsync("officer");
        using var key = flaw switch
        {
            "another origin" => new SoftKey { Origin = "https://evil.example" },
            "another site" => new SoftKey { RpId = "evil.example" },
            "another challenge" => new SoftKey { Challenge = WebEncoders.Base64UrlEncode(new byte[32]) },
            "a sign-in" => new SoftKey { Type = "webauthn.get" },
            "nobody verified" => new SoftKey { Flags = SoftKey.WithoutVerification },
            "nobody present" => new SoftKey { Flags = SoftKey.WithoutPresence },
            _ => new SoftKey { CrossOrigin = true },
        };
        var form = await browser.PasskeyFormAsync("/account/passkeys");

        var (status, html) = await browser.SubmitAsync(form, ("credential", key.Create(form.Option("data-options"))), ("name", "x"));

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("role=\"alert\">Không xác thực được khóa truy cập.", html, StringComparison.Ordinal);
        Assert.Equal(0, await CountAsync("officer"));
    }

    [Fact]
    public async Task A_registration_counts_once_also_when_sent_many_times_at_once()
    {
        var browser = await SignedInAsync("approver");
        var form = await browser.PasskeyFormAsync("/account/passkeys");
        using var key = new SoftKey();
        var credential = key.Create(form.Option("data-options"));

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => browser.SubmitAsync(form, ("credential", credential), ("name", "x"))));

        Assert.Equal(1, answers.Count(a => a.Status == HttpStatusCode.OK));
        Assert.Equal(1, await CountAsync("approver"));
    }

    [Fact]
    public async Task A_key_that_is_registered_already_is_refused_for_everybody()
    {
        var first = await SignedInAsync("cashier");
        using var key = await first.RegisterAsync();
        var second = await SignedInAsync("leader");
        var form = await second.PasskeyFormAsync("/account/passkeys");
        key.UserHandle = null;

        var (status, _) = await second.SubmitAsync(form, ("credential", key.Create(form.Option("data-options"))), ("name", "x"));

        Assert.NotEqual(HttpStatusCode.OK, status);
        Assert.Equal(0, await CountAsync("leader"));
    }

    [Fact]
    public async Task Another_accounts_question_cannot_be_answered_here()
    {
        var mine = await SignedInAsync("reception");
        var theirs = await SignedInAsync("auditor");
        var asked = await theirs.PasskeyFormAsync("/account/passkeys");
        var form = await mine.PasskeyFormAsync("/account/passkeys");
        using var key = new SoftKey();

        var (status, html) = await mine.SubmitAsync(form, ("credential", key.Create(asked.Option("data-options"))), ("passkeyState", asked.Fields["passkeyState"]), ("name", "x"));

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("Trang đã mở quá lâu.", html, StringComparison.Ordinal);
        Assert.Equal(0, await CountAsync("reception"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("một cái tên dài hơn sáu mươi ký tự để không ai có thể đọc hết nó")]
    public async Task A_passkey_without_a_proper_name_is_refused_beside_the_field(string name)
    {
        var browser = await SignedInAsync("reception");
        var form = await browser.PasskeyFormAsync("/account/passkeys");
        using var key = new SoftKey();

        var (status, html) = await browser.SubmitAsync(form, ("credential", key.Create(form.Option("data-options"))), ("name", name));

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("id=\"name-error\">Hãy đặt tên", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_has_at_most_twenty()
    {
        var browser = await SignedInAsync("administrator");
        using var first = await browser.RegisterAsync();
        var id = await site.IdOfAsync("administrator");
        await site.DatabaseAsync(async db =>
        {
            for (byte i = 1; i < Passkey.Most; i++)
            {
                db.Passkeys.Add(new Passkey
                {
                    Id = Guid.CreateVersion7(),
                    AccountId = id,
                    CredentialId = [9, i],
                    PublicKey = [1],
                    Name = "x",
                    CreatedAt = site.Clock.GetUtcNow(),
                    Transports = [],
                    IsBackupEligible = false,
                });
            }

            return await db.SaveChangesAsync(Ct);
        });
        var form = await browser.PasskeyFormAsync("/account/passkeys");
        using var key = new SoftKey();

        var (status, html) = await browser.SubmitAsync(form, ("credential", key.Create(form.Option("data-options"))), ("name", "x"));

        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains("tối đa 20 khóa", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_elses_passkey_cannot_be_removed()
    {
        var theirs = await SignedInAsync("leader");
        using var key = await theirs.RegisterAsync();
        var id = await site.IdOfAsync("leader");
        var passkey = await site.DatabaseAsync(db => db.Passkeys.Where(p => p.AccountId == id).Select(p => p.Id).SingleAsync(Ct));
        var browser = await SignedInAsync("reception");
        using var own = await browser.RegisterAsync();
        var form = PageForm.Of(await browser.PageAsync("/account/passkeys"), "/account/passkeys", "remove");

        foreach (var other in new[] { passkey.ToString(), Guid.CreateVersion7().ToString(), "nonsense" })
        {
            var (status, html) = await browser.SubmitAsync(form, ("remove", other));
            Assert.Equal(HttpStatusCode.NotFound, status);
            Assert.Contains("Không tìm thấy khóa truy cập.", html, StringComparison.Ordinal);
        }

        Assert.Equal(1, await CountAsync("leader"));
    }

    private async Task<Browser> SignedInAsync(string userName)
    {
        var id = await site.IdOfAsync(userName);
        await site.DatabaseAsync(async db => await db.Passkeys.Where(p => p.AccountId == id).ExecuteDeleteAsync(Ct));
        var browser = site.NewBrowser();
        Assert.Equal("/", await browser.PasswordAsync(userName));
        return browser;
    }

    private async Task<int> CountAsync(string userName)
    {
        var id = await site.IdOfAsync(userName);
        return await site.DatabaseAsync(db => db.Passkeys.CountAsync(p => p.AccountId == id, Ct));
    }
}
