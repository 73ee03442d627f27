using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace HaLong.PartnerLab.Tests;

public sealed class BankTests : IAsyncLifetime
{
    private const string Secret = "shared-with-payment";
    private const string Payload = "00020101021238570010A00000072701270006970436011300110000000010208QRIBFTTA530370454061500005802VN62320112HLQ7K3M9XW2P0812HLQ7K3M9XW2P6304563D";
    private NoticeReceiver receiver = null!; // set by InitializeAsync
    private Lab lab = null!; // set by InitializeAsync

    public async ValueTask InitializeAsync()
    {
        receiver = await NoticeReceiver.StartAsync(Secret);
        lab = await Lab.StartAsync(
            ("Bank:NotifyUrl", receiver.Url), ("Bank:Secret", Secret), ("Bank:StatementUrl", receiver.AnyUrl), ("Bank:StatementSecret", Secret), ("Bank:Gathering", "00:00:00.150"));
    }

    public async ValueTask DisposeAsync()
    {
        await lab.DisposeAsync();
        await receiver.DisposeAsync();
    }

    [Fact]
    public async Task Paying_a_code_tells_the_platform_what_was_booked_with_a_genuine_signature()
    {
        var transfer = await PayAsync(new { payload = Payload });

        await SettledAsync(transfer, "notified");
        var notice = Assert.Single(receiver.Notices);
        Assert.True(notice.Genuine);
        Assert.InRange(notice.SignedAt, DateTimeOffset.FromUnixTimeSeconds(0), TimeProvider.System.GetUtcNow());
        Assert.Equal(150000, notice.Body.GetProperty("amount").GetInt64());
        Assert.Equal("0011000000001", notice.Body.GetProperty("account").GetString());
        Assert.Equal("970436", notice.Body.GetProperty("bin").GetString());
        Assert.Equal("HLQ7K3M9XW2P", notice.Body.GetProperty("remittance").GetString());
        Assert.Equal(transfer.GetProperty("eventId").GetString(), notice.Body.GetProperty("eventId").GetString());
        Assert.Equal(TimeSpan.Zero, notice.Body.GetProperty("bookedAt").GetDateTimeOffset().Offset);
    }

    [Fact]
    public async Task A_payer_may_type_another_amount_and_text()
    {
        var transfer = await PayAsync(new { payload = Payload, amount = 1, text = "tra sai" });

        await SettledAsync(transfer, "notified");
        var notice = Assert.Single(receiver.Notices);
        Assert.Equal(1, notice.Body.GetProperty("amount").GetInt64());
        Assert.Equal("tra sai", notice.Body.GetProperty("remittance").GetString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("00020101021238570010A00000072701270006970436011300110000000010208QRIBFTTA530370454061500005802VN62320112HLQ7K3M9XW2P0812HLQ7K3M9XW2P6304563E")]
    public async Task A_code_that_no_banking_app_would_pay_is_refused(string payload)
    {
        using var response = await lab.Http.PostAsJsonAsync("/bank/transfers", new { payload }, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Empty(receiver.Notices);
    }

    [Fact]
    public async Task A_code_without_amount_needs_one_from_the_payer()
    {
        const string open = "00020101021138540010A00000072701240006970423011000999999990208QRIBFTTA53037045802VN6304CBB4";
        using var without = await lab.Http.PostAsJsonAsync("/bank/transfers", new { payload = open }, TestContext.Current.CancellationToken);
        using var negative = await lab.Http.PostAsJsonAsync("/bank/transfers", new { payload = open, amount = -5 }, TestContext.Current.CancellationToken);
        using var with = await lab.Http.PostAsJsonAsync("/bank/transfers", new { payload = open, amount = 5 }, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, without.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, negative.StatusCode);
        Assert.Equal(HttpStatusCode.Created, with.StatusCode);
    }

    [Fact]
    public async Task The_bank_tries_again_with_the_same_event_id_until_the_platform_takes_the_notice()
    {
        receiver.Answers.Enqueue(503);
        receiver.Answers.Enqueue(500);

        var transfer = await SettledAsync(await PayAsync(new { payload = Payload }), "notified");

        Assert.Equal(3, receiver.Notices.Count);
        Assert.Single(receiver.Notices.Select(n => n.Body.GetProperty("eventId").GetString()).Distinct());
        Assert.Equal([503, 500, 202], transfer.GetProperty("attempts").EnumerateArray().Select(a => a.GetProperty("status").GetInt32()));
    }

    [Fact]
    public async Task A_refused_notice_is_not_repeated()
    {
        receiver.Answers.Enqueue(400);

        await SettledAsync(await PayAsync(new { payload = Payload }), "refused");

        Assert.Single(receiver.Notices);
    }

    [Fact]
    public async Task The_duplicate_dial_sends_the_same_notice_again()
    {
        await lab.DialAsync("duplicate", 3);

        await SettledAsync(await PayAsync(new { payload = Payload }), "notified");

        Assert.Equal(4, receiver.Notices.Count);
        Assert.Single(receiver.Notices.Select(n => n.Body.GetRawText()).Distinct());
    }

    [Fact]
    public async Task The_drop_dial_swallows_the_notice_as_often_as_told()
    {
        await lab.DialAsync("bank.drop", true, times: 1);

        await SettledAsync(await PayAsync(new { payload = Payload }), "dropped");
        Assert.Empty(receiver.Notices);

        await SettledAsync(await PayAsync(new { payload = Payload }), "notified");
        Assert.Single(receiver.Notices);
    }

    [Fact]
    public async Task The_wrong_signature_dial_forges_the_notice()
    {
        await lab.DialAsync("wrongSignature", true);

        await SettledAsync(await PayAsync(new { payload = Payload }), "refused");

        Assert.False(Assert.Single(receiver.Notices).Genuine);
    }

    [Fact]
    public async Task The_wrong_amount_dial_reports_another_sum_under_a_genuine_signature()
    {
        await lab.DialAsync("wrongAmount", -50000);

        await SettledAsync(await PayAsync(new { payload = Payload }), "notified");

        var notice = Assert.Single(receiver.Notices);
        Assert.True(notice.Genuine);
        Assert.Equal(100000, notice.Body.GetProperty("amount").GetInt64());
    }

    [Fact]
    public async Task The_delay_dial_holds_the_notice_back()
    {
        await lab.DialAsync("bank.delay", 300);
        var started = TimeProvider.System.GetTimestamp();

        await SettledAsync(await PayAsync(new { payload = Payload }), "notified");

        Assert.True(TimeProvider.System.GetElapsedTime(started) >= TimeSpan.FromMilliseconds(290));
    }

    [Fact]
    public async Task The_reorder_dial_lets_another_notice_overtake()
    {
        await lab.DialAsync("bank.reorder", true, times: 1);

        var first = await PayAsync(new { payload = Payload, text = "first" });
        var second = await PayAsync(new { payload = Payload, text = "second" });

        await SettledAsync(first, "notified");
        await SettledAsync(second, "notified");
        Assert.Equal(["second", "first"], receiver.Notices.Select(n => n.Body.GetProperty("remittance").GetString()));
    }

    [Fact]
    public async Task While_the_bank_is_down_nobody_pays_and_what_is_booked_is_told_later()
    {
        await lab.DialAsync("bank.down", true, times: 1);
        using var refused = await lab.Http.PostAsJsonAsync("/bank/transfers", new { payload = Payload }, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        await lab.DialAsync("bank.delay", 100, times: 1);
        var transfer = await PayAsync(new { payload = Payload });
        await lab.DialAsync("bank.down", true, times: 3);

        await SettledAsync(transfer, "notified");

        Assert.Single(receiver.Notices);
    }

    [Fact]
    public async Task The_second_bank_tells_several_transfers_in_one_list_signed_over_its_fields()
    {
        var transfers = new List<JsonElement>();
        for (var i = 0; i < 3; i++)
            transfers.Add(await PayAsync(new { payload = Payload, inStatement = true }));

        foreach (var transfer in transfers)
            await SettledAsync(transfer, "notified");

        var lists = receiver.Told.ToList();
        Assert.Equal(
            transfers.Select(t => t.GetProperty("eventId").GetString()),
            lists.SelectMany(l => l.GetProperty("transactions").EnumerateArray()).Select(t => t.GetProperty("ref").GetString()));
        Assert.All(lists, l => Assert.Equal(SignatureOf(l, Secret), l.GetProperty("signature").GetString()));
        var line = lists[0].GetProperty("transactions")[0];
        Assert.Equal(("150000.00", "VND", "0011000000001"), (line.GetProperty("amount").GetString(), line.GetProperty("currency").GetString(), line.GetProperty("creditAccount").GetString()));
        Assert.Equal("970436", lists[0].GetProperty("bank").GetString());
        Assert.Empty(receiver.Notices);
    }

    [Fact]
    public async Task The_dials_work_on_lists_as_well()
    {
        await lab.DialAsync("bank.wrongSignature", true, times: 1);
        await lab.DialAsync("bank.wrongAmount", 7, times: 1);
        await lab.DialAsync("bank.duplicate", 2, times: 1);
        await lab.DialAsync("bank.drop", true, times: 1);
        var dropped = await PayAsync(new { payload = Payload, inStatement = true });
        await SettledAsync(dropped, "dropped");

        await SettledAsync(await PayAsync(new { payload = Payload, inStatement = true }), "notified");

        Assert.Equal(3, receiver.Told.Count);
        Assert.Single(receiver.Told.Select(l => l.GetRawText()).Distinct());
        Assert.NotEqual(SignatureOf(receiver.Told.First(), Secret), receiver.Told.First().GetProperty("signature").GetString());
        Assert.Equal("150007.00", receiver.Told.First().GetProperty("transactions")[0].GetProperty("amount").GetString());
    }

    [Fact]
    public async Task A_list_is_sent_again_until_it_is_taken()
    {
        receiver.Answers.Enqueue(503);

        await SettledAsync(await PayAsync(new { payload = Payload, inStatement = true }), "notified");

        Assert.Equal(2, receiver.Told.Count);
    }

    private static string SignatureOf(JsonElement list, string secret)
    {
        var lines = list.GetProperty("transactions").EnumerateArray().ToList();
        string[] names = ["ref", "creditAccount", "amount", "currency", "content", "postedAt"];
        var fields = new[] { "batchId", "sentAt", "bank" }.Select(n => list.GetProperty(n).GetString()!)
            .Append(lines.Count.ToString(CultureInfo.InvariantCulture)).Concat(lines.SelectMany(l => names.Select(n => l.GetProperty(n).GetString()!)));
        var text = string.Concat(fields.Select(f => $"{Encoding.UTF8.GetByteCount(f)}:{f},"));
        return Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(text)));
    }

    private async Task<JsonElement> PayAsync(object request)
    {
        using var response = await lab.Http.PostAsJsonAsync("/bank/transfers", request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        return await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
    }

    private async Task<JsonElement> SettledAsync(JsonElement transfer, string state)
    {
        var id = transfer.GetProperty("id").GetGuid();
        for (var wait = 0; wait < 500; wait++)
        {
            var all = await lab.Http.GetFromJsonAsync<JsonElement>("/bank/transfers", TestContext.Current.CancellationToken);
            var now = all.EnumerateArray().Single(t => t.GetProperty("id").GetGuid() == id);
            if (now.GetProperty("state").GetString() == state)
                return now;
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        throw new TimeoutException($"The transfer never became {state}.");
    }
}
