using HaLong.Payments.Contracts.Events;
using MassTransit;

namespace HaLong.Payments.Receipts;

/// <summary>
/// Issues the receipt of what was collected, and lessens or ends it when money was given back: behind the settlement, which never waits for it.
/// What fails for want of numbers is taken up again by <see cref="ReceiptWatch"/>.
/// </summary>
internal sealed partial class IssueReceipt(ReceiptBook book, ILogger<IssueReceipt> log) : IConsumer<PaymentSettled>, IConsumer<MoneyRefunded>, IConsumer<ReceiptDue>
{
    public Task Consume(ConsumeContext<PaymentSettled> context) => LookAsync(context.Message.PaymentId, context.CancellationToken);

    public Task Consume(ConsumeContext<MoneyRefunded> context) =>
        context.Message.PaymentId is { } payment ? LookAsync(payment, context.CancellationToken) : Task.CompletedTask;

    public Task Consume(ConsumeContext<ReceiptDue> context) => LookAsync(context.Message.PaymentId, context.CancellationToken);

    private async Task LookAsync(Guid paymentId, CancellationToken ct)
    {
        var done = await book.BringUpToDateAsync(paymentId, ct);
        if (!done.IsSuccess)
            NotIssued(log, paymentId, done.Error.Code);
    }

    [LoggerMessage(4142, LogLevel.Error, "Payment {PaymentId} lacks its receipt or what lessens it: {Code}; looked at again later")]
    private static partial void NotIssued(ILogger log, Guid paymentId, string code);
}
