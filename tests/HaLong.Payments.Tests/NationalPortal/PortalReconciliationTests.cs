using System.Globalization;
using HaLong.Payments.Domain;
using HaLong.Payments.Tests.Reconciliation;

namespace HaLong.Payments.Tests.NationalPortal;

/// <summary>What the platform collected it hands over in sums: no statement shows it one by one, and nobody is sent to look for it there.</summary>
[Collection(nameof(PortalTests))]
public sealed class PortalReconciliationTests(PortalFixture fixture)
{
    [Fact]
    public async Task Its_money_is_compared_with_its_confirmations_and_with_its_report_and_not_looked_for_at_the_bank()
    {
        var imports = new Imports(fixture);
        var (told, reported, less) = (await ConfirmedAsync(imports.Day), await ConfirmedAsync(imports.Day), await ConfirmedAsync(imports.Day));

        var first = await imports.LinesAsync(await imports.RunAsync());

        Assert.Equal(["matched", "matched", "matched"], new[] { told, reported, less }.Select(e => Imports.Result(first[e])));
        Assert.Equal(System.Text.Json.JsonValueKind.Null, first[told].GetProperty("bank").ValueKind);

        var report = imports.Report((reported, 150_000, "x"), (less, 149_999, "x")).Replace("provider,lab", "provider,portal", StringComparison.Ordinal);
        await (await imports.ImportAsync(report, query: "?provider=portal", path: "provider-reports")).JsonAsync(201);
        var second = await imports.LinesAsync(await imports.RunAsync());

        Assert.Equal(["missingAtProvider", "matched", "amountDiff"], new[] { told, reported, less }.Select(e => Imports.Result(second[e])));
    }

    /// <summary>The event id of a confirmed payment.</summary>
    private async Task<string> ConfirmedAsync(DateOnly day)
    {
        var (payment, order) = await fixture.ProcessingAsync();
        var transaction = PaymentFixture.NewEventId();
        var at = day.ToString("yyyyMMdd", CultureInfo.InvariantCulture) + "101500";
        (await Confirmation.PostAsync(fixture, Confirmation.Of(order, 150_000, transaction, other: ("ThoiGianGD", at)))).EnsureSuccessStatusCode();
        await fixture.InStateAsync(payment, PaymentState.Settled);
        return $"{order}:{transaction}";
    }
}
