using System.Net;
using HaLong.Identity.Codes;
using HaLong.Identity.Contracts.Events;
using HaLong.Identity.Tests.PersonalData;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using static HaLong.Identity.Tests.Profile.ProfileKit;

namespace HaLong.Identity.Tests.Profile;

public sealed class ContactPointTests(IdentitySite site) : IClassFixture<IdentitySite>
{
    [Fact]
    public async Task A_new_number_takes_effect_with_its_code_and_the_old_one_is_told()
    {
        await using var heard = await Heard<ContactPointsChanged>.StartAsync(site);
        var owner = await site.OwnerAsync();
        var next = AssistedHelp.NewPhone();

        var change = await site.ReplacePhoneAsync(owner, next);
        Assert.Equal(owner.Phone, Assert.Single(await site.PointsAsync(owner)).GetProperty("value").GetString());
        var code = await site.CodeAsync(E164(next));
        Assert.Equal("contact-phone", site.Phones.CodesOf(E164(next))[^1].Purpose);
        Assert.Empty(site.Phones.NoticesOf(owner.E164));
        await OkAsync(site.ConfirmAsync(owner, change, code));

        var point = Assert.Single(await site.PointsAsync(owner));
        Assert.Equal((E164(next), true), (point.GetProperty("value").GetString(), point.GetProperty("isVerified").GetBoolean()));
        await site.Phones.NoticeAsync(owner.E164, "phone-changed");
        Assert.Empty(site.Phones.NoticesOf(E164(next)));
        var fact = await heard.WaitAsync(e => e.AccountId == owner.Id);
        Assert.Equal(("phone", "replaced"), (fact.Kind, fact.Change));
        await RefusedAsync(site.ConfirmAsync(owner, change, code), 404, "IDN-0101");
    }

    [Fact]
    public async Task An_address_is_added_replaced_and_removed_and_each_old_one_is_told()
    {
        await using var heard = await Heard<ContactPointsChanged>.StartAsync(site);
        var owner = await site.OwnerAsync();
        var (first, second) = (NewEmail(), NewEmail());

        var added = await IdOfAsync(site.PostAsync(owner.Token, Points, new { kind = "email", value = first }));
        await OkAsync(site.ConfirmAsync(owner, added, await site.CodeAsync(first)));
        await RefusedAsync(site.PostAsync(owner.Token, Points, new { kind = "email", value = second }), 409, "IDN-1101");
        var replaced = await IdOfAsync(site.PatchAsync(owner.Token, Points + "/email", new { value = second }));
        await OkAsync(site.ConfirmAsync(owner, replaced, await site.CodeAsync(second)));
        await site.Phones.NoticeAsync(first, "email-changed");
        Assert.Equal(HttpStatusCode.NoContent, (await site.DeleteAsync(owner.Token, Points + "/email")).Status);
        await site.Phones.NoticeAsync(second, "email-changed");

        await RefusedAsync(site.DeleteAsync(owner.Token, Points + "/email"), 404, "IDN-1102");
        Assert.Equal("phone", Assert.Single(await site.PointsAsync(owner)).GetProperty("kind").GetString());
        foreach (var change in (string[])["added", "replaced", "removed"])
            await heard.WaitAsync(e => e.AccountId == owner.Id && e.Kind == "email" && e.Change == change);
        Assert.False(await site.DatabaseAsync(db => db.Profiles.AnyAsync(p => p.AccountId == owner.Id && p.EmailConfirmedAt != null)));
    }

    [Fact]
    public async Task The_present_number_is_confirmed_by_entering_it_again_and_nobody_is_alarmed()
    {
        await using var heard = await Heard<ContactPointsChanged>.StartAsync(site);
        var owner = await site.OwnerAsync();
        Assert.False(Assert.Single(await site.PointsAsync(owner)).GetProperty("isVerified").GetBoolean());

        var change = await site.ReplacePhoneAsync(owner, owner.Phone);
        await OkAsync(site.ConfirmAsync(owner, change, await site.CodeAsync(owner.E164)));

        Assert.True(Assert.Single(await site.PointsAsync(owner)).GetProperty("isVerified").GetBoolean());
        Assert.Equal("verified", (await heard.WaitAsync(e => e.AccountId == owner.Id)).Change);
        Assert.Empty(site.Phones.NoticesOf(owner.E164));
        await RefusedAsync(site.PatchAsync(owner.Token, Points + "/phone", new { value = owner.E164 }), 409, "IDN-1104");
    }

    [Fact]
    public async Task The_only_telephone_stays_until_there_is_another()
    {
        var owner = await site.OwnerAsync();

        await RefusedAsync(site.DeleteAsync(owner.Token, Points + "/phone"), 409, "IDN-1103");

        Assert.Single(await site.PointsAsync(owner));
    }

    [Theory]
    [InlineData("phone", "0203123456789", "IDN-0111")]
    [InlineData("phone", "022 3825 456", "IDN-0111")]
    [InlineData("phone", "", "IDN-0111")]
    [InlineData("email", "nobody", "IDN-0111")]
    [InlineData("email", null, "IDN-0111")]
    [InlineData("fax", "0912345678", "IDN-1110")]
    [InlineData(null, null, "IDN-1110")]
    public async Task What_can_be_no_contact_point_is_refused(string? kind, string? value, string code)
    {
        var owner = await site.OwnerAsync(hasPhone: false);

        var refused = await RefusedAsync(site.PostAsync(owner.Token, Points, new { kind, value }), 400, code);

        Assert.Equal([code == "IDN-1110" ? "kind" : "value"], refused.Fields);
    }

    [Theory]
    [InlineData("email", false)]
    [InlineData("fax", true)]
    [InlineData("EMAIL", true)]
    public async Task What_is_not_there_cannot_be_replaced_or_removed(string kind, bool hasEmail)
    {
        var owner = await site.OwnerAsync(email: hasEmail ? NewEmail() : null);

        await RefusedAsync(site.PatchAsync(owner.Token, $"{Points}/{kind}", new { value = NewEmail() }), 404, "IDN-1102");
        await RefusedAsync(site.DeleteAsync(owner.Token, $"{Points}/{kind}"), 404, "IDN-1102");
        Assert.Equal(hasEmail ? 2 : 1, (await site.PointsAsync(owner)).Length);
    }

    [Fact]
    public async Task Wrong_codes_use_up_the_tries_and_then_the_right_one_is_worth_nothing()
    {
        var owner = await site.OwnerAsync();
        var next = AssistedHelp.NewPhone();
        var change = await site.ReplacePhoneAsync(owner, next);
        var code = await site.CodeAsync(E164(next));

        for (var i = 0; i < 5; i++)
            await RefusedAsync(site.ConfirmAsync(owner, change, Wrong(code)), 400, "IDN-0102");

        await RefusedAsync(site.ConfirmAsync(owner, change, code), 429, "IDN-0103");
        await RefusedAsync(site.PostAsync(owner.Token, $"{Points}/changes/{change}/resend"), 429, "IDN-0104");
        Assert.Equal(owner.Phone, Assert.Single(await site.PointsAsync(owner)).GetProperty("value").GetString());
    }

    [Fact]
    public async Task A_code_or_a_request_that_ran_out_changes_nothing()
    {
        var owner = await site.OwnerAsync();
        var next = AssistedHelp.NewPhone();
        var change = await site.ReplacePhoneAsync(owner, next);
        var code = await site.CodeAsync(E164(next));

        await site.ExpireCodesAsync(CodePurposes.ContactPhone);
        await RefusedAsync(site.ConfirmAsync(owner, change, code), 400, "IDN-0102");
        await site.DatabaseAsync(db => db.ContactChanges.Where(c => c.Id == change).ExecuteUpdateAsync(s => s.SetProperty(c => c.ExpiresAt, site.Clock.GetUtcNow())));
        await RefusedAsync(site.ConfirmAsync(owner, change, code), 404, "IDN-0101");
        await site.DatabaseAsync(async db =>
        {
            await CodeCleanup.RunOnceAsync(db, site.Clock.GetUtcNow().AddHours(3), default);
            return 0;
        });
        Assert.False(await site.DatabaseAsync(db => db.ContactChanges.AnyAsync(c => c.Id == change)));
    }

    [Fact]
    public async Task Somebody_elses_request_is_like_one_that_does_not_exist()
    {
        var (owner, stranger) = (await site.OwnerAsync(), await site.OwnerAsync());
        var next = AssistedHelp.NewPhone();
        var change = await site.ReplacePhoneAsync(owner, next);
        var code = await site.CodeAsync(E164(next));

        foreach (var id in (Guid[])[change, Guid.CreateVersion7()])
        {
            await RefusedAsync(site.ConfirmAsync(stranger, id, code), 404, "IDN-0101");
            await RefusedAsync(site.PostAsync(stranger.Token, $"{Points}/changes/{id}/resend"), 404, "IDN-0101");
        }

        await OkAsync(site.ConfirmAsync(owner, change, code));
        Assert.Equal(stranger.Phone, Assert.Single(await site.PointsAsync(stranger)).GetProperty("value").GetString());
    }

    [Fact]
    public async Task That_a_number_belongs_to_somebody_else_shows_nowhere()
    {
        var (owner, neighbour) = (await site.OwnerAsync(), await site.OwnerAsync());

        var taken = await site.PatchAsync(owner.Token, Points + "/phone", new { value = neighbour.Phone });
        var free = await site.PatchAsync(owner.Token, Points + "/phone", new { value = AssistedHelp.NewPhone() });

        Assert.Equal(free.Status, taken.Status);
        Assert.Equal(free.Body.EnumerateObject().Select(p => p.Name), taken.Body.EnumerateObject().Select(p => p.Name));
    }

    [Fact]
    public async Task The_newest_request_of_a_kind_counts()
    {
        var owner = await site.OwnerAsync();
        var (one, two) = (AssistedHelp.NewPhone(), AssistedHelp.NewPhone());
        var older = await site.ReplacePhoneAsync(owner, one);
        var newer = await site.ReplacePhoneAsync(owner, two);

        await RefusedAsync(site.ConfirmAsync(owner, older, await site.CodeAsync(E164(one))), 404, "IDN-0101");
        await RefusedAsync(site.ConfirmAsync(owner, newer, await site.CodeAsync(E164(one))), 400, "IDN-0102");
        await OkAsync(site.ConfirmAsync(owner, newer, await site.CodeAsync(E164(two))));
    }

    [Fact]
    public async Task Whoever_signed_in_long_ago_or_too_weakly_changes_nothing()
    {
        var owner = await site.OwnerAsync(email: NewEmail());
        var old = site.OldToken(owner, TimeSpan.FromHours(1));
        await RefusedAsync(site.PatchAsync(old, Points + "/phone", new { value = AssistedHelp.NewPhone() }), 401, "CMN-0471");
        await RefusedAsync(site.DeleteAsync(old, Points + "/email"), 401, "CMN-0471");

        await site.DatabaseAsync(db =>
        {
            db.Passkeys.Add(new HaLong.Identity.Factors.Passkey
            {
                Id = Guid.CreateVersion7(),
                AccountId = owner.Id,
                CredentialId = Guid.CreateVersion7().ToByteArray(),
                PublicKey = [1],
                Name = "x",
                CreatedAt = site.Clock.GetUtcNow(),
                Transports = [],
                IsBackupEligible = false,
            });
            return db.SaveChangesAsync();
        });
        await RefusedAsync(site.PostAsync(owner.Token, Points, new { kind = "phone", value = AssistedHelp.NewPhone() }), 401, "CMN-0470");
        await RefusedAsync(site.DeleteAsync(owner.Token, Points + "/email"), 401, "CMN-0470");
        var strong = await site.TokenAsync(owner.UserName, strong: true);
        Assert.Equal(HttpStatusCode.NoContent, (await site.DeleteAsync(strong, Points + "/email")).Status);
    }

    [Fact]
    public async Task Strangers_telephones_are_not_rung_without_end()
    {
        var owner = await site.OwnerAsync();

        for (var i = 0; i < 10; i++)
            await site.ReplacePhoneAsync(owner, AssistedHelp.NewPhone());

        var refused = await RefusedAsync(site.PatchAsync(owner.Token, Points + "/phone", new { value = AssistedHelp.NewPhone() }), 429, "IDN-0106");
        Assert.True(refused.Headers.RetryAfter?.Delta > TimeSpan.Zero);
    }

    [Fact]
    public async Task An_old_revision_is_refused()
    {
        var owner = await site.OwnerAsync(email: NewEmail());
        var tag = (await site.GetAsync(owner.Token, Points)).Headers.ETag!.Tag;
        await OkAsync(site.PatchAsync(owner.Token, "/api/v1/me", new { sex = "male" }));

        await RefusedAsync(site.CallAsync(owner.Token, HttpMethod.Delete, Points + "/email", ifMatch: tag), 412, "CMN-0412");
        await RefusedAsync(site.PatchAsync(owner.Token, Points + "/email", new { value = NewEmail() }, tag), 412, "CMN-0412");
        Assert.Equal(2, (await site.PointsAsync(owner)).Length);
    }

    [Fact]
    public async Task A_legal_representative_keeps_the_contact_points_of_the_organisation()
    {
        var firm = await site.OwnerAsync(role: Roles.Organisation, hasPhone: false);
        var email = NewEmail();

        var change = await IdOfAsync(site.PostAsync(firm.Token, Points, new { kind = "email", value = email }));
        await OkAsync(site.ConfirmAsync(firm, change, await site.CodeAsync(email)));

        Assert.Equal(email, Assert.Single(await site.PointsAsync(firm)).GetProperty("value").GetString());
    }
}
