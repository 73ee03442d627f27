using Grpc.Core;
using HaLong.Identity.Codes;
using HaLong.Identity.Persistence;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace HaLong.Identity.Tests.Codes;

/// <summary>The consumers DeliverOneTimeCode and DeliverDirectNotice: outages, refusals, crashes.</summary>
public sealed class DeliveryTests(IdentitySite site) : IClassFixture<IdentitySite>
{
    private readonly string phone = $"+8491{Random.Shared.Next(1_000_000, 9_999_999)}";

    [Fact]
    public async Task A_code_is_handed_over_in_our_own_name_with_its_purpose_and_end()
    {
        var issued = await IssueAsync();
        await site.Phones.CodeAsync(phone);
        var request = Assert.Single(site.Phones.CodesOf(phone));

        Assert.Equal(($"{issued.ChallengeId:N}-1", "en", "assisted-session"), (request.Id, request.Language, request.Purpose));
        Assert.Equal(issued.ExpiresAt, request.ExpiresAt.ToDateTimeOffset(), TimeSpan.FromMilliseconds(1));
        Assert.StartsWith("Bearer ", site.Phones.LastAuthorization, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(StatusCode.Unavailable)]
    [InlineData(StatusCode.DeadlineExceeded)]
    [InlineData(StatusCode.Unauthenticated)]
    [InlineData(StatusCode.Internal)]
    public async Task An_outage_is_waited_out_and_the_code_still_comes(StatusCode fault)
    {
        site.Phones.Faults[phone] = fault;
        var issued = await IssueAsync();
        await Eventually.Async(() => Task.FromResult(site.Phones.Asked.Contains(phone)), "the first attempt");
        Assert.Empty(site.Phones.CodesOf(phone));

        site.Phones.Faults.TryRemove(phone, out _);
        var code = await AfterWaitsAsync(() => site.Phones.CodesOf(phone).Count > 0, () => site.Phones.CodesOf(phone)[0].Code);
        await using var scope = site.Service.Services.CreateAsyncScope();
        Assert.True((await scope.ServiceProvider.GetRequiredService<OneTimeCodes>().VerifyAsync(issued.ChallengeId, CodePurposes.AssistedSession, "it", code, default)).IsSuccess);
    }

    [Fact]
    public async Task After_the_code_has_expired_nothing_is_sent_any_more()
    {
        site.Phones.Faults[phone] = StatusCode.Internal;
        var issued = await IssueAsync();
        await Eventually.Async(() => Task.FromResult(site.Phones.Asked.Contains(phone)), "the first attempt");
        site.Clock.Advance(TimeSpan.FromMinutes(6));
        site.Phones.Faults.TryRemove(phone, out _);

        await AfterWaitsAsync(() => RowAsync(issued.ChallengeId).Result.SealedCode is null, () => 0);
        Assert.Empty(site.Phones.CodesOf(phone));
        Assert.Null((await RowAsync(issued.ChallengeId)).SentAt);
    }

    [Fact]
    public async Task A_number_that_is_refused_for_good_is_not_tried_again()
    {
        site.Phones.Faults[phone] = StatusCode.InvalidArgument;
        var issued = await IssueAsync();

        await Eventually.Async(async () => (await RowAsync(issued.ChallengeId)).SealedCode is null, "the code is forgotten");
        Assert.Single(site.Phones.Asked, phone);
        Assert.Null((await RowAsync(issued.ChallengeId)).SentAt);
    }

    [Fact]
    public async Task A_message_that_comes_twice_sends_once_and_one_of_an_older_code_sends_nothing()
    {
        var issued = await IssueAsync();
        await site.Phones.CodeAsync(phone);
        await Eventually.Async(async () => (await RowAsync(issued.ChallengeId)).SealedCode is null, "the code is erased");
        await site.Service.PublishAsync(new SendOneTimeCode(issued.ChallengeId, 1, 1));
        await site.Service.PublishAsync(new SendOneTimeCode(issued.ChallengeId, 2, 1));
        await site.Service.PublishAsync(new SendOneTimeCode(Guid.CreateVersion7(), 1, 1));
        await site.Service.PublishAsync(new SendDirectNotice(Guid.CreateVersion7(), 1));
        await NoticeAsync();

        await site.Phones.NoticeAsync(phone, NoticeTemplates.PhoneChanged);
        Assert.Single(site.Phones.CodesOf(phone));
    }

    [Fact]
    public async Task The_message_on_its_way_holds_neither_code_nor_number()
    {
        await using var scope = site.Service.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IdentityDbContext>();
        await using var transaction = await db.Database.BeginTransactionAsync(TestContext.Current.CancellationToken);
        var issued = await scope.ServiceProvider.GetRequiredService<OneTimeCodes>().IssueAsync(CodePurposes.Registration, phone, "vi", "it", default);
        scope.ServiceProvider.GetRequiredService<DirectNotices>().AddSms(phone, "vi", NoticeTemplates.PasswordChanged);
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        var question = await db.OneTimeCodes.SingleAsync(c => c.Id == issued.Value.ChallengeId, TestContext.Current.CancellationToken);
        var code = scope.ServiceProvider.GetRequiredService<OneTimeCodes>().Open(question)!.Value.Code;
        await using var command = new NpgsqlCommand(
            "SELECT string_agg(payload::text, ' ') FROM outbox_message", (NpgsqlConnection)db.Database.GetDbConnection(), (NpgsqlTransaction)Microsoft.EntityFrameworkCore.Storage.DbContextTransactionExtensions.GetDbTransaction(transaction));
        var payloads = (string)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;

        Assert.Contains(issued.Value.ChallengeId.ToString(), payloads, StringComparison.Ordinal);
        Assert.DoesNotContain(code, payloads, StringComparison.Ordinal);
        Assert.DoesNotContain(phone[3..], payloads, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_notice_waits_out_an_outage_and_is_erased_when_it_was_sent()
    {
        site.Phones.Faults[phone] = StatusCode.Unavailable;
        var id = await NoticeAsync();
        await Eventually.Async(() => Task.FromResult(site.Phones.Asked.Contains(phone)), "the first attempt");
        site.Phones.Faults.TryRemove(phone, out _);

        await AfterWaitsAsync(() => site.Phones.NoticesOf(phone).Count > 0, () => 0);
        var sent = Assert.Single(site.Phones.NoticesOf(phone));
        Assert.Equal((id.ToString("N"), "AS-1"), (sent.Id, sent.Values["reference"]));
        await Eventually.Async(async () => !await site.DatabaseAsync(db => db.DirectNotices.AnyAsync(n => n.Id == id)), "the notice is erased");
    }

    [Fact]
    public async Task A_notice_that_is_refused_or_too_old_is_erased()
    {
        site.Phones.Faults[phone] = StatusCode.InvalidArgument;
        var refused = await NoticeAsync();
        await Eventually.Async(async () => !await site.DatabaseAsync(db => db.DirectNotices.AnyAsync(n => n.Id == refused)), "the refused notice is erased");

        site.Phones.Faults[phone] = StatusCode.Unavailable;
        var old = await NoticeAsync();
        await Eventually.Async(() => Task.FromResult(site.Phones.Asked.Count(p => p == phone) >= 2), "the first attempt");
        site.Clock.Advance(TimeSpan.FromHours(13));
        await Eventually.Async(async () => !await site.DatabaseAsync(db => db.DirectNotices.AnyAsync(n => n.Id == old)), "the old notice is erased");
        Assert.Empty(site.Phones.NoticesOf(phone));
    }

    // The waits are those of the service's own clock.
    private async Task<T> AfterWaitsAsync<T>(Func<bool> done, Func<T> read)
    {
        await Eventually.Async(
            () =>
            {
                if (done())
                    return Task.FromResult(true);
                site.Clock.Advance(TimeSpan.FromSeconds(2));
                return Task.FromResult(false);
            },
            "what was put off comes in its turn");
        return read();
    }

    private async Task<IssuedCode> IssueAsync()
    {
        await using var scope = site.Service.Services.CreateAsyncScope();
        var issued = await scope.ServiceProvider.GetRequiredService<OneTimeCodes>().IssueAsync(CodePurposes.AssistedSession, phone, "en", "it", default);
        await scope.ServiceProvider.GetRequiredService<IdentityDbContext>().SaveChangesAsync();
        return issued.Value;
    }

    private async Task<Guid> NoticeAsync()
    {
        await using var scope = site.Service.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IdentityDbContext>();
        scope.ServiceProvider.GetRequiredService<DirectNotices>().AddSms(phone, "vi", NoticeTemplates.PhoneChanged, new Dictionary<string, string> { ["reference"] = "AS-1" });
        await db.SaveChangesAsync();
        return db.ChangeTracker.Entries<DirectNotice>().Single().Entity.Id;
    }

    private Task<OneTimeCode> RowAsync(Guid id) => site.DatabaseAsync(db => db.OneTimeCodes.AsNoTracking().SingleAsync(c => c.Id == id));
}
