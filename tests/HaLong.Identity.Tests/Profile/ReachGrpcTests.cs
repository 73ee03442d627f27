using HaLong.Identity.V1;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using static HaLong.Identity.Tests.Profile.ProfileKit;

namespace HaLong.Identity.Tests.Profile;

/// <summary>What other services learn about accounts by gRPC.</summary>
public sealed class ReachGrpcTests(IdentitySite site) : IClassFixture<IdentitySite>
{
    [Fact]
    public async Task Contact_points_say_what_is_confirmed_and_how_the_owner_wants_to_be_told()
    {
        var owner = await site.OwnerAsync(email: NewEmail());
        var silent = await site.OwnerAsync(hasPhone: false);
        await OkAsync(site.ConfirmAsync(owner, await site.ReplacePhoneAsync(owner, owner.Phone), await site.CodeAsync(owner.E164)));
        await OkAsync(site.PatchAsync(owner.Token, "/api/v1/me/preferences", new { channels = new[] { "zalo", "inApp" }, quietHours = true, digest = "daily", optionalMessages = false, language = "en" }));

        var found = await AskAsync(owner.Id, silent.Id, Guid.CreateVersion7());

        var reach = found[owner.Id];
        Assert.Equal((owner.E164, true, false, "en"), (reach.Phone, reach.PhoneVerified, reach.EmailVerified, reach.Language));
        Assert.Equal(["zalo", "inApp"], reach.Preferences.Channels);
        Assert.Equal((true, "daily", false), (reach.Preferences.QuietHours, reach.Preferences.Digest, reach.Preferences.OptionalMessages));
        // Whoever has neither telephone nor mailbox still has an inbox and a language.
        Assert.Equal(("", "", "vi"), (found[silent.Id].Phone, found[silent.Id].Email, found[silent.Id].Language));
        Assert.Equal(["inApp", "email"], found[silent.Id].Preferences.Channels);
        Assert.True(found[silent.Id].Preferences.OptionalMessages);
        Assert.Equal(2, found.Count);
    }

    [Fact]
    public async Task Accounts_say_how_surely_they_are_known_and_whether_they_are_closed()
    {
        var (verified, closed) = (await site.OwnerAsync(level: 2), await site.OwnerAsync());
        await site.DatabaseAsync(db => db.Accounts.Where(a => a.Id == closed.Id).ExecuteUpdateAsync(s => s.SetProperty(a => a.IsClosed, true)));

        var answer = await new Accounts.AccountsClient(site.Service.Grpc(site.ServiceToken())).BatchGetAccountsAsync(
            new BatchGetAccountsRequest { Ids = { verified.Id.ToString(), closed.Id.ToString() } }, cancellationToken: TestContext.Current.CancellationToken);

        var found = answer.Accounts.ToDictionary(a => Guid.Parse(a.Id), a => (a.Kind, a.Assurance, a.Status));
        Assert.Equal((Roles.Citizen, 2, "active"), found[verified.Id]);
        Assert.Equal((Roles.Citizen, 1, "closed"), found[closed.Id]);
        Assert.Empty(await AskAsync(closed.Id));
    }

    [Fact]
    public async Task Who_clicks_the_way_out_of_a_letter_gets_no_optional_messages_and_can_want_them_again()
    {
        var (owner, other, closed) = (await site.OwnerAsync(), await site.OwnerAsync(), await site.OwnerAsync());
        await site.DatabaseAsync(db => db.Accounts.Where(a => a.Id == closed.Id).ExecuteUpdateAsync(s => s.SetProperty(a => a.IsClosed, true)));

        // Twice, at once, for nobody, and for somebody who has gone: nothing of it is an error.
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => OptOutAsync(owner.Id.ToString())));
        await OptOutAsync(Guid.CreateVersion7().ToString());
        await OptOutAsync(closed.Id.ToString());
        await OptOutAsync("nobody");

        var found = await AskAsync(owner.Id, other.Id);
        Assert.False(found[owner.Id].Preferences.OptionalMessages);
        Assert.Equal(["inApp", "email"], found[owner.Id].Preferences.Channels);
        Assert.True(found[other.Id].Preferences.OptionalMessages);
        await OkAsync(site.PatchAsync(owner.Token, "/api/v1/me/preferences", new { optionalMessages = true }));
        Assert.True((await AskAsync(owner.Id))[owner.Id].Preferences.OptionalMessages);
    }

    private Task<OptOutResponse> OptOutAsync(string id) => new Accounts.AccountsClient(site.Service.Grpc(site.ServiceToken())).OptOutAsync(
        new OptOutRequest { AccountId = id }, cancellationToken: TestContext.Current.CancellationToken).ResponseAsync;

    private async Task<Dictionary<Guid, ContactPoints>> AskAsync(params Guid[] ids)
    {
        var answer = await new Accounts.AccountsClient(site.Service.Grpc(site.ServiceToken())).BatchGetContactPointsAsync(
            new BatchGetContactPointsRequest { AccountIds = { ids.Select(i => i.ToString()) } }, cancellationToken: TestContext.Current.CancellationToken);
        return answer.ContactPoints.ToDictionary(c => Guid.Parse(c.AccountId));
    }
}
