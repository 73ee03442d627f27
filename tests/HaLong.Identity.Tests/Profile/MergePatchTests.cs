using System.Text;
using HaLong.Identity.Domain;
using HaLong.Identity.Profile;
using HaLong.Identity.Registration;
using HaLong.ServiceDefaults;
using Microsoft.AspNetCore.Http;

namespace HaLong.Identity.Tests.Profile;

public sealed class MergePatchTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 2, 0, 0, TimeSpan.Zero);

    private static readonly PreferencesView Usual = PreferencesView.Of(Account(), null);

    [Fact]
    public void Who_has_chosen_nothing_is_told_in_the_inbox_and_by_mail_at_any_hour() =>
        Assert.Equivalent(new PreferencesView("vi", ["inApp", "email"], false, "none", true), Usual);

    [Fact]
    public async Task What_is_left_out_stays_and_null_brings_the_default_back()
    {
        var changed = Usual.With(await ReadAsync("""{"channels":["push","inApp"],"digest":"weekly","quietHours":true,"optionalMessages":false}"""));
        Assert.Equivalent(new PreferencesView("vi", ["push", "inApp"], true, "weekly", false), changed);

        var patch = await ReadAsync("""{"channels":null,"digest":null,"quietHours":null,"optionalMessages":null,"language":"en"}""");
        Assert.Equivalent(new PreferencesView("en", ["inApp", "email"], false, "none", true), changed.With(patch));
        Assert.Null(patch.Refusal);
    }

    [Theory]
    [InlineData("""{"language":"fr"}""", "language")]
    [InlineData("""{"language":7}""", "language")]
    [InlineData("""{"channels":["email"]}""", "channels")]
    [InlineData("""{"channels":["inApp","fax"]}""", "channels")]
    [InlineData("""{"channels":["inApp","inApp"]}""", "channels")]
    [InlineData("""{"channels":"inApp"}""", "channels")]
    [InlineData("""{"channels":["inApp",null]}""", "channels")]
    [InlineData("""{"quietHours":"yes"}""", "quietHours")]
    [InlineData("""{"digest":"hourly"}""", "digest")]
    [InlineData("""{"optionalMessages":1}""", "optionalMessages")]
    [InlineData("""{"colour":"red"}""", "colour")]
    public async Task Every_mistake_is_named_by_its_field(string body, string field)
    {
        var patch = await ReadAsync(body);
        _ = Usual.With(patch);

        Assert.Equal("IDN-1106", patch.Refusal?.Code);
        Assert.All(patch.Refusal!.FieldMessages, m => Assert.Equal(field, m.Field));
        Assert.All(patch.Refusal.FieldMessages, m => Assert.NotEqual(m.Vi, m.En));
    }

    [Fact]
    public async Task All_mistakes_are_named_at_once()
    {
        var patch = await ReadAsync("""{"language":"fr","channels":["fax"],"digest":"hourly"}""");
        _ = Usual.With(patch);

        Assert.Equal(["channels", "digest", "language"], patch.Refusal!.Fields.Keys.Order());
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("""{"digest":"none","digest":"daily"}""")]
    public async Task What_is_no_object_is_no_patch(string body)
    {
        var read = await MergePatch.ReadAsync(Request(body), ProfileErrors.PreferencesNotValid, TestContext.Current.CancellationToken);

        Assert.Equal(CommonErrors.BadRequest, read.Error);
    }

    [Fact]
    public void Since_when_somebody_opted_out_stays_known_while_nothing_changes()
    {
        var profile = new AccountProfile { AccountId = Guid.CreateVersion7() };
        var quiet = Usual with { QuietHours = true, OptionalMessages = false };

        quiet.WriteTo(profile, Now);
        quiet.WriteTo(profile, Now.AddDays(1));
        Assert.Equal((Now, Now), (profile.OptedOutAt, profile.QuietSince));

        Usual.WriteTo(profile, Now.AddDays(2));
        Assert.Equal((null, null), (profile.OptedOutAt, profile.QuietSince));
    }

    [Theory]
    [InlineData("""{"displayName":"Đỗ Thị Bưởi"}""", 1, "citizen", null)]
    [InlineData("""{"displayName":"  Đỗ   Thị Bưởi ","birthDate":"1985-04-12","sex":"female","language":"en"}""", 1, "citizen", null)]
    [InlineData("""{"displayName":"Đỗ Thị Bưởi"}""", 2, "citizen", "IDN-0113")]
    [InlineData("""{"birthDate":"1985-04-12"}""", 2, "citizen", "IDN-0113")]
    [InlineData("""{"displayName":"Người Thử","sex":"male"}""", 2, "citizen", null)]
    [InlineData("""{"displayName":"Đỗ Thị Bưởi"}""", 1, "organisation", "IDN-1105")]
    [InlineData("""{"displayName":"Đỗ Thị Bưởi"}""", 1, "helper", "IDN-1105")]
    [InlineData("""{"displayName":"Đỗ Thị Bưởi"}""", 1, "officer", "IDN-1105")]
    [InlineData("""{"language":"en","sex":null}""", 2, "officer", null)]
    [InlineData("""{"displayName":"X1"}""", 1, "citizen", "IDN-0112")]
    [InlineData("""{"displayName":null}""", 1, "citizen", "IDN-0112")]
    [InlineData("""{"birthDate":"2099-01-01"}""", 1, "citizen", "IDN-0112")]
    [InlineData("""{"birthDate":null}""", 1, "citizen", "IDN-0112")]
    [InlineData("""{"sex":"other"}""", 1, "citizen", "IDN-0112")]
    [InlineData("""{"language":null}""", 1, "citizen", "IDN-0112")]
    [InlineData("""{"personalNumber":"022085000001"}""", 1, "citizen", "IDN-0112")]
    [InlineData("""{"email":"a@b.vn"}""", 1, "citizen", "IDN-0112")]
    [InlineData("""{"roles":["leader"]}""", 1, "citizen", "IDN-0112")]
    public async Task A_profile_changes_as_far_as_nobody_has_verified_it(string body, int level, string role, string? code)
    {
        var account = Account(role, level);
        var profile = new AccountProfile { AccountId = account.Id };

        var refusal = ChangeMe.Apply(await ReadAsync(body, IdentityErrors.ProfileNotValid), account, profile, DateOnly.FromDateTime(Now.UtcDateTime));

        Assert.Equal(code, refusal?.Code);
        Assert.Equal(code is null && body.Contains("Bưởi", StringComparison.Ordinal) ? "Đỗ Thị Bưởi" : "Người Thử", account.DisplayName);
        Assert.Equal(code is null && body.Contains("1985", StringComparison.Ordinal) ? new DateOnly(1985, 4, 12) : null, account.BirthDate);
    }

    private static HaLong.Identity.Domain.Account Account(string role = "citizen", int level = 1)
    {
        var account = HaLong.Identity.Domain.Account.Register(Guid.CreateVersion7(), "nguoi", "Người Thử", [role], Now);
        account.SetLevel(level);
        return account;
    }

    private static async Task<MergePatch> ReadAsync(string body, Error? refusal = null) =>
        (await MergePatch.ReadAsync(Request(body), refusal ?? ProfileErrors.PreferencesNotValid, TestContext.Current.CancellationToken)).Value;

    private static HttpRequest Request(string body) => new DefaultHttpContext
    {
        Request = { Body = new MemoryStream(Encoding.UTF8.GetBytes(body)), ContentType = MergePatch.MediaType },
    }.Request;
}
