using HaLong.Identity.Contracts.Events;
using HaLong.Identity.DataRequests;
using HaLong.Identity.Profile.Contacts;
using HaLong.Identity.Tests.Delegations;
using HaLong.Identity.Tests.PersonalData;
using HaLong.Identity.Tests.Sessions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static HaLong.Identity.Tests.Profile.ProfileKit;

namespace HaLong.Identity.Tests.Profile;

/// <summary>Contact points that change, and accounts that end, by another way than their owner's own request.</summary>
public sealed class ContactBookTests(IdentitySite site) : IClassFixture<IdentitySite>
{
    [Fact]
    public async Task What_an_official_corrects_is_not_confirmed_any_more_and_both_old_places_are_told()
    {
        await using var heard = await Heard<ContactPointsChanged>.StartAsync(site);
        var (old, next, phone) = (NewEmail(), NewEmail(), AssistedHelp.NewPhone());
        var owner = await site.OwnerAsync(email: old);
        await OkAsync(site.ConfirmAsync(owner, await site.ReplacePhoneAsync(owner, owner.Phone), await site.CodeAsync(owner.E164)));

        // Both in one unit of work, as a correction and a verified sign-in through another provider do.
        await ChangeAsync(owner, ("email", next), ("phone", phone));

        Assert.Equal([(phone, false), (next, false)], (await site.PointsAsync(owner)).Select(p => (p.GetProperty("value").GetString(), p.GetProperty("isVerified").GetBoolean())));
        await site.Phones.NoticeAsync(owner.E164, "phone-changed");
        await site.Phones.NoticeAsync(old, "email-changed");
        await heard.WaitAsync(e => e.AccountId == owner.Id && (e.Kind, e.Change) == ("email", "replaced"));
        await heard.WaitAsync(e => e.AccountId == owner.Id && (e.Kind, e.Change) == ("phone", "replaced"));
    }

    [Fact]
    public async Task What_never_was_there_is_not_taken_away()
    {
        var owner = await site.OwnerAsync();

        await ChangeAsync(owner, ("email", null));

        var told = await site.DatabaseAsync(db => db.Database.SqlQuery<int>(
            $"SELECT count(*)::int AS \"Value\" FROM outbox_message WHERE payload::text LIKE {"%" + owner.Id + "%"}").SingleAsync());
        Assert.Equal(0, told);
        Assert.Single(await site.PointsAsync(owner));
    }

    [Fact]
    public async Task A_granted_request_to_delete_data_ends_the_account_as_its_owner_would()
    {
        await using var heard = await Heard<AccountClosed>.StartAsync(site);
        var owner = await site.OwnerAsync(email: NewEmail());

        await site.InServiceAsync(async (services, db) =>
        {
            var account = await db.Accounts.SingleAsync(a => a.Id == owner.Id);
            var outcome = await services.GetRequiredService<Erasure>().RunAsync(Guid.CreateVersion7(), account, TestContext.Current.CancellationToken);
            Assert.Equal(2, outcome.Done.Single(d => d.What == "contactPoints").Count);
        });

        var closed = await site.DatabaseAsync(db => db.Accounts.AsNoTracking().SingleAsync(a => a.Id == owner.Id));
        Assert.Equal((true, null, null), (closed.IsClosed, closed.Phone, closed.PersonalNumberIndex));
        Assert.Equal(owner.Number, site.Numbers().Of(closed)!.Value);
        Assert.Equal("erasure", (await heard.WaitAsync(e => e.AccountId == owner.Id)).Reason);
        // The last thing that is sent to where the owner was reached.
        await site.Phones.NoticeAsync(owner.E164, "account-closed");
        await SessionSite.RefusedAsync(site, owner.Token);
    }

    private Task ChangeAsync(Owner owner, params (string Kind, string? Value)[] changes) => site.InServiceAsync(async (services, db) =>
    {
        var account = await db.Accounts.SingleAsync(a => a.Id == owner.Id);
        foreach (var (kind, value) in changes)
            await services.GetRequiredService<ContactBook>().SetAsync(account, kind, value, isConfirmed: false, TestContext.Current.CancellationToken);
    });
}
