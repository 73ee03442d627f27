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

    [Fact]
    public async Task Who_acts_for_the_payer_is_reported_as_helper_or_delegate()
    {
        await using var probe = await fixture.ListenAsync(Reads);
        foreach (var (assisted, role, purpose) in new[] { (true, Roles.Helper, "assisted-session"), (false, "delegate", "delegation") })
        {
            var payment = await fixture.PendingAsync();
            await fixture.Acting(payment.OwnerId, Guid.CreateVersion7(), assisted).GetAsync($"/api/v1/payments/{payment.Id}", Ct);

            var read = (await probe.WaitAsync("objectId", payment.Id))[0];
            Assert.Equal((role, purpose), (read.GetProperty("actorRole").GetString(), read.GetProperty("purpose").GetString()));
        }
    }
}
