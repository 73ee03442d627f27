using HaLong.Payments.Domain;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using RabbitMQ.Client;

namespace HaLong.Payments.Tests.Features;

public sealed class RequestPaymentTests(PaymentFixture fixture) : IClassFixture<PaymentFixture>
{
    private const string Requested = "halong.payment-requested.v1";

    [Fact]
    public async Task Filing_a_dossier_with_fees_opens_one_request_and_tells_so()
    {
        await using var probe = await fixture.ListenAsync(Requested);
        var filed = PaymentFixture.Filed(fees: [20_000, 130_000]);

        await fixture.Service.PublishAsync(filed);

        var payment = await Eventually.ValueAsync(() => fixture.OfDossierAsync(filed.DossierId), p => p is not null, "payment request");
        Assert.NotNull(payment);
        Assert.Equal((150_000, PaymentState.Pending), (payment.Amount, payment.State));
        Assert.Equal((filed.OwnerId, filed.ActorId, filed.UnitCode, filed.Code), (payment.OwnerId, payment.ActorId, payment.UnitCode, payment.DossierCode));
        Assert.Equal(
            [("lePhi", 20_000L), ("phi", 130_000L)], payment.Items.OrderBy(i => i.Line).Select(i => (i.Kind, i.Amount)));
        Assert.Equal(TimeSpan.FromDays(15), payment.ExpiresAt - payment.CreatedAt);
        Assert.Equal(("970436", "0011000000001", true), (payment.Beneficiary.Bin, payment.Beneficiary.Account, payment.Beneficiary.Assumed));

        var told = Assert.Single(await probe.WaitAsync("dossierId", filed.DossierId));
        Assert.Equal(payment.Id, told.GetProperty("paymentId").GetGuid());
        Assert.Equal(payment.Reference, told.GetProperty("reference").GetString());
        Assert.Equal(150_000, told.GetProperty("amount").GetInt64());
    }

    [Fact]
    public async Task A_procedure_may_have_a_lifetime_of_its_own()
    {
        var filed = PaymentFixture.Filed(fees: [8_000]) with { ProcedureCode = PaymentFixture.ShortProcedure };

        await fixture.Service.PublishAsync(filed);

        var payment = await Eventually.ValueAsync(() => fixture.OfDossierAsync(filed.DossierId), p => p is not null, "payment request");
        Assert.Equal(TimeSpan.FromMinutes(30), payment!.ExpiresAt - payment.CreatedAt);
    }

    [Fact]
    public async Task Money_goes_to_the_account_of_the_collecting_agency()
    {
        var payment = await fixture.PendingAsync(unit: PaymentFixture.UnitWithAccount);

        Assert.Equal(new Beneficiary("970405", "8000201009999", "UBND PHUONG", Assumed: false), payment.Beneficiary);
    }

    [Fact]
    public async Task Filing_a_dossier_without_fees_asks_for_nothing()
    {
        var (free, zero) = (PaymentFixture.Filed(), PaymentFixture.Filed(fees: [0, 0]));

        await fixture.Service.PublishAsync(free);
        await fixture.Service.PublishAsync(zero);
        await WaitUntilConsumedAsync();

        Assert.Null(await fixture.OfDossierAsync(free.DossierId));
        Assert.Null(await fixture.OfDossierAsync(zero.DossierId));
    }

    [Fact]
    public async Task The_same_message_delivered_again_asks_once()
    {
        await using var probe = await fixture.ListenAsync(Requested);
        var filed = PaymentFixture.Filed(fees: [50_000]);
        var message = Guid.CreateVersion7();

        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => fixture.Service.PublishAsync(filed, message)));
        await WaitUntilConsumedAsync();

        Assert.NotNull(await fixture.OfDossierAsync(filed.DossierId));
        Assert.Single(await probe.WaitAsync("dossierId", filed.DossierId));
    }

    [Fact]
    public async Task Different_messages_about_one_dossier_ask_once()
    {
        await using var probe = await fixture.ListenAsync(Requested);
        var filed = PaymentFixture.Filed(fees: [50_000]);

        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => fixture.Service.PublishAsync(filed)));
        await WaitUntilConsumedAsync();

        Assert.NotNull(await fixture.OfDossierAsync(filed.DossierId));
        Assert.Single(await probe.WaitAsync("dossierId", filed.DossierId));
    }

    [Fact]
    public async Task A_negative_fee_is_not_turned_into_a_request_but_kept_for_a_person()
    {
        var filed = PaymentFixture.Filed(fees: [100_000, -1]);

        await fixture.Service.PublishAsync(filed);

        await using var connection = await new ConnectionFactory { Uri = new Uri(fixture.Service.Broker) }.CreateConnectionAsync(TestContext.Current.CancellationToken);
        await Eventually.Async(
            async () =>
            {
                await using var channel = await connection.CreateChannelAsync();
                return await channel.MessageCountAsync("payment-request-payment_error") > 0;
            },
            "message in the error queue", TimeSpan.FromSeconds(60));
        Assert.Null(await fixture.OfDossierAsync(filed.DossierId));
    }

    [Fact]
    public async Task Two_requests_have_two_references()
    {
        var (one, other) = (await fixture.PendingAsync(), await fixture.PendingAsync());

        Assert.NotEqual(one.Reference, other.Reference);
    }

    /// <summary>The queue is empty and nothing is in work: a dossier filed after the others has its request, and the outbox has drained.</summary>
    private async Task WaitUntilConsumedAsync()
    {
        var token = TestContext.Current.CancellationToken;
        await fixture.PendingAsync();
        await using var connection = await new ConnectionFactory { Uri = new Uri(fixture.Service.Broker) }.CreateConnectionAsync(token);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: token);
        await Eventually.Async(async () => await channel.MessageCountAsync("payment-request-payment") == 0, "empty queue");
        await Eventually.Async(async () => await fixture.QueryAsync(OutboxCountAsync) == 0, "empty outbox");
    }

    private static Task<long> OutboxCountAsync(Persistence.PaymentDbContext db) =>
        db.Database.SqlQuery<long>($"SELECT count(*) AS \"Value\" FROM outbox_message").SingleAsync();
}
