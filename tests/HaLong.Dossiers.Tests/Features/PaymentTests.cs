using HaLong.Dossiers.Contracts.Events;
using HaLong.Payments.Contracts.Events;
using HaLong.ServiceDefaults;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Features;

public sealed class PaymentTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    [Fact]
    public async Task Unpaid_fees_block_the_approval_until_the_money_is_there()
    {
        var client = dossiers.Citizen();
        var id = await dossiers.ProcessingAsync(client, Land);
        Assert.Equal("payment", (await ViewAsync(client, id)).GetProperty("waitingFor").GetProperty("who").GetString());
        await RefusedAsync(await PostAsync(dossiers.Official(Roles.Approver), id, "approval", new { decision = "Chấp thuận." }), 409, "DOS-0016");
        await dossiers.PayAsync(client, id);
        Assert.Equal("officer", (await ViewAsync(client, id)).GetProperty("waitingFor").GetProperty("who").GetString());
        await BodyAsync(await PostAsync(dossiers.Official(Roles.Approver), id, "approval", new { decision = "Chấp thuận." }));
    }

    [Fact]
    public async Task Messages_in_the_wrong_order_and_many_times_count_once()
    {
        await using var paid = await dossiers.ListenAsync<DossierFeePaid>();
        var client = dossiers.Citizen();
        var id = await SubmittedAsync(client);
        var payment = Guid.CreateVersion7();
        var now = TimeProvider.System.GetUtcNow();
        var settled = new PaymentSettled(payment, id, "c", Guid.Empty, 150_000, now, "lab");
        var messageId = Guid.CreateVersion7();
        await Task.WhenAll(Enumerable.Range(0, 10).Select(i => dossiers.Factory.PublishAsync(settled, i < 5 ? messageId : null)));
        await WaitForAsync(client, id, d => Status(d) == "settled", "the payment is recorded");
        await dossiers.Factory.PublishAsync(new PaymentRequested(payment, id, "c", Guid.Empty, 150_000, now, "HL", now.AddDays(1)));
        await QuietAsync();

        Assert.Equal("settled", Status(await ViewAsync(client, id)));
        await Eventually.Async(() => Task.FromResult(paid.Heard.Any(e => e.DossierId == id)), "DossierFeePaid is heard");
        var fact = Assert.Single(paid.Heard, e => e.DossierId == id);
        Assert.Equal((payment, 150_000L, 2L), (fact.PaymentId, fact.Amount, fact.Sequence));
        Assert.Equal(2, (await GetAsync(client, $"/api/v1/dossiers/{id}/timeline")).GetArrayLength());
    }

    [Fact]
    public async Task A_payment_request_shows_in_the_view_and_another_payment_does_not_settle_it()
    {
        var client = dossiers.Citizen();
        var id = await SubmittedAsync(client);
        var payment = Guid.CreateVersion7();
        var now = TimeProvider.System.GetUtcNow();
        await dossiers.Factory.PublishAsync(new PaymentRequested(payment, id, "c", Guid.Empty, 150_000, now, "HL", now.AddDays(1)));
        var view = await WaitForAsync(client, id, d => Status(d) == "requested", "the request is recorded");
        Assert.Equal((payment, 150_000L), (view.GetProperty("payment").GetProperty("id").GetGuid(), view.GetProperty("payment").GetProperty("amount").GetInt64()));
        await dossiers.Factory.PublishAsync(new PaymentSettled(Guid.CreateVersion7(), id, "c", Guid.Empty, 150_000, now, "lab"));
        await QuietAsync();
        Assert.Equal("requested", Status(await ViewAsync(client, id)));
    }

    [Fact]
    public async Task Payments_of_unknown_dossiers_are_ignored_without_harm()
    {
        var now = TimeProvider.System.GetUtcNow();
        await dossiers.Factory.PublishAsync(new PaymentSettled(Guid.CreateVersion7(), Guid.CreateVersion7(), "c", Guid.Empty, 1, now, "lab"));
        await dossiers.Factory.PublishAsync(new PaymentRequested(Guid.CreateVersion7(), Guid.CreateVersion7(), "c", Guid.Empty, 1, now, "HL", now));
        await QuietAsync();
        using var management = dossiers.Servers.ManagementClient();
        var queues = await management.GetStringAsync($"api/queues/{new Uri(dossiers.Factory.Broker).AbsolutePath.Trim('/')}", Ct);
        Assert.DoesNotContain("_error", queues, StringComparison.Ordinal);
    }

    private static string? Status(System.Text.Json.JsonElement view) =>
        view.GetProperty("payment") is { ValueKind: System.Text.Json.JsonValueKind.Object } payment ? payment.GetProperty("status").GetString() : null;

    /// <summary>Waits until every message published so far has been taken: a marker travels behind them through both queues.</summary>
    private async Task QuietAsync()
    {
        var client = dossiers.Citizen();
        var id = await SubmittedAsync(client);
        await dossiers.PayAsync(client, id);
        await Eventually.Async(
            () => dossiers.InDbAsync(async db => await db.Database.SqlQuery<int>($"SELECT count(*)::int AS \"Value\" FROM outbox_message").SingleAsync(Ct) == 0), "the outbox is empty");
    }
}
