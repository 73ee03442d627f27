using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using HaLong.Payments.Contracts.Events;
using HaLong.Payments.Domain;
using HaLong.Payments.Receipts;
using HaLong.Payments.Tests.Cases;
using HaLong.ServiceDefaults;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HaLong.Payments.Tests.Receipts;

/// <summary>From the money to the sealed receipt, and what becomes of it when money goes back.</summary>
[Collection("receipts")]
public sealed class ReceiptFlowTests(PaymentFixture fixture)
{
    private readonly Desk desk = new(fixture);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_paid_has_one_numbered_sealed_receipt_which_its_owner_and_any_holder_can_see()
    {
        await using var probe = await fixture.ListenAsync("halong.receipt-issued.v1");
        var payment = await fixture.SettledAsync();

        var view = await ReceiptFlow.SealedAsync(fixture, payment);

        Assert.Equal(("receipt", "valid", 150_000, 150_000), (Text(view, "kind"), Text(view, "standing"), view.GetProperty("amount").GetInt64(), view.GetProperty("remaining").GetInt64()));
        Assert.Equal(("Một trăm năm mươi nghìn đồng", payment.DossierCode, payment.Reference), (Text(view, "amountInWords"), Text(view, "dossierCode"), Text(view, "reference")));
        Assert.True(view.GetProperty("assumed").GetBoolean());
        var told = Assert.Single(await probe.WaitAsync("paymentId", payment.Id));
        Assert.Equal((view.GetProperty("number").GetInt32(), payment.OwnerId), (told.GetProperty("number").GetInt32(), told.GetProperty("ownerId").GetGuid()));

        using var file = await fixture.Citizen(payment.OwnerId).GetAsync($"/api/v1/payments/{payment.Id}/receipt.pdf", Ct);
        var pdf = await file.Content.ReadAsByteArrayAsync(Ct);
        Assert.Equal(("application/pdf", "no-store"), (file.Content.Headers.ContentType!.MediaType, file.Headers.CacheControl!.ToString()));
        Assert.Equal($"\"{Convert.ToHexStringLower(SHA256.HashData(pdf))}\"", file.Headers.ETag!.Tag);
        Assert.EndsWith("% sealed\n%%EOF\n", System.Text.Encoding.Latin1.GetString(pdf), StringComparison.Ordinal);
        var url = new Uri(Text(view, "lookupUrl")!).PathAndQuery;
        Assert.Equal(pdf, await fixture.Anybody().GetByteArrayAsync(url.Replace("lookup?", "lookup.pdf?", StringComparison.Ordinal), Ct));
        Assert.Equal(view.GetProperty("id").GetGuid(), (await (await fixture.Anybody().GetAsync(url, Ct)).JsonAsync()).GetProperty("id").GetGuid());
        var asked = Assert.Single(fixture.Signer.Of(view.GetProperty("id").GetGuid()));
        Assert.Equal((payment.UnitCode, payment.Id.ToString()), (asked.UnitCode, asked.SignerId));

        // The same for programs, bound to this paper by its hash.
        var stated = Assert.Single(fixture.Signer.Statements, s => s.DocumentId == asked.DocumentId);
        Assert.Equal((payment.UnitCode, payment.Id.ToString(), "halong-payment-receipt+jwt"), (stated.UnitCode, stated.SignerId, stated.Type));
        var payload = Base64Url.DecodeFromChars(Text(view, "statement")!.Split('.')[1]);
        Assert.Equal(stated.Payload.ToByteArray(), payload);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(pdf)), JsonDocument.Parse(payload).RootElement.GetProperty("pdfSha256").GetString());
    }

    [Fact]
    public async Task The_paper_comes_in_ranges_and_not_again_to_who_has_it()
    {
        var payment = await SealedOfUnitAsync(PaymentFixture.Unit);
        var (client, url) = (fixture.Citizen(payment.OwnerId), $"/api/v1/payments/{payment.Id}/receipt.pdf");
        using var whole = await client.GetAsync(url, Ct);
        using var part = new HttpRequestMessage(HttpMethod.Get, url) { Headers = { Range = new RangeHeaderValue(0, 7) } };
        using var again = new HttpRequestMessage(HttpMethod.Get, url) { Headers = { IfNoneMatch = { whole.Headers.ETag! } } };

        using var first = await client.SendAsync(part, Ct);

        Assert.Equal((HttpStatusCode.PartialContent, "%PDF-1.7"), (first.StatusCode, await first.Content.ReadAsStringAsync(Ct)));
        Assert.Equal(HttpStatusCode.NotModified, (await client.SendAsync(again, Ct)).StatusCode);
    }

    [Fact]
    public async Task Only_the_owner_and_officials_of_the_unit_see_it_and_what_officials_saw_is_recorded()
    {
        await using var probe = await fixture.ListenAsync("halong.personal-data-read.v1");
        var payment = await SealedOfUnitAsync(PaymentFixture.Unit);
        foreach (var path in new[] { $"/api/v1/payments/{payment.Id}/receipt", $"/api/v1/payments/{payment.Id}/receipt.pdf" })
        {
            await (await fixture.Citizen(Guid.CreateVersion7()).GetAsync(path, Ct)).IsProblemAsync(404, "PAY-0001");
            await (await fixture.Official(Roles.Cashier, PaymentFixture.UnitWithAccount).GetAsync(path, Ct)).IsProblemAsync(404, "PAY-0001");
            await (await fixture.Official(Roles.Auditor).GetAsync(path, Ct)).IsProblemAsync(404, "PAY-0001");
            await (await fixture.Anybody().GetAsync(path, Ct)).IsProblemAsync(401, "CMN-0401");
            await (await fixture.Citizen(payment.OwnerId).GetAsync(path + "?document=" + Guid.CreateVersion7(), Ct)).IsProblemAsync(404, "PAY-0601");
            Assert.Equal(HttpStatusCode.OK, (await fixture.Official(Roles.Cashier).GetAsync(path, Ct)).StatusCode);
        }
        var read = (await probe.WaitAsync("objectId", payment.Id, 2))[0];
        Assert.Equal(("payment-receipt", "cashier"), (read.GetProperty("what").GetString(), read.GetProperty("actorRole").GetString()));
        Assert.All(probe.About("objectId", payment.Id), r => Assert.NotEqual("citizen", r.GetProperty("actorRole").GetString()));
        fixture.Authority.Down = true;
        try
        {
            await (await fixture.Acting(payment.OwnerId, new TestRight("payment.pay")).Client.GetAsync($"/api/v1/payments/{payment.Id}/receipt", Ct)).IsProblemAsync(503, "PAY-0014");
        }
        finally
        {
            fixture.Authority.Down = false;
        }
    }

    [Fact]
    public async Task What_was_not_collected_has_no_receipt_and_what_was_just_now_says_wait()
    {
        var pending = await fixture.PendingAsync();
        await (await fixture.Citizen(pending.OwnerId).GetAsync($"/api/v1/payments/{pending.Id}/receipt", Ct)).IsProblemAsync(404, "PAY-0601");
        Assert.True((await ReceiptFlow.BringUpToDateAsync(fixture, pending.Id)).IsSuccess);
        Assert.True((await ReceiptFlow.BringUpToDateAsync(fixture, Guid.CreateVersion7())).IsSuccess);
        Assert.Empty(await ReceiptFlow.OfAsync(fixture, pending.Id));

        var unit = ReceiptFlow.NewUnit(fixture);
        var paid = await ReceiptFlow.PaidAsync(fixture, unit);
        using var answer = await fixture.Citizen(paid.OwnerId).GetAsync($"/api/v1/payments/{paid.Id}/receipt", Ct);
        await answer.IsProblemAsync(409, "PAY-0602");
        Assert.Equal(5, answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds);
    }

    [Fact]
    public async Task While_e_signature_is_down_the_number_is_there_the_paper_waits_and_every_attempt_seals_the_same_bytes()
    {
        fixture.Signer.Down = true;
        PaymentRequest payment;
        Receipt receipt;
        try
        {
            payment = await fixture.SettledAsync();
            await Eventually.Async(async () => (await ReceiptFlow.OfAsync(fixture, payment.Id)).Count == 1, "the receipt");
            receipt = (await ReceiptFlow.OfAsync(fixture, payment.Id))[0];
            await Eventually.Async(async () => (await ReceiptFlow.PaperAsync(fixture, receipt.Id)).Failures >= 2, "two attempts failed");
            using var answer = await fixture.Citizen(payment.OwnerId).GetAsync($"/api/v1/payments/{payment.Id}/receipt.pdf", Ct);
            await answer.IsProblemAsync(409, "PAY-0602");
            Assert.NotNull(answer.Headers.RetryAfter);
            var found = await (await LookUpAsync(receipt.LookupCode!, receipt.Number!.Value)).JsonAsync();
            Assert.Equal(("issued", JsonValueKind.Null), (Text(found, "state"), found.GetProperty("statement").ValueKind));
            await (await LookUpAsync(receipt.LookupCode!, receipt.Number!.Value, "lookup.pdf")).IsProblemAsync(409, "PAY-0602");
        }
        finally
        {
            fixture.Signer.Down = false;
        }
        await ReceiptFlow.SealedAsync(fixture, payment);
        var attempts = fixture.Signer.Of(receipt.Id);
        Assert.True(attempts.Count >= 3);
        Assert.Single(attempts.Select(a => Convert.ToHexString(SHA256.HashData(a.Pdf.Span))).Distinct());
        var paper = await ReceiptFlow.PaperAsync(fixture, receipt.Id);
        Assert.Equal((null, Signer.Subject, PaperState.Sealed), (paper.Unsigned, paper.Signer, paper.State));
    }

    [Fact]
    public async Task Told_many_times_at_once_one_receipt_is_issued_and_sealed()
    {
        var unit = ReceiptFlow.NewUnit(fixture);
        var payment = await ReceiptFlow.PaidAsync(fixture, unit);
        var settled = new PaymentSettled(payment.Id, payment.DossierId, payment.DossierCode, payment.OwnerId, payment.Amount, payment.SettledAt!.Value, "lab");
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => fixture.Service.PublishAsync(settled)));
        var view = await ReceiptFlow.SealedAsync(fixture, payment);
        var id = view.GetProperty("id").GetGuid();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => fixture.Service.PublishAsync(new ReceiptSealingDue(id, 1))));

        // What is told after them has been heard, so they have too.
        var last = await ReceiptFlow.PaidAsync(fixture, unit);
        await fixture.Service.PublishAsync(new ReceiptDue(last.Id));
        await ReceiptFlow.SealedAsync(fixture, last);

        Assert.Equal([1, 2], (await ReceiptFlow.OfUnitAsync(fixture, unit)).Select(r => r.Number!.Value));
        Assert.Single(await ReceiptFlow.OfAsync(fixture, payment.Id));
    }

    [Fact]
    public async Task A_part_given_back_lessens_the_receipt_by_one_with_its_own_number_and_the_rest_ends_it()
    {
        await using var probe = await fixture.ListenAsync("halong.receipt-adjusted.v1", "halong.receipt-cancelled.v1");
        var payment = await fixture.SettledAsync();
        var original = await ReceiptFlow.SealedAsync(fixture, payment);

        await PaidBackAsync(payment, 50_000, 150_000);
        var less = await LaterAsync(payment, 1);
        Assert.Equal(("adjusted", 100_000), (Text(less, "standing"), less.GetProperty("remaining").GetInt64()));
        var adjustment = await ReceiptFlow.SealedAsync(fixture, payment, document: less.GetProperty("later")[0].GetProperty("id").GetGuid());
        Assert.Equal(("adjustment", 50_000, "valid"), (Text(adjustment, "kind"), adjustment.GetProperty("amount").GetInt64(), Text(adjustment, "standing")));
        Assert.NotEqual(original.GetProperty("number").GetInt32(), adjustment.GetProperty("number").GetInt32());
        Assert.Equal(original.GetProperty("id").GetGuid(), adjustment.GetProperty("original").GetProperty("id").GetGuid());

        await PaidBackAsync(payment, 100_000, 100_000);
        var ended = await LaterAsync(payment, 2);
        Assert.Equal(("cancelled", 0, "adjustment cancellation"), (
            Text(ended, "standing"), ended.GetProperty("remaining").GetInt64(), string.Join(' ', ended.GetProperty("later").EnumerateArray().Select(l => Text(l, "kind")))));
        var cancellation = await ReceiptFlow.SealedAsync(fixture, payment, document: ended.GetProperty("later")[1].GetProperty("id").GetGuid());
        Assert.Equal((JsonValueKind.Null, JsonValueKind.Null, 150_000), (
            cancellation.GetProperty("number").ValueKind, cancellation.GetProperty("lookupCode").ValueKind, cancellation.GetProperty("amount").GetInt64()));
        using var file = await fixture.Citizen(payment.OwnerId).GetAsync($"/api/v1/payments/{payment.Id}/receipt.pdf?document={cancellation.GetProperty("id").GetGuid()}", Ct);
        Assert.Contains("HỦY BIÊN LAI", await PdfTools.TextOfAsync(await file.Content.ReadAsByteArrayAsync(Ct)), StringComparison.Ordinal);

        // Whoever holds the paper of the adjustment or of the receipt sees that it does not hold any more; nothing is gone.
        Assert.Equal("cancelled", Text(await (await LookUpAsync(Text(adjustment, "lookupCode")!, adjustment.GetProperty("number").GetInt32())).JsonAsync(), "standing"));
        Assert.Equal("cancelled", Text(await (await LookUpAsync(Text(original, "lookupCode")!, original.GetProperty("number").GetInt32())).JsonAsync(), "standing"));
        Assert.Equal(3, (await ReceiptFlow.OfAsync(fixture, payment.Id)).Count);
        var told = await probe.WaitAsync("paymentId", payment.Id, 2);
        Assert.Equal([50_000, 150_000], told.Select(t => t.GetProperty("amount").GetInt64()));
        Assert.All(told, t => Assert.Equal(original.GetProperty("id").GetGuid(), t.GetProperty("receiptId").GetGuid()));
    }

    [Fact]
    public async Task Everything_given_back_at_once_ends_it_without_another_number_and_told_again_once()
    {
        var unit = ReceiptFlow.NewUnit(fixture);
        var payment = await ReceiptFlow.PaidAsync(fixture, unit);
        var refund = await ReceiptFlow.RefundedAsync(fixture, payment, 150_000);
        var told = new MoneyRefunded(refund.Id, payment.Id, payment.DossierId, payment.DossierCode, payment.OwnerId, 150_000, "notEligible", refund.PaidAt!.Value);

        // The refund is heard of before the settlement: the receipt comes first all the same.
        await Task.WhenAll(fixture.Service.PublishAsync(told), fixture.Service.PublishAsync(told), fixture.Service.PublishAsync(told with { PaymentId = null }));

        await Eventually.Async(async () => (await ReceiptFlow.OfAsync(fixture, payment.Id)).Count == 2, "receipt and cancellation");
        Assert.True((await ReceiptFlow.BringUpToDateAsync(fixture, payment.Id)).IsSuccess);
        var documents = await ReceiptFlow.OfAsync(fixture, payment.Id);
        Assert.Equal([(ReceiptKind.Receipt, (int?)1), (ReceiptKind.Cancellation, null)], documents.Select(d => (d.Kind, d.Number)));
        Assert.Equal(ReceiptStanding.Cancelled, (await ReceiptFlow.PaperAsync(fixture, documents[0].Id)).Standing);
    }

    [Fact]
    public async Task Refunds_that_were_told_in_another_order_than_they_were_paid_end_the_receipt_with_the_last()
    {
        var payment = await ReceiptFlow.PaidAsync(fixture, ReceiptFlow.NewUnit(fixture));
        var first = await ReceiptFlow.RefundedAsync(fixture, payment, 50_000);
        await fixture.QueryAsync(db => db.Refunds.Where(r => r.Id == first.Id).ExecuteUpdateAsync(u => u.SetProperty(r => r.State, HaLong.Payments.Refunds.RefundState.Sent), Ct));
        await ReceiptFlow.RefundedAsync(fixture, payment, 100_000);
        await ReceiptFlow.BringUpToDateAsync(fixture, payment.Id);
        await fixture.QueryAsync(db => db.Refunds.Where(r => r.Id == first.Id).ExecuteUpdateAsync(u => u.SetProperty(r => r.State, HaLong.Payments.Refunds.RefundState.Paid), Ct));

        await ReceiptFlow.BringUpToDateAsync(fixture, payment.Id);

        Assert.Equal([ReceiptKind.Receipt, ReceiptKind.Adjustment, ReceiptKind.Cancellation], (await ReceiptFlow.OfAsync(fixture, payment.Id)).Select(d => d.Kind));
    }

    [Fact]
    public async Task What_came_over_what_was_due_and_goes_back_leaves_the_receipt_as_it_is()
    {
        var payment = await fixture.PendingAsync();
        await (await desk.DecideAsync(await desk.CaseAsync(payment, amount: 170_000), "accept")).JsonAsync();
        var refund = await fixture.QueryAsync(db => db.Refunds.AsNoTracking().SingleAsync(r => r.PaymentId == payment.Id, Ct));
        await (await desk.SendAsync(HttpMethod.Put, $"/api/v1/refunds/{refund.Id}/payee", Desk.Payee)).JsonAsync();
        await ReviewedAndPaidAsync(refund.Id);
        await fixture.Service.PublishAsync(new ReceiptDue(payment.Id));

        var view = await ReceiptFlow.SealedAsync(fixture, payment);

        Assert.True((await ReceiptFlow.BringUpToDateAsync(fixture, payment.Id)).IsSuccess);
        Assert.Equal(("valid", 150_000), (Text(view, "standing"), view.GetProperty("amount").GetInt64()));
        Assert.Single(await ReceiptFlow.OfAsync(fixture, payment.Id));
    }

    [Fact]
    public async Task Whoever_does_not_have_both_code_and_number_learns_nothing_whatever_is_wrong()
    {
        var payment = await ReceiptFlow.PaidAsync(fixture, ReceiptFlow.NewUnit(fixture));
        await ReceiptFlow.BringUpToDateAsync(fixture, payment.Id);
        var receipt = (await ReceiptFlow.OfAsync(fixture, payment.Id))[0];
        var code = receipt.LookupCode!;

        var bodies = new List<string>();
        foreach (var query in new[] { "", $"?code={code}", $"?code={code}&number=2", $"?code={code}&number=x", $"?code={code}&number=-1", $"?code={ReceiptCode.Create()}&number=1", "?code=%25&number=1", "?number=1" })
            foreach (var file in new[] { "lookup", "lookup.pdf" })
            {
                using var answer = await fixture.Anybody().GetAsync($"/api/v1/receipts/{file}{query}", Ct);
                await answer.IsProblemAsync(404, "PAY-0601");
                var problem = (await answer.Content.ReadFromJsonAsync<Dictionary<string, JsonElement>>(Ct))!;
                problem.Remove("traceId");
                bodies.Add(JsonSerializer.Serialize(problem));
            }
        Assert.Single(bodies.Distinct());
        Assert.Equal(HttpStatusCode.OK, (await fixture.Anybody().GetAsync($"/api/v1/receipts/lookup?code={ReceiptCode.Grouped(code).ToLowerInvariant()}&number={receipt.Number:00000000}", Ct)).StatusCode);
    }

    [Fact]
    public async Task The_watch_issues_what_nobody_was_told_of_and_seals_what_nobody_works_on()
    {
        var unit = ReceiptFlow.NewUnit(fixture);
        var old = fixture.Time.GetUtcNow().AddMinutes(-10);
        var payment = await ReceiptFlow.PaidAsync(fixture, unit, old);
        var refunded = await ReceiptFlow.PaidAsync(fixture, unit);
        var recent = await ReceiptFlow.PaidAsync(fixture, unit);
        var ancient = await ReceiptFlow.PaidAsync(fixture, unit, old.AddDays(-32));
        await ReceiptFlow.BringUpToDateAsync(fixture, refunded.Id);
        var refund = await ReceiptFlow.RefundedAsync(fixture, refunded, 10_000);
        await fixture.QueryAsync(db => db.Refunds.Where(r => r.Id == refund.Id).ExecuteUpdateAsync(u => u.SetProperty(r => r.PaidAt, old), Ct));
        var lost = (await ReceiptFlow.OfAsync(fixture, refunded.Id))[0];
        await Eventually.Async(async () => (await ReceiptFlow.PaperAsync(fixture, lost.Id)).SealedAt is not null, "sealed");
        await fixture.QueryAsync(db => db.Database.ExecuteSqlAsync(
            $"UPDATE receipt_paper SET state = 'issued', sealed = NULL, sealed_at = NULL, tried_at = {old} WHERE receipt_id = {lost.Id}", Ct));

        await fixture.Service.Services.GetRequiredService<ReceiptWatch>().LookAsync(Ct);

        await ReceiptFlow.SealedAsync(fixture, payment);
        await Eventually.Async(async () => (await ReceiptFlow.OfAsync(fixture, refunded.Id)).Count == 2, "the adjustment");
        await Eventually.Async(async () => (await ReceiptFlow.PaperAsync(fixture, lost.Id)).SealedAt is not null, "sealed again");
        Assert.Empty(await ReceiptFlow.OfAsync(fixture, recent.Id));
        Assert.Empty(await ReceiptFlow.OfAsync(fixture, ancient.Id));
    }

    private async Task<PaymentRequest> SealedOfUnitAsync(string unit)
    {
        var payment = await ReceiptFlow.PaidAsync(fixture, unit);
        await ReceiptFlow.BringUpToDateAsync(fixture, payment.Id);
        await ReceiptFlow.SealedAsync(fixture, payment);
        return payment;
    }

    private async Task PaidBackAsync(PaymentRequest payment, long amount, long available)
    {
        var proposed = await desk.SendAsync(
            HttpMethod.Post, "/api/v1/refunds", new { paymentId = payment.Id, amount, available, rule = "notEligible", reason = "không đủ điều kiện", payee = Desk.Payee });
        await ReviewedAndPaidAsync((await proposed.JsonAsync(201)).GetProperty("id").GetGuid());
    }

    private async Task ReviewedAndPaidAsync(Guid refund)
    {
        await (await desk.SendAsync(HttpMethod.Post, $"/api/v1/refunds/{refund}/approval", new { }, fixture.Official(Roles.Chief))).JsonAsync();
        await (await desk.SendAsync(HttpMethod.Post, $"/api/v1/refunds/{refund}/payment", new { bankReference = "FT" + refund.ToString("N")[^8..] })).JsonAsync();
    }

    /// <summary>The receipt once so many documents lessen or end it.</summary>
    private Task<JsonElement> LaterAsync(PaymentRequest payment, int count) => Eventually.ValueAsync(
        async () => await (await fixture.Citizen(payment.OwnerId).GetAsync($"/api/v1/payments/{payment.Id}/receipt", Ct)).JsonAsync(),
        v => v.GetProperty("later").GetArrayLength() == count, $"{count} later documents");

    private Task<HttpResponseMessage> LookUpAsync(string code, int number, string file = "lookup") =>
        fixture.Anybody().GetAsync($"/api/v1/receipts/{file}?code={code}&number={number}", Ct);

    private static string? Text(JsonElement of, string property) => of.GetProperty(property).GetString();
}
