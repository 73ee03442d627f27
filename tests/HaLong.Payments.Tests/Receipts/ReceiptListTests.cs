using System.Text.Json;
using HaLong.ServiceDefaults;

namespace HaLong.Payments.Tests.Receipts;

/// <summary>The cashier's list.</summary>
[Collection("receipts")]
public sealed class ReceiptListTests(PaymentFixture fixture)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Receipts_of_the_unit_are_listed_newest_first_by_what_is_asked_for()
    {
        var unit = ReceiptFlow.NewUnit(fixture);
        var before = await ReceiptFlow.PaidAsync(fixture, unit, new DateTimeOffset(2026, 6, 1, 0, 0, 0, TimeSpan.Zero));
        var after = await ReceiptFlow.PaidAsync(fixture, unit, new DateTimeOffset(2027, 1, 5, 0, 0, 0, TimeSpan.Zero));
        var lessened = await ReceiptFlow.PaidAsync(fixture, unit, new DateTimeOffset(2026, 6, 2, 0, 0, 0, TimeSpan.Zero));
        foreach (var payment in new[] { before, after, lessened })
            await ReceiptFlow.BringUpToDateAsync(fixture, payment.Id);
        await ReceiptFlow.RefundedAsync(fixture, lessened, 50_000);
        await ReceiptFlow.BringUpToDateAsync(fixture, lessened.Id);
        foreach (var payment in new[] { before, after, lessened })
            await ReceiptFlow.SealedAsync(fixture, payment);

        Assert.Equal([lessened.Id, lessened.Id, after.Id, before.Id], Payments(await ListAsync(unit, "")));
        Assert.Equal([after.Id], Payments(await ListAsync(unit, "?year=2027")));
        Assert.Equal([after.Id], Payments(await ListAsync(unit, "?series=22T27E")));
        Assert.Equal([lessened.Id, after.Id, before.Id], Payments(await ListAsync(unit, "?kind=receipt")));
        Assert.Equal([lessened.Id], Payments(await ListAsync(unit, "?standing=adjusted")));
        Assert.Equal([lessened.Id, before.Id], Payments(await ListAsync(unit, "?series=22T26E&year=2026&kind=receipt&state=sealed")));
        Assert.Empty(Payments(await ListAsync(unit, "?standing=cancelled")));
        Assert.Empty(Payments(await ListAsync(ReceiptFlow.NewUnit(fixture), "")));

        var pages = new List<Guid>();
        for (string? cursor = ""; cursor is not null;)
        {
            var page = await ListAsync(unit, "?limit=3" + (cursor.Length > 0 ? "&after=" + Uri.EscapeDataString(cursor) : ""));
            pages.AddRange(Payments(page));
            cursor = page.GetProperty("after").GetString();
        }
        Assert.Equal([lessened.Id, lessened.Id, after.Id, before.Id], pages);
    }

    [Fact]
    public async Task A_receipt_without_its_seal_is_found_by_its_state()
    {
        var unit = ReceiptFlow.NewUnit(fixture);
        fixture.Signer.Down = true;
        try
        {
            var payment = await ReceiptFlow.PaidAsync(fixture, unit);
            await ReceiptFlow.BringUpToDateAsync(fixture, payment.Id);
            Assert.Equal([payment.Id], Payments(await ListAsync(unit, "?state=issued")));
            Assert.Empty(Payments(await ListAsync(unit, "?state=sealed")));
        }
        finally
        {
            fixture.Signer.Down = false;
        }
    }

    [Theory]
    [InlineData("?state=lost", "PAY-0604")]
    [InlineData("?standing=lost", "PAY-0604")]
    [InlineData("?kind=lost", "PAY-0604")]
    [InlineData("?year=1999", "PAY-0604")]
    [InlineData("?limit=0", "CMN-0400")]
    [InlineData("?after=x", "CMN-0400")]
    public async Task What_cannot_be_asked_is_refused(string query, string code) =>
        await (await fixture.Official(Roles.Cashier).GetAsync("/api/v1/receipts" + query, Ct)).IsProblemAsync(400, code);

    [Theory]
    [InlineData(Roles.Reception)]
    [InlineData(Roles.Auditor)]
    [InlineData(Roles.Citizen)]
    public async Task Others_than_cashiers_have_no_list(string role) =>
        await (await fixture.Official(role).GetAsync("/api/v1/receipts", Ct)).IsProblemAsync(403, "CMN-0403");

    private static IEnumerable<Guid> Payments(JsonElement page) => page.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("paymentId").GetGuid());

    private async Task<JsonElement> ListAsync(string unit, string query) => await (await fixture.Official(Roles.Cashier, unit).GetAsync("/api/v1/receipts" + query, Ct)).JsonAsync();
}
