using HaLong.ServiceDefaults;

namespace HaLong.Payments.Tests.Cash;

/// <summary>Who may do what at the tills, asked for every operation.</summary>
[Collection(AtTheCounter.Name)]
public sealed class TillAccessTests(PaymentFixture fixture)
{
    private readonly Counter counter = new(fixture);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string, object> Changes => new()
    {
        { "count", new { denominations = new { } } },
        { "confirmation", new { } },
        { "return", new { note = "x" } },
        { "deposit", new { amount = 1, slip = "1" } },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task Nobody_without_a_role_at_the_till_changes_a_shift(string operation, object body)
    {
        var shift = await counter.OpenAsync(fixture.Official(Roles.Cashier));
        var url = $"/api/v1/till-shifts/{shift}/{operation}";

        await (await counter.PostAsync(url, body, fixture.Anybody())).IsProblemAsync(401, "CMN-0401");
        await (await counter.PostAsync(url, body, fixture.Citizen(Guid.CreateVersion7()))).IsProblemAsync(403, "CMN-0403");
        foreach (var role in new[] { Roles.Officer, Roles.Reception, Roles.Approver, Roles.Auditor, Roles.Administrator })
            Assert.Equal(403, (int)(await counter.PostAsync(url, body, fixture.Official(role))).StatusCode);
        Assert.Equal("open", (await counter.GetAsync(shift.ToString())).GetProperty("state").GetString());
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task Another_unit_does_not_know_the_shift(string operation, object body)
    {
        var shift = await counter.OpenAsync(fixture.Official(Roles.Cashier));
        var elsewhere = fixture.Official(Roles.Cashier, PaymentFixture.UnitWithAccount);

        await (await counter.PostAsync($"/api/v1/till-shifts/{shift}/{operation}", body, elsewhere)).IsProblemAsync(404, "PAY-0701");
        await (await counter.PostAsync($"/api/v1/till-shifts/{Guid.CreateVersion7()}/{operation}", body)).IsProblemAsync(404, "PAY-0701");
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task A_stale_revision_changes_nothing(string operation, object body)
    {
        var shift = await counter.OpenAsync(fixture.Official(Roles.Cashier));
        await (await counter.PostAsync($"/api/v1/till-shifts/{shift}/{operation}", body, ifMatch: "\"1\"")).IsProblemAsync(412, "CMN-0412");
    }

    [Fact]
    public async Task The_revision_that_was_read_is_the_one_to_change()
    {
        var cashier = fixture.Official(Roles.Cashier);
        var shift = await counter.OpenAsync(cashier);
        var read = await cashier.GetAsync($"/api/v1/till-shifts/{shift}", Ct);
        var counted = await counter.PostAsync(
            $"/api/v1/till-shifts/{shift}/count", new { denominations = Counter.Pieces(("100000", 1)) }, cashier, read.Headers.ETag!.Tag);
        await counted.JsonAsync();
        Assert.NotEqual(read.Headers.ETag!.Tag, counted.Headers.ETag!.Tag);
        await (await counter.PostAsync($"/api/v1/till-shifts/{shift}/confirmation", new { }, counter.Leader, counted.Headers.ETag!.Tag)).JsonAsync();
    }

    [Fact]
    public async Task The_same_key_counts_confirms_and_deposits_once()
    {
        var payment = await fixture.PendingAsync();
        var shift = await counter.OpenAsync();
        await (await counter.TakeAsync(payment)).JsonAsync(201);
        var count = new { denominations = Counter.Pieces(("200000", 1), ("50000", 1)) };
        for (var i = 0; i < 2; i++)
            Assert.Equal("counted", (await (await counter.PostAsync($"/api/v1/till-shifts/{shift}/count", count, key: "count-once")).JsonAsync()).GetProperty("state").GetString());
        for (var i = 0; i < 2; i++)
            Assert.Equal("closed", (await (await counter.PostAsync($"/api/v1/till-shifts/{shift}/confirmation", new { }, counter.Leader, key: "confirm-once")).JsonAsync()).GetProperty("state").GetString());
        for (var i = 0; i < 2; i++)
            Assert.Equal("G1", (await (await counter.PostAsync($"/api/v1/till-shifts/{shift}/deposit", new { amount = 150_000, slip = "G1" }, key: "deposit-once")).JsonAsync()).GetProperty("slip").GetString());
        Assert.Equal(2, (await counter.GetAsync($"{shift}/report")).GetProperty("counts").GetArrayLength());
    }

    [Fact]
    public async Task Reasons_and_notes_have_an_end()
    {
        var shift = await counter.OpenAsync();
        var text = new string('x', 1001);
        await (await counter.CountAsync(shift, Counter.Pieces(("100000", 2)), text)).IsProblemAsync(400, "PAY-0708");
        await (await counter.CountAsync(shift, Counter.Pieces(("100000", 2)), "thừa")).JsonAsync();
        await (await counter.PostAsync($"/api/v1/till-shifts/{shift}/return", new { note = text }, counter.Leader)).IsProblemAsync(400, "PAY-0708");
        await (await counter.PostAsync($"/api/v1/till-shifts/{shift}/confirmation", new { note = text }, counter.Leader)).IsProblemAsync(400, "PAY-0708");
        await (await counter.CountAsync(shift, Counter.Pieces(("300", 1)))).IsProblemAsync(400, "PAY-0708");
    }
}
