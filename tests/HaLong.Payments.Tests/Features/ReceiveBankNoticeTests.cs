using System.Globalization;
using System.Net;
using System.Text;
using HaLong.Payments.Domain;
using HaLong.Payments.Features;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace HaLong.Payments.Tests.Features;

public sealed class ReceiveBankNoticeTests(PaymentFixture fixture) : IClassFixture<PaymentFixture>
{
    [Fact]
    public async Task A_genuine_notice_is_acknowledged_and_kept_word_for_word()
    {
        var payment = await fixture.PendingAsync();
        var eventId = PaymentFixture.NewEventId();
        var body = PaymentFixture.Body(payment, eventId);

        using var response = await fixture.NotifyAsync(body);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        var notice = await fixture.QueryAsync(db => db.Notices.SingleAsync(n => n.EventId == eventId));
        Assert.Equal((body, "lab", true), (notice.RawBody, notice.Provider, notice.Original));
        Assert.Equal(BankNotice.HashOf(Encoding.UTF8.GetBytes(body)), notice.PayloadHash);
    }

    [Fact]
    public async Task A_notice_signed_with_another_key_is_refused_and_not_kept()
    {
        var payment = await fixture.PendingAsync();
        var eventId = PaymentFixture.NewEventId();
        var body = PaymentFixture.Body(payment, eventId);

        await (await fixture.NotifyAsync(body, secret: "not-the-secret-of-anybody")).IsProblemAsync(401, "PAY-0006");
        await (await fixture.NotifyAsync(body, secret: PaymentFixture.OtherSecret)).IsProblemAsync(401, "PAY-0006");

        Assert.Null(await fixture.HandlingAsync(eventId));
    }

    [Fact]
    public async Task A_notice_changed_on_its_way_is_refused()
    {
        var payment = await fixture.PendingAsync();
        var body = PaymentFixture.Body(payment, amount: 1);
        var (timestamp, signature) = Sign(body);

        await (await fixture.PostNoticeAsync(body.Replace("\"amount\":1", "\"amount\":150000", StringComparison.Ordinal), "lab", timestamp, signature))
            .IsProblemAsync(401, "PAY-0006");
        await (await fixture.PostNoticeAsync(body, "lab", timestamp + "0", signature)).IsProblemAsync(401, "PAY-0006");
    }

    [Fact]
    public async Task A_notice_of_an_unknown_provider_is_refused_like_a_forged_one() =>
        await (await fixture.NotifyAsync(PaymentFixture.Body(await fixture.PendingAsync()), provider: "nobody")).IsProblemAsync(401, "PAY-0006");

    [Fact]
    public async Task Without_the_national_platform_nobody_confirms_for_it() => await (await NationalPortal.Confirmation.PostAsync(
        fixture, NationalPortal.Confirmation.Of("HL000000000001", 150_000))).IsProblemAsync(401, "PAY-0504");

    [Theory]
    [InlineData(null, null)]
    [InlineData("now", null)]
    [InlineData(null, "good")]
    [InlineData("now", "")]
    [InlineData("now", "v1=")]
    [InlineData("now", "v1=zz")]
    [InlineData("now", "v2=good")]
    [InlineData("abc", "good")]
    [InlineData("-5", "good")]
    [InlineData("99999999999999999999", "good")]
    [InlineData("9999999999999", "good")]
    public async Task Missing_or_broken_headers_are_refused(string? timestamp, string? signature)
    {
        const string body = "{}";
        var (now, _) = Sign(body);
        var stamp = timestamp == "now" ? now : timestamp;
        var good = BankSignature.Sign(PaymentFixture.Secret, stamp ?? "", Encoding.UTF8.GetBytes(body));

        using var response = await fixture.PostNoticeAsync(
            body, "lab", stamp, signature?.Replace("v2=good", "v2=" + good[3..], StringComparison.Ordinal).Replace("good", good, StringComparison.Ordinal));

        await response.IsProblemAsync(401, "PAY-0006");
    }

    [Theory]
    [InlineData(301)]
    [InlineData(86_400)]
    [InlineData(-360)]
    public async Task A_notice_signed_too_long_ago_or_in_the_future_is_refused(int seconds)
    {
        var payment = await fixture.PendingAsync();
        var eventId = PaymentFixture.NewEventId();

        await (await fixture.NotifyAsync(PaymentFixture.Body(payment, eventId), age: TimeSpan.FromSeconds(seconds))).IsProblemAsync(401, "PAY-0007");

        Assert.Null(await fixture.HandlingAsync(eventId));
    }

    [Theory]
    [InlineData(290)]
    [InlineData(-290)]
    public async Task A_clock_that_is_a_little_off_does_no_harm(int seconds)
    {
        var payment = await fixture.PendingAsync();

        using var response = await fixture.NotifyAsync(PaymentFixture.Body(payment), age: TimeSpan.FromSeconds(seconds));

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("not json")]
    [InlineData("{\"eventId\":\"a\"")]
    [InlineData("{\"eventId\":\"a\",\"eventId\":\"b\",\"amount\":1,\"account\":\"1\",\"bin\":\"970436\",\"remittance\":\"x\",\"bookedAt\":\"2026-11-20T00:00:00Z\"}")]
    [InlineData("{\"eventId\":\"\",\"amount\":1,\"account\":\"1\",\"bin\":\"970436\",\"bookedAt\":\"2026-11-20T00:00:00Z\"}")]
    [InlineData("{\"eventId\":\"a\\u0000\",\"amount\":1,\"account\":\"1\",\"bin\":\"970436\",\"bookedAt\":\"2026-11-20T00:00:00Z\"}")]
    [InlineData("{\"eventId\":\"a\",\"amount\":0,\"account\":\"1\",\"bin\":\"970436\",\"bookedAt\":\"2026-11-20T00:00:00Z\"}")]
    [InlineData("{\"eventId\":\"a\",\"amount\":-5,\"account\":\"1\",\"bin\":\"970436\",\"bookedAt\":\"2026-11-20T00:00:00Z\"}")]
    [InlineData("{\"eventId\":\"a\",\"amount\":1.5,\"account\":\"1\",\"bin\":\"970436\",\"bookedAt\":\"2026-11-20T00:00:00Z\"}")]
    [InlineData("{\"eventId\":\"a\",\"amount\":99999999999999,\"account\":\"1\",\"bin\":\"970436\",\"bookedAt\":\"2026-11-20T00:00:00Z\"}")]
    [InlineData("{\"eventId\":\"a\",\"amount\":1,\"account\":\"1-2\",\"bin\":\"970436\",\"bookedAt\":\"2026-11-20T00:00:00Z\"}")]
    [InlineData("{\"eventId\":\"a\",\"amount\":1,\"account\":\"1\",\"bin\":\"97043\",\"bookedAt\":\"2026-11-20T00:00:00Z\"}")]
    [InlineData("{\"eventId\":\"a\",\"amount\":1,\"account\":\"1\",\"bin\":\"970436\"}")]
    [InlineData("{\"eventId\":\"a\",\"amount\":1,\"account\":\"1\",\"bin\":\"970436\",\"bookedAt\":\"0001-01-01T00:00:00Z\"}")]
    [InlineData("{\"eventId\":\"a\",\"amount\":1,\"account\":\"1\",\"bin\":\"970436\",\"bookedAt\":\"2999-01-01T00:00:00Z\"}")]
    [InlineData("{\"eventId\":\"a\",\"amount\":1,\"account\":\"1\",\"bin\":\"970436\",\"remittance\":\"\\u0000\",\"bookedAt\":\"2026-11-20T00:00:00Z\"}")]
    [InlineData("{\"eventId\":\"a\",\"amount\":1,\"account\":\"1\",\"bin\":\"970436\",\"remittance\":\"\\ud800\",\"bookedAt\":\"2026-11-20T00:00:00Z\"}")]
    public async Task A_signed_notice_that_cannot_be_read_is_refused(string body) =>
        await (await fixture.NotifyAsync(body)).IsProblemAsync(400, "PAY-0008");

    [Fact]
    public async Task A_notice_over_16_kib_is_refused_before_anything_else() =>
        await (await fixture.PostNoticeAsync("{" + new string(' ', 16 * 1024) + "}", "lab", null, null)).IsProblemAsync(413, "PAY-0009");

    [Fact]
    public async Task A_notice_must_be_json()
    {
        var (timestamp, signature) = Sign("{}");

        await (await fixture.PostNoticeAsync("{}", "lab", timestamp, signature, mediaType: "text/plain")).IsProblemAsync(415, "CMN-0415");
    }

    [Fact]
    public async Task A_remittance_text_of_500_characters_and_any_script_is_kept()
    {
        var payment = await fixture.PendingAsync();
        var eventId = PaymentFixture.NewEventId();

        (await fixture.NotifyAsync(PaymentFixture.Body(payment, eventId, remittance: "Lệ phí 😀 " + new string('ộ', 480)))).EnsureSuccessStatusCode();

        await fixture.DecidedAsync(eventId);
        await (await fixture.NotifyAsync(PaymentFixture.Body(payment, remittance: new string('x', 501)))).IsProblemAsync(400, "PAY-0008");
    }

    [Fact]
    public async Task The_same_notice_two_hundred_times_from_twenty_connections_settles_once()
    {
        await using var probe = await fixture.ListenAsync("halong.payment-settled.v1", "halong.payment-mismatched.v1");
        var payment = await fixture.PendingAsync();
        var eventId = PaymentFixture.NewEventId();
        var body = PaymentFixture.Body(payment, eventId);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ =>
        {
            using var client = fixture.Anybody();
            var statuses = new List<HttpStatusCode>();
            for (var i = 0; i < 10; i++)
                statuses.Add((await fixture.NotifyAsync(body, client: client)).StatusCode);
            return statuses;
        }));

        Assert.All(answers.SelectMany(a => a), s => Assert.Equal(HttpStatusCode.Accepted, s));
        Assert.Equal(NoticeState.Settled, (await fixture.DecidedAsync(eventId)).State);
        Assert.Equal(1, await fixture.QueryAsync(db => db.Notices.CountAsync(n => n.EventId == eventId)));
        await OutboxDrainedAsync();
        Assert.Single(await probe.WaitAsync("paymentId", payment.Id));
        Assert.Empty(probe.About("noticeId", (await fixture.DecidedAsync(eventId)).NoticeId));
    }

    [Fact]
    public async Task Other_contents_under_a_known_event_id_are_kept_beside_the_original_and_reported_once()
    {
        await using var probe = await fixture.ListenAsync("halong.payment-mismatched.v1");
        var payment = await fixture.PendingAsync();
        var eventId = PaymentFixture.NewEventId();
        var original = PaymentFixture.Body(payment, eventId, amount: 1);
        var altered = PaymentFixture.Body(payment, eventId);
        (await fixture.NotifyAsync(original)).EnsureSuccessStatusCode();
        await fixture.DecidedAsync(eventId);

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => fixture.NotifyAsync(altered)));

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.Accepted, a.StatusCode));
        var notices = await fixture.QueryAsync(db => db.Notices.Where(n => n.EventId == eventId).OrderBy(n => n.Id).ToListAsync());
        Assert.Equal([(original, true), (altered, false)], notices.Select(n => (n.RawBody, n.Original)));
        Assert.Equal(MismatchReason.AlteredNotice, (await fixture.HandlingAsync(eventId, original: false))?.Reason);
        Assert.Equal(PaymentState.Pending, (await fixture.ReloadAsync(payment)).State);
        await OutboxDrainedAsync();
        Assert.Equal("wrongAmount", Assert.Single(await probe.WaitAsync("noticeId", notices[0].Id)).GetProperty("reason").GetString());
        Assert.Equal("alteredNotice", Assert.Single(await probe.WaitAsync("noticeId", notices[1].Id)).GetProperty("reason").GetString());
    }

    [Fact]
    public async Task The_same_event_id_of_another_provider_is_another_event()
    {
        var payment = await fixture.PendingAsync();
        var eventId = PaymentFixture.NewEventId();

        (await fixture.NotifyAsync(PaymentFixture.Body(payment, eventId))).EnsureSuccessStatusCode();
        (await fixture.NotifyAsync(PaymentFixture.Body(payment, eventId), "other", PaymentFixture.OtherSecret)).EnsureSuccessStatusCode();

        Assert.Equal(2, await fixture.QueryAsync(db => db.Notices.CountAsync(n => n.EventId == eventId && n.Original)));
    }

    [Fact]
    public async Task A_stored_notice_can_be_neither_changed_nor_deleted()
    {
        (await fixture.NotifyAsync(PaymentFixture.Body(await fixture.PendingAsync()))).EnsureSuccessStatusCode();

        await Assert.ThrowsAsync<PostgresException>(() => fixture.QueryAsync(db => db.Database.ExecuteSqlAsync($"UPDATE bank_notice SET amount = 1")));
        await Assert.ThrowsAsync<PostgresException>(() => fixture.QueryAsync(db => db.Database.ExecuteSqlAsync($"DELETE FROM bank_notice")));
        await Assert.ThrowsAsync<PostgresException>(() => fixture.QueryAsync(db => db.Database.ExecuteSqlAsync($"TRUNCATE bank_notice CASCADE")));
    }

    private (string Timestamp, string Signature) Sign(string body)
    {
        var timestamp = fixture.Time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return (timestamp, BankSignature.Sign(PaymentFixture.Secret, timestamp, Encoding.UTF8.GetBytes(body)));
    }

    private Task OutboxDrainedAsync() => Eventually.Async(
        async () => await fixture.QueryAsync(db => db.Database.SqlQuery<long>($"SELECT count(*) AS \"Value\" FROM outbox_message").SingleAsync()) == 0,
        "empty outbox");
}
