using System.Text;
using HaLong.Payments.Domain;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Payments.Tests.NationalPortal;

/// <summary>The platform's receipt.</summary>
[Collection(nameof(PortalTests))]
public sealed class ProviderBillTests(PortalFixture fixture) : IAsyncLifetime
{
    public ValueTask InitializeAsync() => new(fixture.Lab.ClearAsync());

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task The_owner_gets_it_and_it_is_kept_while_the_platform_is_away()
    {
        var payment = await PaidAsync();
        await fixture.Lab.DialAsync("down");
        await (await BillAsync(fixture.Citizen(payment.OwnerId), payment)).IsProblemAsync(503, "PAY-0509");

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => BillAsync(fixture.Citizen(payment.OwnerId), payment)));

        var bills = await Task.WhenAll(answers.Select(a => a.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)));
        Assert.All(answers, a => Assert.Equal((200, "application/pdf"), ((int)a.StatusCode, a.Content.Headers.ContentType?.MediaType)));
        Assert.StartsWith("%PDF-", Encoding.ASCII.GetString(bills[0]), StringComparison.Ordinal);
        Assert.Contains(payment.Reference + "01", Encoding.ASCII.GetString(bills[0]), StringComparison.Ordinal);
        Assert.True(answers[0].Headers.CacheControl?.NoStore);
        await fixture.Lab.DialAsync("down", times: null);
        using var kept = await BillAsync(fixture.Citizen(payment.OwnerId), payment);
        Assert.Equal(bills[0], await kept.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Equal($"\"{BankNotice.HashOf(bills[0])}\"", kept.Headers.ETag?.Tag);
        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => fixture.QueryAsync(db => db.Database.ExecuteSqlAsync($"DELETE FROM provider_bill")));
    }

    [Fact]
    public async Task Officials_of_the_unit_get_it_and_it_is_reported_to_the_owner_others_do_not()
    {
        await using var probe = await fixture.ListenAsync("halong.personal-data-read.v1");
        var payment = await PaidAsync();

        Assert.Equal(200, (int)(await BillAsync(fixture.Official(Roles.Cashier), payment)).StatusCode);

        var read = await HaLong.TestSupport.Eventually.ValueAsync(
            () => Task.FromResult(probe.About("objectId", payment.Id)), r => r.Count > 0, "report of the reading");
        Assert.Equal("provider-bill", read[0].GetProperty("what").GetString());
        await (await BillAsync(fixture.Official(Roles.Cashier, PaymentFixture.UnitWithAccount), payment)).IsProblemAsync(404, "PAY-0001");
        await (await BillAsync(fixture.Citizen(Guid.CreateVersion7()), payment)).IsProblemAsync(404, "PAY-0001");
        Assert.Equal(401, (int)(await BillAsync(fixture.Anybody(), payment)).StatusCode);
    }

    [Fact]
    public async Task What_was_not_paid_there_has_none()
    {
        var (processing, _) = await fixture.ProcessingAsync();
        var settled = await fixture.SettledAsync();

        await (await BillAsync(fixture.Citizen(processing.OwnerId), processing)).IsProblemAsync(404, "PAY-0508");
        await (await BillAsync(fixture.Citizen(settled.OwnerId), settled)).IsProblemAsync(404, "PAY-0508");
    }

    private async Task<PaymentRequest> PaidAsync()
    {
        var (payment, order) = await fixture.ProcessingAsync();
        await fixture.Lab.EndAsync(order);
        return await fixture.InStateAsync(payment, PaymentState.Settled);
    }

    private static async Task<HttpResponseMessage> BillAsync(HttpClient client, PaymentRequest payment) =>
        await client.GetAsync(new Uri($"/api/v1/payments/{payment.Id}/provider-bill.pdf", UriKind.Relative), TestContext.Current.CancellationToken);
}
