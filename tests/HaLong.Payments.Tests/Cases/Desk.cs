using System.Net.Http.Json;
using System.Text.Json;
using HaLong.Payments.Cases;
using HaLong.Payments.Domain;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Payments.Tests.Cases;

/// <summary>What a cashier does at the desk for money that does not fit.</summary>
internal sealed class Desk(PaymentFixture fixture)
{
    public static readonly object Payee = new { bin = "970422", account = "0123456789", name = "Nguyễn Văn Ánh" };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public HttpClient Cashier { get; } = fixture.Official(Roles.Cashier);

    /// <summary>Money comes, and a case of it.</summary>
    public async Task<MoneyCase> CaseAsync(PaymentRequest payment, long? amount = null, string? remittance = null, string? account = null, DateTimeOffset? bookedAt = null)
    {
        var eventId = PaymentFixture.NewEventId();
        (await fixture.NotifyAsync(PaymentFixture.Body(payment, eventId, amount, remittance, account, bookedAt))).EnsureSuccessStatusCode();
        var notice = await fixture.DecidedAsync(eventId);
        Assert.Equal(NoticeState.Mismatched, notice.State);
        return await fixture.QueryAsync(db => db.Cases.AsNoTracking().SingleAsync(c => c.NoticeId == notice.NoticeId));
    }

    public Task<MoneyCase> ReloadAsync(MoneyCase of) => fixture.QueryAsync(db => db.Cases.AsNoTracking().SingleAsync(c => c.Id == of.Id));

    public Task<HttpResponseMessage> DecideAsync(
        MoneyCase of, string decision, Guid? paymentId = null, string? evidence = null, object? payee = null, HttpClient? client = null, string? ifMatch = null, string? key = null) =>
        SendAsync(HttpMethod.Post, $"/api/v1/money-cases/{of.Id}/decision", new { decision, paymentId, reason = "vì sao", evidence, payee }, client, ifMatch, key);

    public Task<HttpResponseMessage> ClaimAsync(MoneyCase of, HttpClient? client = null) => SendAsync(HttpMethod.Post, $"/api/v1/money-cases/{of.Id}/claim", new { }, client);

    public async Task<JsonElement> ListAsync(string query = "", HttpClient? client = null) =>
        await (await (client ?? Cashier).GetAsync("/api/v1/money-cases" + query, Ct)).JsonAsync();

    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string url, object body, HttpClient? client = null, string? ifMatch = null, string? key = null)
    {
        var request = new HttpRequestMessage(method, url) { Content = JsonContent.Create(body) };
        request.Headers.Add("Idempotency-Key", key ?? Guid.CreateVersion7().ToString("N"));
        if (ifMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        return (client ?? Cashier).SendAsync(request, Ct);
    }

    /// <summary>What the ledger has of a payment, by account without the collecting account's number.</summary>
    public async Task<Dictionary<string, long>> BooksAsync(PaymentRequest payment)
    {
        var lines = await fixture.QueryAsync(db => db.Journal.AsNoTracking().Where(e => e.PaymentId == payment.Id).SelectMany(e => e.Lines).ToListAsync(Ct));
        Assert.Equal(0, lines.Sum(l => l.Amount));
        return lines.GroupBy(l => l.Account.Split(':')[0]).Select(g => (g.Key, Sum: g.Sum(l => l.Amount))).Where(g => g.Sum != 0).ToDictionary(g => g.Key, g => g.Sum);
    }
}
