using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using HaLong.Payments.Domain;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Payments.Tests.Reconciliation;

/// <summary>Files from banks and providers, and what a cashier does with them. Each test takes days of its own, far apart.</summary>
internal sealed class Imports(PaymentFixture fixture)
{
    public const string Scope = "970436:0011000000001";
    private static int days;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public HttpClient Cashier { get; } = fixture.Official(Roles.Cashier);

    public DateOnly Day { get; } = new DateOnly(2025, 1, 10).AddDays(10 * Interlocked.Increment(ref days));

    public static string Iso(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);

    /// <summary>A statement whose balances fit: positive amounts came, negative went.</summary>
    public string Statement(params (string Reference, long Amount, string Text)[] entries) => StatementOf(Day, entries);

    public static string StatementOf(DateOnly day, params (string Reference, long Amount, string Text)[] entries)
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"account,970436,0011000000001,VND,{Iso(day)},{Iso(day)},1000,{1000 + entries.Sum(e => e.Amount)}\n");
        text.Append("booked_on,bank_reference,credit,debit,reversal,text\n");
        foreach (var (reference, amount, remittance) in entries)
            text.Append(CultureInfo.InvariantCulture, $"{Iso(day)},{reference},{(amount > 0 ? amount : "")},{(amount < 0 ? -amount : "")},,\"{remittance}\"\n");
        return text.ToString();
    }

    public string Report(params (string Id, long Amount, string Text)[] entries)
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"provider,lab,{Iso(Day)},{Iso(Day)},{entries.Length},{entries.Sum(e => e.Amount)}\nbooked_on,transaction_id,amount,text\n");
        foreach (var (id, amount, remittance) in entries)
            text.Append(CultureInfo.InvariantCulture, $"{Iso(Day)},{id},{amount},{remittance}\n");
        return text.ToString();
    }

    public async Task<HttpResponseMessage> ImportAsync(string content, string type = "text/csv", string query = "?provider=lab", HttpClient? client = null, string path = "statements", string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/{path}{query}") { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(content)) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(type);
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        return await (client ?? Cashier).SendAsync(request, Ct);
    }

    public async Task<HttpResponseMessage> TryRunAsync(object? day = null, HttpClient? client = null) =>
        await new Cash.Counter(fixture).PostAsync("/api/v1/reconciliations", new { day = day ?? Iso(Day) }, client ?? Cashier);

    public async Task<JsonElement> RunAsync(int status = 201) => await (await TryRunAsync()).JsonAsync(status);

    /// <summary>Lines by the bank's number.</summary>
    public async Task<Dictionary<string, JsonElement>> LinesAsync(JsonElement run, string query = "", HttpClient? client = null)
    {
        var page = await (await (client ?? Cashier).GetAsync($"/api/v1/reconciliations/{run.GetProperty("id").GetGuid()}/lines?limit=100{query}", Ct)).JsonAsync();
        return page.GetProperty("items").EnumerateArray().ToDictionary(l => l.GetProperty("bankReference").GetString() ?? l.GetProperty("reference").GetString()!);
    }

    public static string Result(JsonElement line) => line.GetProperty("result").GetString()!;

    /// <summary>A request that the bank's notice of the day paid, or did not.</summary>
    public async Task<(PaymentRequest Payment, string EventId)> ToldAsync(long? amount = null, PaymentRequest? payment = null, string? remittance = null, DateOnly? day = null)
    {
        var (of, eventId) = (payment ?? await fixture.PendingAsync(), PaymentFixture.NewEventId());
        (await fixture.NotifyAsync(PaymentFixture.Body(of, eventId, amount, remittance, bookedAt: LocalTime.Instant(day ?? Day, new TimeOnly(10, 0))))).EnsureSuccessStatusCode();
        await fixture.DecidedAsync(eventId);
        return (of, eventId);
    }

    public Task<Payments.Cases.MoneyCase?> CaseAsync(string bankReference) => fixture.QueryAsync(db =>
        (from c in db.Cases join n in db.Notices on c.NoticeId equals n.Id where n.EventId == bankReference select c).AsNoTracking().SingleOrDefaultAsync(Ct));
}
