using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using HaLong.Payments.Banks;
using HaLong.Payments.Domain;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Payments.Tests.Banks;

/// <summary>A bank that sends lists: other fields, other times, another signature; the same settlement.</summary>
public sealed class StatementTests(PaymentFixture fixture) : IClassFixture<PaymentFixture>
{
    [Fact]
    public async Task Each_transfer_of_a_list_is_a_notice_of_its_own_and_settles_by_itself()
    {
        var (one, other) = (await fixture.PendingAsync(), await fixture.PendingAsync(amount: 20_000));
        var lines = new[] { Line(one), Line(other) with { Amount = "20000" }, Line(one) with { Content = "tien hoc phi" } };

        Assert.Equal(202, (int)(await SendAsync(lines)).StatusCode);

        Assert.Equal(NoticeState.Settled, (await fixture.DecidedAsync(lines[0].Ref!)).State);
        Assert.Equal(NoticeState.Settled, (await fixture.DecidedAsync(lines[1].Ref!)).State);
        Assert.Equal(MismatchReason.UnknownReference, (await fixture.DecidedAsync(lines[2].Ref!)).Reason);
        var notice = await fixture.QueryAsync(db => db.Notices.AsNoTracking().SingleAsync(n => n.EventId == lines[1].Ref));
        Assert.Equal(("lists", 20_000L, other.Beneficiary.Account, "970436"), (notice.Provider, notice.Amount, notice.Account, notice.Bin));
        Assert.Equal(lines[1].Ref, JsonDocument.Parse(notice.RawBody).RootElement.GetProperty("ref").GetString());
    }

    [Fact]
    public async Task Lists_that_overlap_bring_each_transfer_once_and_an_altered_line_is_kept_beside_the_first()
    {
        var payment = await fixture.PendingAsync();
        var line = Line(payment) with { Content = "khong ro" };
        var list = Enumerable.Range(0, 20).Select(_ => Line(payment) with { Content = "khong ro" }).Append(line).ToArray();

        var answers = await Task.WhenAll(SendAsync(list), SendAsync([.. list.Reverse()]), SendAsync([line]), SendAsync([line with { Amount = "1" }, list[0]]));

        Assert.All(answers, a => Assert.Equal(202, (int)a.StatusCode));
        var refs = list.Select(l => l.Ref).ToList();
        Assert.Equal(21, await fixture.QueryAsync(db => db.Notices.CountAsync(n => refs.Contains(n.EventId) && n.Original)));
        Assert.Equal(1, await fixture.QueryAsync(db => db.Notices.CountAsync(n => refs.Contains(n.EventId) && !n.Original)));
    }

    [Fact]
    public void The_signature_is_the_one_that_another_program_computes()
    {
        StatementLine[] lines = [new("FT1", "0011000000001", "150000.00", "VND", "Lệ phí HLQ7K3M9XW2P", "20/11/2026 09:59:58")];

        Assert.Equal("dapGmtFLl/Yd3M0j+Ckxlna2IYCtL7uu2XvEuHtqMm0=", StatementShape.Sign(PaymentFixture.ListSecret, new StatementBody("B1", "20261120100000", "970436", [], null), lines));
    }

    [Fact]
    public async Task A_list_signed_by_another_or_over_other_fields_is_refused()
    {
        var line = Line(await fixture.PendingAsync());

        await (await SendAsync([line], secret: PaymentFixture.Secret)).IsProblemAsync(401, "PAY-0006");
        await (await SendAsync([line], changed: [line with { Amount = "9" }])).IsProblemAsync(401, "PAY-0006");
        await (await SendAsync([line], changed: [line, line])).IsProblemAsync(401, "PAY-0006");
        await (await SendAsync([line], changed: [])).IsProblemAsync(401, "PAY-0006");
        // Text that was moved over the border of two fields.
        await (await SendAsync([line with { CreditAccount = "12", Amount = "3" }], changed: [line with { CreditAccount = "1", Amount = "23" }])).IsProblemAsync(401, "PAY-0006");
        // A list to a bank that sends single notices, and the other way round.
        await (await SendAsync([line], "lab", PaymentFixture.Secret)).IsProblemAsync(401, "PAY-0006");
        await (await fixture.NotifyAsync(PaymentFixture.Body(await fixture.PendingAsync()), "lists", PaymentFixture.ListSecret)).IsProblemAsync(401, "PAY-0006");

        Assert.Null(await fixture.HandlingAsync(line.Ref!));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"transactions\":null}")]
    [InlineData("{\"transactions\":[null],\"signature\":\"AAAA\"}")]
    [InlineData("{\"transactions\":[{\"amount\":5}],\"signature\":\"AAAA\"}")]
    [InlineData("{\"transactions\":[],\"signature\":\"not base 64\"}")]
    [InlineData("{\"transactions\":[],\"transactions\":[]}")]
    public async Task What_is_no_list_carries_no_signature(string body)
    {
        using var client = fixture.Anybody();
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        await (await client.PostAsync(new Uri("/hooks/bank/lists", UriKind.Relative), content, TestContext.Current.CancellationToken)).IsProblemAsync(401, "PAY-0006");
    }

    [Theory]
    [InlineData(-301, 401)]
    [InlineData(301, 401)]
    [InlineData(-290, 202)]
    [InlineData(290, 202)]
    public async Task Its_clock_may_be_five_minutes_off(int seconds, int status)
    {
        using var response = await SendAsync([Line(await fixture.PendingAsync())], after: TimeSpan.FromSeconds(seconds));

        Assert.Equal(status, (int)response.StatusCode);
        if (status == 401)
            await response.IsProblemAsync(401, "PAY-0007");
    }

    [Fact]
    public async Task One_line_that_cannot_be_read_refuses_the_whole_list()
    {
        var good = Line(await fixture.PendingAsync());
        StatementLine[] bad =
        [
            good with { Currency = "USD" }, good with { Amount = "1.5" }, good with { Amount = "-5" }, good with { Amount = "0" }, good with { Amount = "1e3" },
            good with { Amount = "99999999999999" }, good with { PostedAt = "2026-11-20" }, good with { PostedAt = "31/11/2026 10:00:00" }, good with { PostedAt = null },
            good with { Ref = "" }, good with { CreditAccount = "1-2" }, good with { Content = new string('x', 501) }, good with { Content = "\0" },
        ];

        foreach (var line in bad)
            await (await SendAsync([good, line])).IsProblemAsync(400, "PAY-0008");
        await (await SendAsync([])).IsProblemAsync(400, "PAY-0008");
        await (await SendAsync([.. Enumerable.Repeat(good, 501)])).IsProblemAsync(400, "PAY-0008");
        await (await SendAsync([.. Enumerable.Repeat(good with { Content = new string('x', 2000) }, 200)])).IsProblemAsync(413, "PAY-0009");

        Assert.Null(await fixture.HandlingAsync(good.Ref!));
    }

    private static StatementLine Line(PaymentRequest payment) => new(
        PaymentFixture.NewEventId(), payment.Beneficiary.Account, payment.Amount + ".00", "VND", "MBVCB " + payment.Reference.ToLowerInvariant() + " nop phi",
        VietnameseTime.Write(TimeProvider.System.GetUtcNow(), StatementLine.TimeFormat));

    private async Task<HttpResponseMessage> SendAsync(
        StatementLine[] lines, string provider = "lists", string secret = PaymentFixture.ListSecret, StatementLine[]? changed = null, TimeSpan after = default)
    {
        var body = new StatementBody(Guid.CreateVersion7().ToString("N"), VietnameseTime.Write(fixture.Time.GetUtcNow() + after, StatementShape.TimeFormat), "970436", [], null);
        var signature = StatementShape.Sign(secret, body, lines);
        using var client = fixture.Anybody();
        return await client.PostAsJsonAsync(
            "/hooks/bank/" + provider, new { body.BatchId, body.SentAt, body.Bank, transactions = changed ?? lines, signature }, TestContext.Current.CancellationToken);
    }
}
