using System.Net;
using HaLong.Identity.Counter;
using HaLong.Identity.Keys;
using HaLong.Identity.Tests.Delegations;
using HaLong.Identity.Tests.Organisations;
using HaLong.Identity.Tests.PersonalData;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using People = HaLong.Identity.Tests.Delegations.People;

namespace HaLong.Identity.Tests.Counter;

/// <summary>What the counter and registrants see when something behind the service is away, and what a rotation of keys leaves of it.</summary>
public sealed class CounterOutageTests(IdentitySite site) : IClassFixture<IdentitySite>
{
    private static async Task<(HttpStatusCode Status, string Text)> SendAsync(ServiceFactory<Program> service, string token, HttpMethod method, string path, object body)
    {
        using var client = service.Client(token);
        using var request = new HttpRequestMessage(method, path) { Content = System.Net.Http.Json.JsonContent.Create(body) };
        using var answer = await client.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Without_Redis_searches_are_counted_by_each_process()
    {
        await using var replica = await site.StartReplicaAsync(f => f.WithSetting("ConnectionStrings:cache", "127.0.0.1:1,connectTimeout=200,abortConnect=false")
            .WithSetting("Counter:SearchesPerHour", "2"));
        var token = await site.ReceptionAsync();
        var body = new { personalNumber = People.NewNumber(), purpose = "counter-verification", note = "Công dân đến quầy" };

        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 3; i++)
            answers.Add((await SendAsync(replica, token, HttpMethod.Post, "/api/v1/admin/account-searches", body)).Status);

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.TooManyRequests], answers);
    }

    [Fact]
    public async Task Without_the_broker_people_are_verified_and_organisations_made_and_the_facts_wait()
    {
        await using var replica = await site.StartReplicaAsync(f => f.WithBroker("amqp://nobody:nothing@127.0.0.1:1"));
        var (person, reception) = (await site.PersonAsync(), await site.ReceptionAsync());

        var verified = await SendAsync(replica, reception, HttpMethod.Post, $"{CounterKit.Path}/{person.Id}/verification", CounterKit.Document(person));
        Assert.True(verified.Status == HttpStatusCode.OK, verified.Text);
        var claim = await SendAsync(replica, await site.StrongAsync(person), HttpMethod.Post, "/api/v1/me/organisations", OrganisationKit.Form());
        Assert.True(claim.Status == HttpStatusCode.Accepted, claim.Text);

        // Another process that reaches the broker tells what this one could not.
        await Eventually.Async(() => site.DatabaseAsync(async db => await db.Database.SqlQueryRaw<int>(
            "SELECT count(*)::int AS \"Value\" FROM inbox_message WHERE endpoint LIKE '%warn-representatives'").SingleAsync() > 0), "the claim is heard of");
        Assert.Equal(1, await site.DatabaseAsync(db => db.AccountVerifications.CountAsync(v => v.AccountId == person.Id)));
    }

    [Fact]
    public async Task Without_the_notification_service_the_verification_holds_and_the_notice_comes_later()
    {
        var person = await site.PersonAsync(phone: "+84912000611");
        site.Phones.Faults["+84912000611"] = Grpc.Core.StatusCode.Unavailable;

        await site.VerifiedAtCounterAsync(person);

        await Eventually.Async(() => Task.FromResult(site.Phones.Asked.Contains("+84912000611")), "it was tried");
        Assert.Empty(site.Phones.NoticesOf("+84912000611"));
        site.Phones.Faults.TryRemove("+84912000611", out _);
        Assert.Equal("account-verified", (await site.Phones.NoticeAsync("+84912000611", "account-verified")).Template);
    }

    [Fact]
    public async Task Who_has_no_telephone_is_told_by_mail_and_who_has_neither_is_told_in_the_account_only()
    {
        var person = await site.PersonAsync();
        await site.DatabaseAsync(db => db.Accounts.Where(a => a.Id == person.Id).ExecuteUpdateAsync(a => a.SetProperty(x => x.Email, "chi.thu@halong.example")));
        var silent = await site.PersonAsync();

        await site.VerifiedAtCounterAsync(silent);
        await site.VerifiedAtCounterAsync(person);

        Assert.Equal("account-verified", (await site.Phones.NoticeAsync("chi.thu@halong.example", "account-verified")).Template);
        Assert.Equal(2, await site.DatabaseAsync(db => db.Accounts.Where(a => a.Id == silent.Id).Select(a => a.Level).SingleAsync()));
    }

    [Fact]
    public async Task A_new_data_key_takes_over_what_was_corrected()
    {
        var person = await site.PersonAsync(name: "tran van khoa");
        await site.VerifiedAtCounterAsync(person);
        (await site.VerifyAsync(await site.ChiefAsync(), person.Id, CounterKit.Document(person, changes: ("fullName", "Trần Văn Khóa")))).Expect(HttpStatusCode.OK);
        var before = await BoxesAsync(person.Id);

        await Calls.InScopeAsync<DataKeyRotation, Guid>(site, r => r.RotateFieldKeyAsync(default));
        await Eventually.Async(() => Calls.InScopeAsync<Reencryption, bool>(site, async r => await r.RunAsync(default) == 0), "everything is moved over");

        var after = await BoxesAsync(person.Id);
        Assert.All(before.Zip(after), pair => Assert.NotEqual(FieldVault.KeyOf(pair.First.SealedCorrection), FieldVault.KeyOf(pair.Second.SealedCorrection)));
        await using var scope = site.Service.Services.CreateAsyncScope();
        var corrections = scope.ServiceProvider.GetRequiredService<Corrections>();
        Assert.Equal(["tran van khoa", "tran van khoa"], after.Select(v => corrections.Open(v)!.NameBefore));
        Assert.Equal(["tran van khoa", "Trần Văn Khóa"], after.Select(v => corrections.Open(v)!.NameAfter));
        // A box opens only in its own row.
        var moved = new AccountVerification
        {
            Id = Guid.CreateVersion7(),
            AccountId = person.Id,
            DocumentKind = DocumentKinds.Passport,
            UnitCode = "06688",
            VerifiedBy = Guid.Empty,
            VerifiedAt = site.Clock.GetUtcNow(),
            SealedCorrection = after[0].SealedCorrection,
        };
        Assert.Throws<System.Security.Cryptography.CryptographicException>(() => corrections.Open(moved));
    }

    private Task<List<AccountVerification>> BoxesAsync(Guid person) =>
        site.DatabaseAsync(db => db.AccountVerifications.AsNoTracking().Where(v => v.AccountId == person).OrderBy(v => v.Id).ToListAsync());
}
