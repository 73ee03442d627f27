using HaLong.Notifications.Domain;
using HaLong.Payments.Contracts.Events;
using MassTransit;

namespace HaLong.Notifications.Features.Messages;

/// <summary>
/// Tells the owner what becomes of money that did not fit. What is accepted is told by the settlement; money of nobody known has nobody to tell.
/// </summary>
internal sealed class NotifyMoneyCase(OwnerNotifier owner) : IConsumer<MoneyCaseOpened>, IConsumer<MoneyCaseClosed>, IConsumer<MoneyRefunded>
{
    public Task Consume(ConsumeContext<MoneyCaseOpened> context)
    {
        var e = context.Message;
        return TellAsync(NoticeKinds.MoneyCaseOpened, e.CaseId, e.OwnerId, e.DossierId, e.DossierCode, e.Amount, e.DueAt, e.OccurredAt, context.CancellationToken);
    }

    public Task Consume(ConsumeContext<MoneyCaseClosed> context)
    {
        var e = context.Message;
        return e.Decision switch
        {
            "askRest" => TellAsync(NoticeKinds.MoneyRestDue, e.CaseId, e.OwnerId, e.DossierId, e.DossierCode, e.Rest ?? 0, e.PayUntil, e.OccurredAt, context.CancellationToken),
            "refund" => TellAsync(NoticeKinds.MoneyRefundPromised, e.CaseId, e.OwnerId, e.DossierId, e.DossierCode, e.Amount, null, e.OccurredAt, context.CancellationToken),
            _ => Task.CompletedTask,
        };
    }

    public Task Consume(ConsumeContext<MoneyRefunded> context)
    {
        var e = context.Message;
        return TellAsync(NoticeKinds.MoneyRefunded, e.RefundId, e.OwnerId, e.DossierId, e.DossierCode, e.Amount, null, e.OccurredAt, context.CancellationToken);
    }

    private Task TellAsync(string kind, Guid about, Guid? ownerId, Guid? dossierId, string? code, long amount, DateTimeOffset? deadline, DateTimeOffset at, CancellationToken ct) =>
        ownerId is { } recipient
            ? owner.NotifyAsync(new NotifyOwner(kind, $"{about:N}", recipient, dossierId, code, at, amount, deadline), ct)
            : Task.CompletedTask;
}
