using System.Net.Http.Json;
using System.Text.Json;
using HaLong.Payments.Domain;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Payments.Tests.Cash;

/// <summary>What a cashier does at the counter.</summary>
internal sealed class Counter(PaymentFixture fixture)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public HttpClient Cashier { get; } = fixture.Official(Roles.Cashier);

    public HttpClient Leader { get; } = fixture.Official(Roles.Leader);

    /// <summary>An open shift with 100,000 đồng of change.</summary>
    public async Task<Guid> OpenAsync(HttpClient? client = null, string? till = null) =>
        (await (await TryOpenAsync(client, till)).JsonAsync(201)).GetProperty("id").GetGuid();

    public Task<HttpResponseMessage> TryOpenAsync(HttpClient? client = null, string? till = null, object? denominations = null, string? key = null) => PostAsync(
        "/api/v1/till-shifts", new { till = till ?? Guid.CreateVersion7().ToString("N")[^12..], denominations = denominations ?? Pieces(("50000", 1), ("10000", 5)) }, client, key: key);

    public Task<HttpResponseMessage> TakeAsync(PaymentRequest payment, long? amount = null, long? handed = null, HttpClient? client = null, string? ifMatch = null, string? key = null) =>
        PostAsync($"/api/v1/payments/{payment.Id}/cash", new { amount = amount ?? payment.Remaining, handed = handed ?? amount ?? payment.Remaining }, client, ifMatch, key);

    public Task<HttpResponseMessage> CountAsync(Guid shift, object denominations, string? reason = null, HttpClient? client = null) =>
        PostAsync($"/api/v1/till-shifts/{shift}/count", new { denominations, reason }, client);

    public Task<HttpResponseMessage> ConfirmAsync(Guid shift, HttpClient? client = null) => PostAsync($"/api/v1/till-shifts/{shift}/confirmation", new { }, client ?? Leader);

    public Task<HttpResponseMessage> DepositAsync(Guid shift, long amount, string slip = "GNT-1", string? day = null, HttpClient? client = null) =>
        PostAsync($"/api/v1/till-shifts/{shift}/deposit", new { amount, slip, depositedOn = day }, client);

    public async Task<JsonElement> GetAsync(string path, HttpClient? client = null) => await (await (client ?? Cashier).GetAsync("/api/v1/till-shifts/" + path, Ct)).JsonAsync();

    /// <summary>A closed shift that took 150,000 đồng from one request.</summary>
    public async Task<JsonElement> ClosedAsync(PaymentRequest payment)
    {
        var shift = await OpenAsync();
        await (await TakeAsync(payment)).JsonAsync(201);
        await (await CountAsync(shift, Pieces(("200000", 1), ("50000", 1)))).JsonAsync();
        return await (await ConfirmAsync(shift)).JsonAsync();
    }

    public static Dictionary<string, int> Pieces(params (string Value, int Pieces)[] counted) => counted.ToDictionary(c => c.Value, c => c.Pieces);

    public async Task<HttpResponseMessage> PostAsync(string url, object body, HttpClient? client = null, string? ifMatch = null, string? key = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = JsonContent.Create(body) };
        request.Headers.Add("Idempotency-Key", key ?? Guid.CreateVersion7().ToString("N"));
        if (ifMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        return await (client ?? Cashier).SendAsync(request, Ct);
    }

    /// <summary>What the bookings about a shift, or of its till, leave by account without the numbers; balanced.</summary>
    public async Task<Dictionary<string, long>> BooksAsync(Guid shift)
    {
        var till = $":{shift:N}";
        var lines = await fixture.QueryAsync(db => db.Journal.AsNoTracking()
            .Where(e => e.SourceId == shift || e.Lines.Any(l => EF.Functions.Like(l.Account, "%" + till))).SelectMany(e => e.Lines).ToListAsync(Ct));
        Assert.Equal(0, lines.Sum(l => l.Amount));
        return lines.GroupBy(l => l.Account.Split(':')[0]).Select(g => (g.Key, Sum: g.Sum(l => l.Amount))).Where(g => g.Sum != 0).ToDictionary(g => g.Key, g => g.Sum);
    }
}
