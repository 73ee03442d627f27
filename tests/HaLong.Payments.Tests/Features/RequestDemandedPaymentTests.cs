using HaLong.Dossiers.Contracts;
using HaLong.Dossiers.Contracts.Events;
using HaLong.Payments.Domain;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Payments.Tests.Features;

public sealed class RequestDemandedPaymentTests(PaymentFixture fixture) : IClassFixture<PaymentFixture>
{
    [Fact]
    public async Task Each_demand_of_a_dossier_opens_one_request_beside_that_of_the_filing()
    {
        await using var probe = await fixture.ListenAsync("halong.payment-requested.v1");
        var filed = PaymentFixture.Filed(fees: [50_000]);
        await fixture.Service.PublishAsync(filed);
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => fixture.Service.PublishAsync(Due(filed, 1, 200_000))));
        await fixture.Service.PublishAsync(Due(filed, 2, 300_000));

        var payments = await Eventually.ValueAsync(() => OfAsync(filed.DossierId), p => p.Count == 3, "three requests");
        Assert.Equal([("atFiling", 50_000L), ("demand-1", 200_000L), ("demand-2", 300_000L)], payments.Select(p => (p.Moment, p.Amount)));
        Assert.All(payments, p => Assert.Equal((filed.OwnerId, filed.UnitCode, PaymentState.Pending), (p.OwnerId, p.UnitCode, p.State)));
        await Eventually.Async(async () => (await probe.WaitAsync("dossierId", filed.DossierId)).Count == 3, "three requests are told");
        var told = await probe.WaitAsync("dossierId", filed.DossierId);
        Assert.Equal(["atFiling", "demand-1", "demand-2"], told.Select(t => t.GetProperty("moment").GetString()).Order());
    }

    [Fact]
    public async Task It_lives_until_the_day_that_the_agency_gave_and_at_least_for_a_day()
    {
        var filed = PaymentFixture.Filed();
        var deadline = fixture.Time.GetUtcNow().AddDays(20);
        await fixture.Service.PublishAsync(Due(filed, 1, 100_000) with { Deadline = deadline });
        await fixture.Service.PublishAsync(Due(filed, 2, 100_000) with { Deadline = fixture.Time.GetUtcNow().AddDays(-3) });

        var payments = await Eventually.ValueAsync(() => OfAsync(filed.DossierId), p => p.Count == 2, "two requests");
        Assert.True((payments[0].ExpiresAt - deadline).Duration() < TimeSpan.FromSeconds(1));
        Assert.Equal(TimeSpan.FromDays(1), payments[1].ExpiresAt - payments[1].CreatedAt);
    }

    [Fact]
    public async Task A_settled_demand_says_which_it_was()
    {
        await using var probe = await fixture.ListenAsync("halong.payment-settled.v1");
        var filed = PaymentFixture.Filed();
        await fixture.Service.PublishAsync(Due(filed, 1, 70_000));
        var payment = (await Eventually.ValueAsync(() => OfAsync(filed.DossierId), p => p.Count == 1, "the request")).Single();
        (await fixture.NotifyAsync(PaymentFixture.Body(payment))).EnsureSuccessStatusCode();
        var settled = Assert.Single(await probe.WaitAsync("dossierId", filed.DossierId));
        Assert.Equal("demand-1", settled.GetProperty("moment").GetString());
    }

    private static DossierFeeDue Due(DossierSubmitted filed, int number, long amount) => new(
        filed.DossierId, filed.Code, number + 1, TimeProvider.System.GetUtcNow(), filed.ProcedureCode, filed.UnitCode, filed.OwnerId, filed.ActorId, filed.Channel,
        Guid.CreateVersion7(), number, [new FeeItem("duty", "Thuế trước bạ", amount, false)], TimeProvider.System.GetUtcNow().AddDays(30));

    private Task<List<PaymentRequest>> OfAsync(Guid dossier) =>
        fixture.QueryAsync(db => db.Payments.AsNoTracking().AsSplitQuery().Where(p => p.DossierId == dossier).OrderBy(p => p.Moment).ToListAsync());
}
