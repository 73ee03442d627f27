using System.Diagnostics.Metrics;
using HaLong.Payments.Persistence;

namespace HaLong.Payments.Receipts;

/// <summary>What the watch counted.</summary>
/// <param name="Missing">Payments of which money came or went and that lack a document.</param>
/// <param name="Unsealed">Papers without a seal.</param>
/// <param name="Oldest">How long the oldest of these has been waiting.</param>
/// <param name="NumbersLeft">Of the series of this year that has fewest left; null when there is none.</param>
internal sealed record ReceiptsWaiting(long Missing, long Unsealed, TimeSpan Oldest, long? NumbersLeft);

/// <summary>What operators see of receipts. Gauges are counted by the watch.</summary>
internal sealed class ReceiptTelemetry
{
    private readonly Counter<long> issued, failures;
    private readonly Histogram<double> issuedToSealed;
    private volatile ReceiptsWaiting waiting = new(0, 0, TimeSpan.Zero, null);
    private long gaps;

    public ReceiptTelemetry(IMeterFactory factory)
    {
        var meter = factory.Create(PaymentInstruments.Name);
        issued = meter.CreateCounter<long>("payment.receipts.issued", "{receipt}", "Receipts, adjustments and cancellations, by kind.");
        failures = meter.CreateCounter<long>("payment.receipts.failures", "{attempt}", "What failed, by step: number or seal.");
        issuedToSealed = meter.CreateHistogram<double>("payment.receipts.issued_to_sealed", "s", "From the number to the seal.");
        meter.CreateObservableGauge("payment.receipts.missing", () => waiting.Missing, "{payment}", "Payments that lack a receipt, or what lessens it.");
        meter.CreateObservableGauge("payment.receipts.unsealed", () => waiting.Unsealed, "{receipt}", "Receipts without a seal.");
        meter.CreateObservableGauge("payment.receipts.oldest_unsealed", () => waiting.Oldest.TotalSeconds, "s", "Age of the oldest receipt without a seal.");
        meter.CreateObservableGauge("payment.receipts.numbers_left", () => waiting.NumbersLeft is { } left ? [new Measurement<long>(left)] : Array.Empty<Measurement<long>>(),
            "{number}", "Numbers left in the series of this year that has fewest.");
        meter.CreateObservableGauge("payment.receipts.gaps", () => Interlocked.Read(ref gaps), "{series}", "Series whose numbers are not 1 to the last, each once.");
    }

    public void Issued(ReceiptKind kind) => issued.Add(1, new KeyValuePair<string, object?>("kind", Words.Of(kind)));

    public void Failed(string step) => failures.Add(1, new KeyValuePair<string, object?>("step", step));

    public void Sealed(TimeSpan after) => issuedToSealed.Record(after.TotalSeconds);

    public void Show(ReceiptsWaiting now) => waiting = now;

    public void ShowGaps(long series) => Interlocked.Exchange(ref gaps, series);
}
