using System.Net;
using System.Text;
using HaLong.Identity.Profile;
using HaLong.Identity.Tests.PersonalData;
using Microsoft.EntityFrameworkCore;
using static HaLong.Identity.Tests.Profile.ProfileKit;

namespace HaLong.Identity.Tests.Profile;

public sealed class ProfileApiTests(IdentitySite site) : IClassFixture<IdentitySite>
{
    private const string Me = "/api/v1/me";
    private const string Preferences = "/api/v1/me/preferences";

    [Fact]
    public async Task An_unverified_person_corrects_the_own_name_and_old_tokens_end()
    {
        var owner = await site.OwnerAsync();
        var before = await site.GetAsync(owner.Token, Me);

        var me = await OkAsync(site.PatchAsync(owner.Token, Me, Merge("""{"displayName":" Đỗ  Thị Bưởi","birthDate":"1985-04-12","sex":"female","language":"en"}"""), before.Headers.ETag!.Tag));

        Assert.Equal("Đỗ Thị Bưởi", me.GetProperty("displayName").GetString());
        Assert.Equal(("1985-04-12", "female", "en", 1), (me.GetProperty("birthDate").GetString(), me.GetProperty("sex").GetString(), me.GetProperty("language").GetString(), me.GetProperty("assurance").GetInt32()));
        Assert.NotEqual(before.Body.GetProperty("version").GetUInt32(), me.GetProperty("version").GetUInt32());
        await Sessions.SessionSite.RefusedAsync(site, owner.Token);
    }

    [Fact]
    public async Task A_verified_person_is_shown_the_way_to_a_correction()
    {
        var owner = await site.OwnerAsync(level: 2);

        var refused = await RefusedAsync(site.PatchAsync(owner.Token, Me, new { displayName = "Tên Khác" }), 409, "IDN-0113");

        Assert.Contains("/api/v1/me/data-requests", refused.Body.ToString(), StringComparison.Ordinal);
        Assert.Equal("Nguyễn Văn Thử", (await site.GetAsync(owner.Token, Me)).Body.GetProperty("displayName").GetString());
    }

    [Fact]
    public async Task Every_change_moves_the_revision_and_an_old_one_is_refused()
    {
        var owner = await site.OwnerAsync();
        var old = (await site.GetAsync(owner.Token, Me)).Headers.ETag!.Tag;

        var first = await site.PatchAsync(owner.Token, Me, new { sex = "male" }, old);
        Assert.Equal(HttpStatusCode.OK, first.Status);
        Assert.NotEqual(old, first.Headers.ETag!.Tag);
        await RefusedAsync(site.PatchAsync(owner.Token, Me, new { sex = "female" }, old), 412, "CMN-0412");
        await RefusedAsync(site.PatchAsync(owner.Token, Preferences, new { digest = "daily" }, old), 412, "CMN-0412");
        var second = await site.PatchAsync(owner.Token, Preferences, new { digest = "daily" }, first.Headers.ETag.Tag);
        Assert.Equal((await site.GetAsync(owner.Token, Me)).Headers.ETag!.Tag, second.Headers.ETag!.Tag);
        Assert.Equal("male", (await site.GetAsync(owner.Token, Me)).Body.GetProperty("sex").GetString());
    }

    [Fact]
    public async Task Preferences_are_read_changed_and_refused_field_by_field()
    {
        var owner = await site.OwnerAsync();
        Assert.Equal("none", (await OkAsync(site.GetAsync(owner.Token, Preferences))).GetProperty("digest").GetString());

        await OkAsync(site.PatchAsync(owner.Token, Preferences, Merge("""{"channels":["push","sms","inApp"],"quietHours":true,"optionalMessages":false,"language":"en"}""")));

        var stored = await OkAsync(site.GetAsync(owner.Token, Preferences));
        Assert.Equal(["push", "sms", "inApp"], stored.GetProperty("channels").EnumerateArray().Select(c => c.GetString()));
        Assert.Equal((true, false, "en"), (stored.GetProperty("quietHours").GetBoolean(), stored.GetProperty("optionalMessages").GetBoolean(), stored.GetProperty("language").GetString()));
        var refused = await RefusedAsync(site.PatchAsync(owner.Token, Preferences, new { channels = new[] { "fax" }, digest = "hourly" }), 400, "IDN-1106");
        Assert.Equal(["channels", "digest"], refused.Fields);
        await RefusedAsync(site.PatchAsync(owner.Token, Preferences, new[] { 1 }), 400, "CMN-0400");
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await site.PatchAsync(owner.Token, Preferences, new StringContent("digest=none"))).Status);
    }

    [Fact]
    public async Task Two_first_changes_at_once_make_one_profile_with_both()
    {
        var owner = await site.OwnerAsync();

        var answers = await Task.WhenAll(
            site.PatchAsync(owner.Token, Preferences, new { digest = "weekly" }), site.PatchAsync(owner.Token, Preferences, new { quietHours = true }),
            site.PatchAsync(owner.Token, Me, new { sex = "male" }));

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.OK, a.Status));
        var profile = await site.DatabaseAsync(db => db.Profiles.AsNoTracking().SingleAsync(p => p.AccountId == owner.Id));
        Assert.Equal(("weekly", true, "male"), (profile.Digest, profile.QuietSince is not null, profile.Sex));
    }

    [Theory]
    [InlineData("GET", Preferences)]
    [InlineData("PATCH", Preferences)]
    [InlineData("PATCH", Me)]
    [InlineData("GET", Points)]
    [InlineData("POST", Points)]
    [InlineData("PATCH", Points + "/phone")]
    [InlineData("DELETE", Points + "/email")]
    [InlineData("POST", Points + "/changes/0198e000-7000-8000-9000-000000000000/resend")]
    [InlineData("POST", Points + "/changes/0198e000-7000-8000-9000-000000000000/confirmation")]
    [InlineData("POST", Closure)]
    [InlineData("POST", Closure + "/0198e000-7000-8000-9000-000000000000/resend")]
    [InlineData("POST", Closure + "/0198e000-7000-8000-9000-000000000000/confirmation")]
    public async Task Nobody_else_gets_here(string method, string path)
    {
        var owner = await site.OwnerAsync();
        var verb = new HttpMethod(method);
        var body = method == "GET" ? null : new { };

        Assert.Equal(HttpStatusCode.Unauthorized, (await site.CallAsync(null, verb, path, body)).Status);
        await RefusedAsync(site.CallAsync(site.ServiceToken(), verb, path, body), 403, "CMN-0403");
        await RefusedAsync(site.CallAsync(site.DelegateToken(owner, await site.IdOfAsync("helper")), verb, path, body), 403, "CMN-0403");
    }

    [Fact]
    public async Task A_closed_account_has_no_profile_any_more()
    {
        var owner = await site.OwnerAsync(strong: true);
        await site.DatabaseAsync(db => db.Accounts.Where(a => a.Id == owner.Id).ExecuteUpdateAsync(s => s.SetProperty(a => a.IsClosed, true)));

        await RefusedAsync(site.PatchAsync(owner.Token, Me, new { sex = "male" }), 404, "IDN-0004");
        await RefusedAsync(site.GetAsync(owner.Token, Preferences), 404, "IDN-0004");
        await RefusedAsync(site.PatchAsync(owner.Token, Preferences, new { }), 404, "IDN-0004");
        await RefusedAsync(site.GetAsync(owner.Token, Points), 404, "IDN-0004");
        await RefusedAsync(site.PostAsync(owner.Token, Points, new { kind = "email", value = NewEmail() }), 404, "IDN-0004");
        await RefusedAsync(site.PostAsync(owner.Token, Closure), 404, "IDN-0004");
    }

    private static StringContent Merge(string json) => new(json, Encoding.UTF8, MergePatch.MediaType);
}
