using System.Text.Json;
using HaLong.Payments.Contracts.Events;
using MassTransit;

namespace HaLong.Payments.Tests.Contracts;

/// <summary>What neighbours rely on. Changing an expectation here changes a contract.</summary>
public sealed class PaymentContractTests(PaymentFixture fixture) : IClassFixture<PaymentFixture>
{
    private static readonly Guid Id = Guid.Parse("0198c0de-0000-7000-8000-000000000001");
    private static readonly DateTimeOffset At = new(2026, 11, 20, 3, 0, 0, TimeSpan.Zero);

    public static TheoryData<string, object, string> Events => new()
    {
        {
            "halong.payment-requested.v1",
            new PaymentRequested(Id, Id, "H49-1", Id, 150_000, At, "HLQ7K3M9XW2P", At) { Moment = "demand-1" },
            "paymentId dossierId dossierCode ownerId amount occurredAt reference expiresAt moment"
        },
        {
            "halong.payment-settled.v1",
            new PaymentSettled(Id, Id, "H49-1", Id, 150_000, At, "lab") { Moment = "atFiling" },
            "paymentId dossierId dossierCode ownerId amount occurredAt provider moment"
        },
        {
            "halong.payment-mismatched.v1",
            new PaymentMismatched(Id, "lab", "wrongAmount", 150_000, At),
            "noticeId provider reason amount occurredAt"
        },
        {
            "halong.payment-expired.v1",
            new PaymentExpired(Id, Id, "H49-1", Id, 150_000, At) { Moment = "demand-2" },
            "paymentId dossierId dossierCode ownerId amount occurredAt moment"
        },
        {
            "halong.payment-cancelled.v1",
            new PaymentCancelled(Id, Id, "H49-1", Id, 150_000, "withdrawn", At) { Moment = "atFiling" },
            "paymentId dossierId dossierCode ownerId amount reason occurredAt moment"
        },
        {
            "halong.payment-state-changed.v1",
            new PaymentStateChanged(Id, Id, 2, "pending", "settle", "settled", "atFiling", At),
            "paymentId dossierId sequence from step to moment occurredAt"
        },
        {
            "halong.money-case-opened.v1",
            new MoneyCaseOpened(Id, Id, Id, "H49-1", Id, "partial", 50_000, At, At),
            "caseId paymentId dossierId dossierCode ownerId kind amount dueAt occurredAt"
        },
        {
            "halong.money-case-closed.v1",
            new MoneyCaseClosed(Id, Id, Id, "H49-1", Id, "partial", "askRest", 50_000, 100_000, At, At),
            "caseId paymentId dossierId dossierCode ownerId kind decision amount rest payUntil occurredAt"
        },
        {
            "halong.money-refunded.v1",
            new MoneyRefunded(Id, Id, Id, "H49-1", Id, 50_000, "over", At),
            "refundId paymentId dossierId dossierCode ownerId amount rule occurredAt"
        },
        {
            "halong.receipt-issued.v1",
            new ReceiptIssued(Id, Id, Id, "H49-1", Id, "01BLP0/001", "22AA-26E", 7, 2026, 150_000, At),
            "receiptId paymentId dossierId dossierCode ownerId form symbol number year amount occurredAt"
        },
        {
            "halong.receipt-adjusted.v1",
            new ReceiptAdjusted(Id, Id, Id, Id, Id, "H49-1", Id, "01BLP0/001", "22AA-26E", 8, 2026, 50_000, At),
            "receiptId adjustmentId refundId paymentId dossierId dossierCode ownerId form symbol number year amount occurredAt"
        },
        {
            "halong.receipt-cancelled.v1",
            new ReceiptCancelled(Id, Id, Id, Id, Id, "H49-1", Id, 150_000, At),
            "receiptId cancellationId refundId paymentId dossierId dossierCode ownerId amount occurredAt"
        },
        { "halong.payment.bank-notice-received.v1", new BankNoticeReceived(Id, At), "noticeId occurredAt" },
    };

    [Theory]
    [MemberData(nameof(Events))]
    public void An_event_keeps_its_wire_name_and_fields(string name, object message, string fields)
    {
        var type = message.GetType();
        Assert.Equal(name, type.GetCustomAttributes(false).OfType<EntityNameAttribute>().Single().EntityName);
        Assert.Equal("urn:message:" + name, type.GetCustomAttributes(false).OfType<MessageUrnAttribute>().Single().Urn.ToString());

        var json = JsonSerializer.SerializeToElement(message, type, JsonSerializerOptions.Web);

        Assert.Equal(fields.Split(' '), json.EnumerateObject().Select(p => p.Name));
        Assert.Equal(message, json.Deserialize(type, JsonSerializerOptions.Web));
    }

    [Fact]
    public void A_waiver_keeps_its_wire_name_and_fields()
    {
        var waived = new PaymentWaived(Id, "H49-1", Id, "atFiling", 20_000, [new WaivedLine("lePhi", "Lệ phí", 20_000, "RULE", "vì", "why")], At);
        Assert.Equal("halong.payment-waived.v1", typeof(PaymentWaived).GetCustomAttributes(false).OfType<EntityNameAttribute>().Single().EntityName);
        Assert.Equal("urn:message:halong.payment-waived.v1", typeof(PaymentWaived).GetCustomAttributes(false).OfType<MessageUrnAttribute>().Single().Urn.ToString());

        var json = JsonSerializer.SerializeToElement(waived, JsonSerializerOptions.Web);

        Assert.Equal("dossierId dossierCode ownerId moment fullAmount lines occurredAt".Split(' '), json.EnumerateObject().Select(p => p.Name));
        Assert.Equal("kind nameVi fullAmount rule explanationVi explanationEn".Split(' '), json.GetProperty("lines")[0].EnumerateObject().Select(p => p.Name));
        Assert.Equivalent(waived, json.Deserialize<PaymentWaived>(JsonSerializerOptions.Web), strict: true);
    }

    [Fact]
    public async Task The_open_api_document_lists_every_operation_with_a_summary()
    {
        using var response = await fixture.Anybody().GetAsync("/openapi/v1.json", TestContext.Current.CancellationToken);

        var document = await response.JsonAsync();
        var operations = document.GetProperty("paths").EnumerateObject()
            .SelectMany(p => p.Value.EnumerateObject().Select(o => (Path: $"{o.Name.ToUpperInvariant()} {p.Name}", o.Value)))
            .ToList();
        Assert.Equal(
            [
                "GET /api/v1/admin/evidence/payment/verification",
                "GET /api/v1/bank-notices",
                "GET /api/v1/beneficiaries/{unit}/poster.pdf",
                "GET /api/v1/beneficiaries/{unit}/poster.svg",
                "GET /api/v1/ledger/accounts",
                "GET /api/v1/ledger/accounts/{account}/bookings",
                "GET /api/v1/ledger/closes",
                "GET /api/v1/ledger/verification",
                "GET /api/v1/money-cases",
                "GET /api/v1/payments",
                "GET /api/v1/payments/{id}",
                "GET /api/v1/payments/{id}/provider-bill.pdf",
                "GET /api/v1/payments/{id}/qr.png",
                "GET /api/v1/payments/{id}/qr.svg",
                "GET /api/v1/payments/{id}/receipt",
                "GET /api/v1/payments/{id}/receipt.pdf",
                "GET /api/v1/payouts/{id}",
                "GET /api/v1/receipts",
                "GET /api/v1/receipts/lookup",
                "GET /api/v1/receipts/lookup.pdf",
                "GET /api/v1/receipts/verification",
                "GET /api/v1/reconciliations",
                "GET /api/v1/reconciliations/{id}",
                "GET /api/v1/reconciliations/{id}/lines",
                "GET /api/v1/reconciliations/{id}/lines.csv",
                "GET /api/v1/refunds",
                "GET /api/v1/statements",
                "GET /api/v1/till-shifts",
                "GET /api/v1/till-shifts/{id}",
                "GET /api/v1/till-shifts/{id}/report",
                "GET /api/v1/till-shifts/{id}/report.csv",
                "POST /api/v1/ledger/closes",
                "POST /api/v1/money-cases/{id}/claim",
                "POST /api/v1/money-cases/{id}/decision",
                "POST /api/v1/payments/{id}/attempts",
                "POST /api/v1/payments/{id}/cash",
                "POST /api/v1/payouts",
                "POST /api/v1/provider-reports",
                "POST /api/v1/reconciliations",
                "POST /api/v1/reconciliations/{id}/lines/{number}/explanation",
                "POST /api/v1/refunds",
                "POST /api/v1/refunds/{id}/approval",
                "POST /api/v1/refunds/{id}/payment",
                "POST /api/v1/refunds/{id}/rejection",
                "POST /api/v1/refunds/{id}/return",
                "POST /api/v1/statements",
                "POST /api/v1/till-shifts",
                "POST /api/v1/till-shifts/{id}/confirmation",
                "POST /api/v1/till-shifts/{id}/count",
                "POST /api/v1/till-shifts/{id}/deposit",
                "POST /api/v1/till-shifts/{id}/return",
                "POST /hooks/bank/{provider}",
                "POST /hooks/portal-payment",
                "PUT /api/v1/refunds/{id}/payee",
            ],
            operations.Select(o => o.Path).Order(StringComparer.Ordinal));
        Assert.All(operations, o => Assert.False(string.IsNullOrEmpty(o.Value.GetProperty("summary").GetString())));
    }
}
