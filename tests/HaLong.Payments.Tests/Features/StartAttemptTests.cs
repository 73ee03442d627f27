using System.Net;
using HaLong.Payments.VietQr;
using HaLong.ServiceDefaults;

namespace HaLong.Payments.Tests.Features;

public sealed class StartAttemptTests(PaymentFixture fixture) : IClassFixture<PaymentFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_attempt_returns_a_code_for_this_request()
    {
        var payment = await fixture.PendingAsync();

        using var response = await PaymentFixture.AttemptAsync(fixture.Citizen(payment.OwnerId), payment.Id, Key(), Etag.Of(payment.Version));

        var attempt = await response.JsonAsync(201);
        Assert.Equal($"/api/v1/payments/{payment.Id}", response.Headers.Location?.OriginalString);
        Assert.Equal(payment.Reference, attempt.GetProperty("reference").GetString());
        Assert.Equal(payment.Amount, attempt.GetProperty("amount").GetInt64());
        Assert.Equal(payment.ExpiresAt, attempt.GetProperty("expiresAt").GetDateTimeOffset());
        Assert.Null(VietQrDecoder.TryDecode(attempt.GetProperty("payload").GetString() ?? "", out var code));
        Assert.NotNull(code);
        Assert.Equal((Initiation.Dynamic, TransferTarget.Account), (code.Initiation, code.Target));
        Assert.Equal((payment.Beneficiary.Bin, payment.Beneficiary.Account, "150000"), (code.Bin, code.Account, code.Amount));
        Assert.Equal((payment.Reference, payment.Reference), (code.AdditionalData?.BillNumber, code.AdditionalData?.Purpose));

        var stored = await fixture.ReloadAsync(payment);
        Assert.Equal(attempt.GetProperty("id").GetGuid(), Assert.Single(stored.Attempts).Id);
        Assert.Equal(Etag.Of(stored.Version), response.Headers.ETag?.ToString());
    }

    [Fact]
    public async Task A_second_attempt_has_the_same_reference()
    {
        var payment = await fixture.PendingAsync();
        var owner = fixture.Citizen(payment.OwnerId);

        var first = await (await PaymentFixture.AttemptAsync(owner, payment.Id, Key())).JsonAsync(201);
        var second = await (await PaymentFixture.AttemptAsync(owner, payment.Id, Key())).JsonAsync(201);

        Assert.NotEqual(first.GetProperty("id").GetGuid(), second.GetProperty("id").GetGuid());
        Assert.Equal(first.GetProperty("payload").GetString(), second.GetProperty("payload").GetString());
        Assert.Equal(2, (await fixture.ReloadAsync(payment)).Attempts.Count);
    }

    [Fact]
    public async Task The_same_key_again_gives_the_first_answer_and_no_second_attempt()
    {
        var payment = await fixture.PendingAsync();
        var owner = fixture.Citizen(payment.OwnerId);
        var key = Key();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => PaymentFixture.AttemptAsync(owner, payment.Id, key)));

        var bodies = await Task.WhenAll(answers.Select(a => a.Content.ReadAsStringAsync(Ct)));
        Assert.All(answers, a => Assert.Equal(HttpStatusCode.Created, a.StatusCode));
        Assert.Single(bodies.Distinct());
        Assert.Single((await fixture.ReloadAsync(payment)).Attempts);
    }

    [Fact]
    public async Task The_same_key_for_another_body_is_refused()
    {
        var payment = await fixture.PendingAsync();
        var owner = fixture.Citizen(payment.OwnerId);
        var key = Key();
        await (await PaymentFixture.AttemptAsync(owner, payment.Id, key)).JsonAsync(201);

        await (await PaymentFixture.AttemptAsync(owner, payment.Id, key, body: new { method = "portal" })).IsProblemAsync(422, "CMN-0422");
    }

    [Fact]
    public async Task A_refused_attempt_leaves_its_key_free()
    {
        var payment = await fixture.PendingAsync();
        var owner = fixture.Citizen(payment.OwnerId);
        var key = Key();

        await (await PaymentFixture.AttemptAsync(owner, payment.Id, key, body: new { method = "gold" })).IsProblemAsync(400, "PAY-0004");
        await (await PaymentFixture.AttemptAsync(owner, payment.Id, key)).JsonAsync(201);
    }

    [Fact]
    public async Task A_stale_revision_is_refused()
    {
        var payment = await fixture.PendingAsync();
        var owner = fixture.Citizen(payment.OwnerId);
        var stale = Etag.Of(payment.Version);
        await (await PaymentFixture.AttemptAsync(owner, payment.Id, Key(), stale)).JsonAsync(201);

        await (await PaymentFixture.AttemptAsync(owner, payment.Id, Key(), stale)).IsProblemAsync(412, "CMN-0412");
        Assert.Single((await fixture.ReloadAsync(payment)).Attempts);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Attempts_at_the_same_time_all_count(bool withKeys)
    {
        var payment = await fixture.PendingAsync();
        var owner = fixture.Citizen(payment.OwnerId);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => PaymentFixture.AttemptAsync(owner, payment.Id, withKeys ? Key() : null)));

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.Created, a.StatusCode));
        var stored = await fixture.ReloadAsync(payment);
        Assert.Equal((8, 8), (stored.AttemptCount, stored.Attempts.Count));
    }

    [Fact]
    public async Task An_unknown_method_is_refused()
    {
        var payment = await fixture.PendingAsync();

        await (await PaymentFixture.AttemptAsync(fixture.Citizen(payment.OwnerId), payment.Id, body: new { method = "cash" })).IsProblemAsync(400, "PAY-0004");
        // A platform that is not connected.
        await (await PaymentFixture.AttemptAsync(fixture.Citizen(payment.OwnerId), payment.Id, body: new { method = "portal" })).IsProblemAsync(400, "PAY-0004");
        await (await PaymentFixture.AttemptAsync(fixture.Citizen(payment.OwnerId), payment.Id, body: new { })).IsProblemAsync(400, "PAY-0004");
    }

    [Fact]
    public async Task An_attempt_must_be_json()
    {
        var payment = await fixture.PendingAsync();

        using var response = await fixture.Citizen(payment.OwnerId).PostAsync(
            $"/api/v1/payments/{payment.Id}/attempts", new StringContent("method=vietqr"), Ct);

        await response.IsProblemAsync(415, "CMN-0415");
    }

    [Fact]
    public async Task Somebody_elses_request_is_not_found()
    {
        var payment = await fixture.PendingAsync();

        await (await PaymentFixture.AttemptAsync(fixture.Citizen(Guid.CreateVersion7()), payment.Id)).IsProblemAsync(404, "PAY-0001");
    }

    [Fact]
    public async Task Officials_do_not_pay()
    {
        var payment = await fixture.PendingAsync();

        await (await PaymentFixture.AttemptAsync(fixture.Official(Roles.Officer), payment.Id)).IsProblemAsync(403, "CMN-0403");
        await (await PaymentFixture.AttemptAsync(fixture.Official(Roles.Cashier), payment.Id)).IsProblemAsync(403, "CMN-0403");
    }

    [Fact]
    public async Task Without_a_token_nobody_pays()
    {
        var payment = await fixture.PendingAsync();

        await (await PaymentFixture.AttemptAsync(fixture.Anybody(), payment.Id)).IsProblemAsync(401, "CMN-0401");
    }

    [Fact]
    public async Task A_settled_request_takes_no_attempt()
    {
        var payment = await fixture.SettledAsync();

        await (await PaymentFixture.AttemptAsync(fixture.Citizen(payment.OwnerId), payment.Id, Key())).IsProblemAsync(409, "PAY-0002");
    }

    private static string Key() => Guid.CreateVersion7().ToString();
}
