using System.Text.Json;
using HaLong.ServiceDefaults;

namespace HaLong.Payments.Tests.Features;

public sealed class ListBankNoticesTests(PaymentFixture fixture) : IClassFixture<PaymentFixture>
{
    private const string Url = "/api/v1/bank-notices";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_cashier_sees_what_paid_nothing_and_why()
    {
        var payment = await fixture.PendingAsync();
        var eventId = PaymentFixture.NewEventId();
        await fixture.NotifyAsync(PaymentFixture.Body(payment, eventId, amount: 7_000));
        await fixture.DecidedAsync(eventId);

        var page = await GetAsync("?state=mismatched&limit=100");

        var notice = page.GetProperty("items").EnumerateArray().Single(n => n.GetProperty("eventId").GetString() == eventId);
        Assert.Equal(("mismatched", "wrongAmount"), (notice.GetProperty("state").GetString(), notice.GetProperty("reason").GetString()));
        Assert.Equal((7_000, payment.Id), (notice.GetProperty("amount").GetInt64(), notice.GetProperty("paymentId").GetGuid()));
        Assert.Equal(payment.Reference, notice.GetProperty("remittance").GetString());
    }

    [Fact]
    public async Task Pages_hold_every_notice_once_newest_first()
    {
        var payment = await fixture.PendingAsync();
        var events = new List<string>();
        for (var i = 0; i < 7; i++)
        {
            events.Add(PaymentFixture.NewEventId());
            await fixture.NotifyAsync(PaymentFixture.Body(payment, events[^1], remittance: "nothing we know"));
        }

        foreach (var e in events)
            await fixture.DecidedAsync(e);

        var seen = new List<string>();
        string? after = null;
        do
        {
            var page = await GetAsync("?state=mismatched&limit=3" + (after is null ? "" : "&after=" + after));
            Assert.InRange(page.GetProperty("items").GetArrayLength(), 1, 3);
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(n => n.GetProperty("eventId").GetString() ?? ""));
            after = page.GetProperty("after").GetString();
        }
        while (after is not null);

        Assert.Equal(seen.Distinct(), seen);
        Assert.Equal(Enumerable.Reverse(events), seen.Where(events.Contains));
    }

    [Fact]
    public async Task The_state_filters()
    {
        var payment = await fixture.SettledAsync();

        var settled = await GetAsync("?state=settled&limit=100");
        var mismatched = await GetAsync("?state=mismatched&limit=100");
        var all = await GetAsync("?limit=100");

        Assert.Contains(settled.GetProperty("items").EnumerateArray(), n => Of(n) == payment.Id);
        Assert.DoesNotContain(mismatched.GetProperty("items").EnumerateArray(), n => Of(n) == payment.Id);
        Assert.Contains(all.GetProperty("items").EnumerateArray(), n => Of(n) == payment.Id);
        Assert.All(settled.GetProperty("items").EnumerateArray(), n => Assert.Equal(JsonValueKind.Null, n.GetProperty("reason").ValueKind));
    }

    [Theory]
    [InlineData("?state=paid", "PAY-0010")]
    [InlineData("?state=", "PAY-0010")]
    [InlineData("?after=%21%21", "CMN-0400")]
    [InlineData("?after=WyJ4Il0", "CMN-0400")]
    [InlineData("?limit=0", "CMN-0400")]
    [InlineData("?limit=101", "CMN-0400")]
    public async Task A_wrong_question_is_refused(string query, string code) =>
        await (await fixture.Official(Roles.Cashier).GetAsync(Url + query, Ct)).IsProblemAsync(400, code);

    [Theory]
    [InlineData(Roles.Citizen)]
    [InlineData(Roles.Officer)]
    [InlineData(Roles.Leader)]
    public async Task Only_cashiers_see_notices(string role) =>
        await (await fixture.Official(role).GetAsync(Url, Ct)).IsProblemAsync(403, "CMN-0403");

    [Fact]
    public async Task Without_a_token_there_is_nothing_to_see() =>
        await (await fixture.Anybody().GetAsync(Url, Ct)).IsProblemAsync(401, "CMN-0401");

    private static Guid? Of(JsonElement notice) =>
        notice.GetProperty("paymentId").ValueKind == JsonValueKind.Null ? null : notice.GetProperty("paymentId").GetGuid();

    private async Task<JsonElement> GetAsync(string query) =>
        await (await fixture.Official(Roles.Cashier).GetAsync(Url + query, Ct)).JsonAsync();
}
