using System.Text.Json;
using HaLong.Dossiers.Contracts;
using HaLong.Dossiers.Contracts.Events;
using HaLong.Payments.Contracts.Events;
using HaLong.ServiceDefaults;
using HaLong.TestSupport;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Features.Lifecycle;

public sealed class FeeTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    private static readonly object Tax = new { fees = new[] { new { kind = "duty", name = "Thuế trước bạ", amount = 900_000 } }, reason = "Thông báo thuế số 12" };

    [Fact]
    public async Task What_falls_due_on_the_way_stops_the_clock_until_the_last_of_it_is_paid()
    {
        await using var due = await dossiers.ListenAsync<DossierFeeDue>();
        await using var paid = await dossiers.ListenAsync<DossierFeePaid>();
        var (client, officer) = (dossiers.Citizen(), Guid.CreateVersion7());
        var mine = dossiers.Official(Roles.Officer, id: officer);
        var id = await dossiers.ProcessingAsync(client, officer: officer);
        await RefusedAsync(await PostAsync(dossiers.Official(Roles.Officer), id, "fee-request", Tax), 403, "DOS-0031");
        await BodyAsync(await PostAsync(mine, id, "fee-request", Tax));
        var view = await BodyAsync(await PostAsync(mine, id, "fee-request", Tax));
        Assert.Equal(("WAIT_PAYMENT", 6, JsonValueKind.Null), (view.GetProperty("status").GetString(), view.GetProperty("lifecycle").GetProperty("portalStatus").GetInt32(), view.GetProperty("dueAt").ValueKind));
        await RefusedAsync(await PostAsync(dossiers.Official(Roles.Approver), id, "approval", new { decision = "Chấp thuận." }), 409, "DOS-0008");

        // In the wrong order, many times.
        var second = Guid.CreateVersion7();
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => SettleAsync(id, second, 2)));
        await dossiers.Factory.PublishAsync(new PaymentRequested(second, id, "c", Guid.Empty, 900_000, Now, "HL", Now.AddDays(1)) { Moment = FeeMoments.OfDemand(2) });
        await WaitForAsync(client, id, d => State(d, 1) == "settled", "the second demand is paid");
        Assert.Equal(("WAIT_PAYMENT", "open"), ((await ViewAsync(client, id)).GetProperty("status").GetString(), State(await ViewAsync(client, id), 0)));
        await SettleAsync(id, Guid.CreateVersion7(), 1);
        view = await WaitForAsync(client, id, d => d.GetProperty("status").GetString() == "PROCESSING", "handling goes on");
        Assert.NotEqual(JsonValueKind.Null, view.GetProperty("dueAt").ValueKind);
        await BodyAsync(await PostAsync(dossiers.Official(Roles.Approver), id, "approval", new { decision = "Chấp thuận." }));

        await Eventually.Async(() => Task.FromResult(paid.Heard.Count(e => e.DossierId == id) == 2), "both payments are told");
        Assert.Equal([(1, 900_000L), (2, 900_000L)], due.Heard.Where(e => e.DossierId == id).OrderBy(e => e.Number).Select(e => (e.Number, e.Fees.Sum(f => f.Amount))));
        var numbers = due.Heard.Where(e => e.DossierId == id).Select(e => e.Sequence).Concat(paid.Heard.Where(e => e.DossierId == id).Select(e => e.Sequence)).Order();
        Assert.Equal([4L, 5L, 6L, 7L], numbers);
    }

    [Fact]
    public async Task A_lapsed_demand_is_demanded_anew_or_the_handling_stops()
    {
        var (client, officer) = (dossiers.Citizen(), Guid.CreateVersion7());
        var mine = dossiers.Official(Roles.Officer, id: officer);
        var id = await dossiers.ProcessingAsync(client, officer: officer);
        await BodyAsync(await PostAsync(mine, id, "fee-request", Tax));
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => dossiers.Factory.PublishAsync(
            new PaymentExpired(Guid.CreateVersion7(), id, "c", Guid.Empty, 900_000, Now) { Moment = FeeMoments.OfDemand(1) })));
        var view = await WaitForAsync(client, id, d => d.GetProperty("waitingFor").GetProperty("reason").GetString() == "DEMAND_LAPSED", "the demand lapsed");
        Assert.Equal(("WAIT_PAYMENT", "lapsed"), (view.GetProperty("status").GetString(), State(view, 0)));
        await BodyAsync(await PostAsync(mine, id, "fee-request", Tax));
        await SettleAsync(id, Guid.CreateVersion7(), 2);
        await WaitForAsync(client, id, d => d.GetProperty("status").GetString() == "PROCESSING", "the new demand is paid");
    }

    [Fact]
    public async Task Fees_of_the_filing_that_lapsed_are_demanded_again_and_then_the_approval_is_open()
    {
        var (client, officer) = (dossiers.Citizen(), Guid.CreateVersion7());
        var mine = dossiers.Official(Roles.Officer, id: officer);
        var id = await dossiers.ProcessingAsync(client, Land, officer);
        await RefusedAsync(await PostAsync(mine, id, "fee-request", new { reason = "Chưa nộp" }), 409, "DOS-0049");
        var payment = Guid.CreateVersion7();
        await dossiers.Factory.PublishAsync(new PaymentRequested(payment, id, "c", Guid.Empty, 150_000, Now, "HL", Now) { Moment = FeeMoments.AtFiling });
        await dossiers.Factory.PublishAsync(new PaymentExpired(payment, id, "c", Guid.Empty, 150_000, Now) { Moment = FeeMoments.AtFiling });
        await WaitForAsync(client, id, d => d.GetProperty("payment") is { ValueKind: JsonValueKind.Object } p && p.GetProperty("status").GetString() == "lapsed", "the request lapsed");
        await BodyAsync(await PostAsync(mine, id, "fee-request", new { reason = "Hết hạn lần đầu" }));
        await SettleAsync(id, Guid.CreateVersion7(), 1);
        await WaitForAsync(client, id, d => d.GetProperty("status").GetString() == "PROCESSING", "paid");
        await BodyAsync(await PostAsync(dossiers.Official(Roles.Approver), id, "approval", new { decision = "Chấp thuận." }));
    }

    [Theory]
    [InlineData("""{"fees":[{"kind":"gift","name":"x","amount":1}],"reason":"x"}""", "fees[0]")]
    [InlineData("""{"fees":[{"kind":"phi","name":"x","amount":0}],"reason":"x"}""", "fees[0]")]
    [InlineData("""{"fees":[{"kind":"phi","name":"","amount":1}],"reason":"x"}""", "fees[0].name")]
    [InlineData("""{"fees":[{"kind":"phi","name":"x","amount":1}]}""", "reason")]
    [InlineData("""{"fees":[{"kind":"phi","name":"x","amount":1}],"reason":"x","deadline":"2020-01-01"}""", "deadline")]
    public async Task A_demand_says_what_why_and_until_when(string body, string field)
    {
        var officer = Guid.CreateVersion7();
        var id = await dossiers.ProcessingAsync(dossiers.Citizen(), officer: officer);
        var refused = await RefusedAsync(await PostAsync(dossiers.Official(Roles.Officer, id: officer), id, "fee-request", JsonElement.Parse(body)), 400, "DOS-0006");
        Assert.Contains(refused.GetProperty("errors").EnumerateObject(), e => e.Name == field);
    }

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    private Task SettleAsync(Guid id, Guid payment, int demand) =>
        dossiers.Factory.PublishAsync(new PaymentSettled(payment, id, "c", Guid.Empty, 900_000, Now, "lab") { Moment = FeeMoments.OfDemand(demand) });

    private static string? State(JsonElement view, int demand) => view.GetProperty("lifecycle").GetProperty("demands")[demand].GetProperty("state").GetString();
}
