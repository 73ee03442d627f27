using Grpc.Core;
using HaLong.Identity.Tests.Delegations;
using HaLong.Identity.V1;
using Microsoft.EntityFrameworkCore;
using AccountCodes = HaLong.Identity.V1.AccountCodes;

namespace HaLong.Identity.Tests.Codes;

/// <summary>Codes that another service asks for: whom they reach, what they are good for.</summary>
public sealed class AccountCodesTests(IdentitySite site) : IClassFixture<IdentitySite>, IDisposable
{
    // Made before a test moves the clock: tokens are checked by the system's.
    private readonly AccountCodes.AccountCodesClient client = new(site.Service.Grpc(site.ServiceToken("e-signature")));
    // Of a carrier that there is: others are no mobile numbers.
    private readonly string phone = $"+8491{Random.Shared.Next(1_000_000, 9_999_999)}";

    private TimeSpan moved;

    public void Dispose() => site.Clock.Advance(-moved);

    private void Later(TimeSpan by)
    {
        moved += by;
        site.Clock.Advance(by);
    }

    private static SendAccountCodeRequest Asked(Guid account, Guid reference) => new()
    {
        AccountId = account.ToString(),
        Purpose = "signing",
        Reference = reference.ToString(),
        Values = { ["count"] = "3", ["mark"] = "4F2A91C0" },
    };

    private async Task<string> CheckAsync(Guid account, Guid reference, string challenge, string code)
    {
        var request = new CheckAccountCodeRequest
        {
            AccountId = account.ToString(),
            Purpose = "signing",
            Reference = reference.ToString(),
            ChallengeId = challenge,
            Code = code
        };
        return await CodeOfAsync(async () => await client.CheckAccountCodeAsync(request));
    }

    private static async Task<string> CodeOfAsync(Func<Task> call)
    {
        try
        {
            await call();
            return "";
        }
        catch (RpcException e)
        {
            return e.GetRpcStatus()?.GetDetail<Google.Rpc.ErrorInfo>()?.Reason ?? e.StatusCode.ToString();
        }
    }

    [Fact]
    public async Task A_code_says_what_is_signed_is_right_for_its_reference_only_and_may_be_checked_again()
    {
        var (person, reference) = (await site.PersonAsync(phone: phone), Guid.CreateVersion7());
        var sent = await client.SendAccountCodeAsync(Asked(person.Id, reference));
        var code = await site.Phones.CodeAsync(phone);
        var letter = Assert.Single(site.Phones.CodesOf(phone));

        Assert.Equal(("signing", "3", "4F2A91C0"), (letter.Purpose, letter.Values["count"], letter.Values["mark"]));
        Assert.Equal("***" + phone[^3..], sent.SentTo);
        Assert.Equal("IDN-0102", await CheckAsync(person.Id, Guid.CreateVersion7(), sent.ChallengeId, code));
        Assert.Equal("IDN-0102", await CheckAsync(Guid.CreateVersion7(), reference, sent.ChallengeId, code));
        Assert.Equal("IDN-0102", await CheckAsync(person.Id, reference, sent.ChallengeId, code == "000000" ? "000001" : "000000"));
        Assert.Equal("", await CheckAsync(person.Id, reference, sent.ChallengeId, code));
        Assert.Equal("", await CheckAsync(person.Id, reference, sent.ChallengeId, code));
        Assert.Null(await site.DatabaseAsync(db => db.OneTimeCodes.Where(c => c.Id == Guid.Parse(sent.ChallengeId)).Select(c => c.SealedTarget).SingleAsync()));
    }

    [Fact]
    public async Task Five_tries_whatever_is_answered_and_nothing_after_five_minutes()
    {
        var (person, reference) = (await site.PersonAsync(phone: phone), Guid.CreateVersion7());
        var sent = await client.SendAccountCodeAsync(Asked(person.Id, reference));
        var code = await site.Phones.CodeAsync(phone);
        for (var i = 0; i < 5; i++)
            Assert.Equal("", await CheckAsync(person.Id, reference, sent.ChallengeId, code));
        Assert.Equal("IDN-0103", await CheckAsync(person.Id, reference, sent.ChallengeId, code));

        var later = Guid.CreateVersion7();
        sent = await client.SendAccountCodeAsync(Asked(person.Id, later));
        code = await site.Phones.CodeAsync(phone, 2);
        Later(TimeSpan.FromMinutes(5));
        Assert.Equal("IDN-0102", await CheckAsync(person.Id, later, sent.ChallengeId, code));
    }

    [Fact]
    public async Task Asking_again_for_the_same_sends_nothing_anew_and_after_a_minute_another_code()
    {
        var (person, reference) = (await site.PersonAsync(phone: phone), Guid.CreateVersion7());
        var all = await Task.WhenAll(Enumerable.Range(0, 3).Select(async _ => (await client.SendAccountCodeAsync(Asked(person.Id, reference))).ChallengeId));
        Assert.Single(all.Distinct());
        var first = await site.Phones.CodeAsync(phone);

        Later(TimeSpan.FromSeconds(61));
        Assert.Equal(all[0], (await client.SendAccountCodeAsync(Asked(person.Id, reference))).ChallengeId);
        var second = await site.Phones.CodeAsync(phone, 2);
        Assert.Equal(2, site.Phones.CodesOf(phone).Count);
        if (first != second)
            Assert.Equal("IDN-0102", await CheckAsync(person.Id, reference, all[0], first));
        Assert.Equal("", await CheckAsync(person.Id, reference, all[0], second));
    }

    [Fact]
    public async Task Nobody_nowhere_and_nonsense_are_told_apart_and_only_services_ask()
    {
        var person = await site.PersonAsync(phone: phone);
        var silent = await site.PersonAsync();
        Assert.Equal("IDN-1301", await CodeOfAsync(async () => await client.SendAccountCodeAsync(Asked(Guid.CreateVersion7(), Guid.CreateVersion7()))));
        Assert.Equal("IDN-1302", await CodeOfAsync(async () => await client.SendAccountCodeAsync(Asked(silent.Id, Guid.CreateVersion7()))));
        Assert.Equal("IDN-1303", await CodeOfAsync(async () => await client.SendAccountCodeAsync(Asked(person.Id, Guid.Empty))));
        var other = Asked(person.Id, Guid.CreateVersion7());
        other.Purpose = "password-reset";
        Assert.Equal("IDN-1303", await CodeOfAsync(async () => await client.SendAccountCodeAsync(other)));
        var personal = Asked(person.Id, Guid.CreateVersion7());
        personal.Values["mark"] = "Nguyễn Văn Thử";
        Assert.Equal("IDN-1303", await CodeOfAsync(async () => await client.SendAccountCodeAsync(personal)));

        var own = new AccountCodes.AccountCodesClient(site.Service.Grpc(await site.TokenAsync(person.UserName)));
        Assert.NotEqual("", await CodeOfAsync(async () => await own.SendAccountCodeAsync(Asked(person.Id, Guid.CreateVersion7()))));
        Assert.Empty(site.Phones.CodesOf(phone));
    }

    [Fact]
    public async Task Codes_to_sign_are_counted_apart_and_not_by_the_address_of_the_service()
    {
        var person = await site.PersonAsync(phone: phone);
        await using var strict = await site.StartReplicaAsync(f => f.WithSetting("Codes:PerTargetAndHour", "1").WithSetting("Codes:PerAddressAndHour", "1")
            .WithSetting("Codes:ToSignPerHour", "2").WithSetting("Limits:Prefix", "signing-" + phone));
        var asked = new AccountCodes.AccountCodesClient(strict.Grpc(site.ServiceToken("e-signature")));
        for (var i = 0; i < 2; i++)
            await asked.SendAccountCodeAsync(Asked(person.Id, Guid.CreateVersion7()));
        Assert.Equal("IDN-0106", await CodeOfAsync(async () => await asked.SendAccountCodeAsync(Asked(person.Id, Guid.CreateVersion7()))));
        var other = await site.PersonAsync(phone: phone[..^1] + (phone[^1] == '9' ? '0' : '9'));
        await asked.SendAccountCodeAsync(Asked(other.Id, Guid.CreateVersion7()));
    }

    [Fact]
    public async Task Without_a_telephone_it_goes_to_a_confirmed_mailbox_and_to_no_other()
    {
        var (confirmed, unconfirmed) = (await site.PersonAsync(), await site.PersonAsync());
        var address = $"nguoi.ky.{phone[4..]}@example.vn";
        await site.DatabaseAsync(async db =>
        {
            foreach (var (person, at) in new[] { (confirmed, (DateTimeOffset?)site.Clock.GetUtcNow()), (unconfirmed, null) })
            {
                (await db.Accounts.SingleAsync(a => a.Id == person.Id)).SetContactPoints(address, null, "en");
                db.Profiles.Add(new HaLong.Identity.Registration.AccountProfile { AccountId = person.Id, EmailConfirmedAt = at });
            }

            return await db.SaveChangesAsync();
        });
        Assert.Equal("IDN-1302", await CodeOfAsync(async () => await client.SendAccountCodeAsync(Asked(unconfirmed.Id, Guid.CreateVersion7()))));
        var reference = Guid.CreateVersion7();
        var sent = await client.SendAccountCodeAsync(Asked(confirmed.Id, reference));
        Assert.Equal("n***@example.vn", sent.SentTo);
        Assert.Equal("", await CheckAsync(confirmed.Id, reference, sent.ChallengeId, await site.Phones.CodeAsync(address)));
        Assert.Equal("en", Assert.Single(site.Phones.CodesOf(address)).Language);
    }

    [Theory]
    [InlineData("+84912345678", "***678")]
    [InlineData("nguoi.dan@example.vn", "n***@example.vn")]
    public void Where_a_code_went_is_told_masked(string target, string shown) => Assert.Equal(shown, HaLong.Identity.Codes.AccountCodes.Mask(target));
}
