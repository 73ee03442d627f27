using System.Security.Claims;
using HaLong.Payments.Domain;
using HaLong.Payments.Features;
using HaLong.ServiceDefaults;
using HaLong.TestSupport;

namespace HaLong.Payments.Tests.Features;

public sealed class ReadRecordTests(PaymentFixture fixture) : IClassFixture<PaymentFixture>
{
    private const string Reads = "halong.personal-data-read.v1";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whatever_an_official_opens_is_reported_with_whose_it_is()
    {
        var payment = await fixture.PendingAsync();
        await using var probe = await fixture.ListenAsync(Reads);
        foreach (var (path, what, thing) in new[]
        {
            ($"/api/v1/payments/{payment.Id}", "payment", payment.Id), ($"/api/v1/payments/{payment.Id}/qr.png", "payment-code", payment.Id),
            ($"/api/v1/payments?dossierId={payment.DossierId}", "payment", payment.DossierId),
        })
        {
            using var answer = await fixture.Official(Roles.Cashier).GetAsync(path, Ct);
            Assert.True(answer.IsSuccessStatusCode, path);
            var read = await Eventually.ValueAsync(
                () => Task.FromResult(probe.About("objectId", thing).FirstOrDefault(r => r.GetProperty("what").GetString() == what)), r => r.ValueKind != default, "the report");
            Assert.Equal(
                ("cashier", PaymentFixture.Unit, "payment", "payment"),
                (read.GetProperty("actorRole").GetString(), read.GetProperty("unit").GetString(), read.GetProperty("service").GetString(), read.GetProperty("purpose").GetString()));
            Assert.Equal([payment.OwnerId], read.GetProperty("subjectIds").EnumerateArray().Select(s => s.GetGuid()));
        }
    }

    [Fact]
    public async Task Reading_ones_own_or_what_does_not_exist_is_not_reported()
    {
        var payment = await fixture.PendingAsync();
        await using var probe = await fixture.ListenAsync(Reads);
        foreach (var client in new[] { fixture.Citizen(payment.OwnerId), fixture.Citizen(Guid.CreateVersion7()), fixture.Official(Roles.Cashier, "99999") })
        {
            await client.GetAsync($"/api/v1/payments/{payment.Id}", Ct);
            await client.GetAsync($"/api/v1/payments?dossierId={payment.DossierId}", Ct);
        }

        // What is reported after them has arrived, so they would have too.
        var last = await fixture.PendingAsync();
        await fixture.Official(Roles.Reception).GetAsync($"/api/v1/payments/{last.Id}", Ct);
        await probe.WaitAsync("objectId", last.Id);
        Assert.Empty(probe.About("objectId", payment.Id));
        Assert.Empty(probe.About("objectId", payment.DossierId));
    }

    [Theory]
    [InlineData("assisted_session", Roles.Helper, "assisted-session")]
    [InlineData("delegation", "delegate", "delegation")]
    public async Task Who_acts_for_the_payer_is_reported_as_helper_or_delegate(string claim, string role, string purpose)
    {
        await using var probe = await fixture.ListenAsync(Reads);
        var (payment, actor) = (await fixture.PendingAsync(), Guid.CreateVersion7());

        await RecordAsync(payment, payment.OwnerId, actor, new Claim(claim, Guid.CreateVersion7().ToString()));

        var read = (await probe.WaitAsync("objectId", payment.Id))[0];
        Assert.Equal((actor, role, purpose), (read.GetProperty("actorId").GetGuid(), read.GetProperty("actorRole").GetString(), read.GetProperty("purpose").GetString()));
    }

    [Fact]
    public async Task An_organisation_reading_its_own_through_its_representative_is_not_reported()
    {
        await using var probe = await fixture.ListenAsync(Reads);
        var (payment, last) = (await fixture.PendingAsync(), await fixture.PendingAsync());

        await RecordAsync(payment, payment.OwnerId, Guid.CreateVersion7(), new Claim("role", Roles.Organisation));

        await fixture.Official(Roles.Reception).GetAsync($"/api/v1/payments/{last.Id}", Ct);
        await probe.WaitAsync("objectId", last.Id);
        Assert.Empty(probe.About("objectId", payment.Id));
    }

    private Task<int> RecordAsync(PaymentRequest payment, Guid subject, Guid actor, Claim claim) => fixture.QueryAsync(async db =>
    {
        var caller = Caller.From(new ClaimsPrincipal(new ClaimsIdentity([new Claim("sub", subject.ToString()), new Claim("act", $$"""{"sub":"{{actor}}"}"""), claim])));
        await new ReadRecord(db, caller, fixture.Time).AddAsync(ReadRecord.Payment, payment.Id, [payment], Ct);
        return 0;
    });
}
