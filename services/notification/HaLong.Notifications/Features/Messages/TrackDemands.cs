using HaLong.Dossiers.Contracts.Events;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Planning;
using HaLong.Payments.Contracts.Events;
using MassTransit;
using Microsoft.Extensions.Options;

namespace HaLong.Notifications.Features.Messages;

/// <summary>
/// Keeps what is still open (payments, supplements, dossiers), so that nobody is reminded of what is done, and puts the reminders down for their
/// day. One queue of its own: it waits for nobody who is told.
/// </summary>
internal sealed class TrackDemands(ConditionBook open, NoticeSchedule schedule, IOptions<RuleOptions> options)
    : IConsumer<PaymentRequested>, IConsumer<PaymentSettled>, IConsumer<PaymentExpired>, IConsumer<PaymentCancelled>, IConsumer<DossierSupplementRequested>,
      IConsumer<DossierSupplemented>, IConsumer<DossierNotAccepted>, IConsumer<DossierRefused>, IConsumer<DossierStopped>, IConsumer<DossierWithdrawn>,
      IConsumer<DossierReturned>
{
    public async Task Consume(ConsumeContext<PaymentRequested> context)
    {
        var (e, ct, unpaid) = (context.Message, context.CancellationToken, Conditions.Unpaid(context.Message.PaymentId));
        await open.OpenAsync(unpaid, e.OccurredAt, ct);
        var reminder = new NotifyOwner(
            NoticeKinds.PaymentReminder, $"{e.PaymentId:N}", e.OwnerId, e.DossierId, e.DossierCode, e.OccurredAt, e.Amount, e.ExpiresAt, Condition: unpaid);
        await schedule.AddAsync(reminder, e.ExpiresAt - options.Value.PaymentReminder, ct);
    }

    public Task Consume(ConsumeContext<PaymentSettled> context) => PaidAsync(context.Message.PaymentId, context.Message.OccurredAt, context);

    public Task Consume(ConsumeContext<PaymentExpired> context) => PaidAsync(context.Message.PaymentId, context.Message.OccurredAt, context);

    public Task Consume(ConsumeContext<PaymentCancelled> context) => PaidAsync(context.Message.PaymentId, context.Message.OccurredAt, context);

    public async Task Consume(ConsumeContext<DossierSupplementRequested> context)
    {
        var (e, ct, missing) = (context.Message, context.CancellationToken, Conditions.SupplementOpen(context.Message.DossierId, context.Message.Number));
        await open.OpenAsync(missing, e.OccurredAt, ct);
        var reminder = new NotifyOwner(
            NoticeKinds.SupplementReminder, $"{e.DossierId:N}/{e.Number}", e.OwnerId, e.DossierId, e.Code, e.OccurredAt, Deadline: e.Deadline, Condition: missing);
        await schedule.AddAsync(reminder, e.Deadline - options.Value.SupplementReminder, ct);
    }

    public Task Consume(ConsumeContext<DossierSupplemented> context) =>
        open.CloseAsync(Conditions.SupplementOpen(context.Message.DossierId, context.Message.Number), context.Message.OccurredAt, context.CancellationToken);

    public Task Consume(ConsumeContext<DossierNotAccepted> context) => OverAsync(context.Message.DossierId, context.Message.OccurredAt, context);

    public Task Consume(ConsumeContext<DossierRefused> context) => OverAsync(context.Message.DossierId, context.Message.OccurredAt, context);

    public Task Consume(ConsumeContext<DossierStopped> context) => OverAsync(context.Message.DossierId, context.Message.OccurredAt, context);

    public Task Consume(ConsumeContext<DossierWithdrawn> context) => OverAsync(context.Message.DossierId, context.Message.OccurredAt, context);

    public async Task Consume(ConsumeContext<DossierReturned> context)
    {
        var e = context.Message;
        await OverAsync(e.DossierId, e.OccurredAt, context);
        var invitation = new NotifyOwner(NoticeKinds.RatingInvited, $"{e.DossierId:N}", e.OwnerId, e.DossierId, e.Code, e.OccurredAt);
        await schedule.AddAsync(invitation, e.OccurredAt + options.Value.RatingAfter, context.CancellationToken);
    }

    private Task PaidAsync(Guid payment, DateTimeOffset at, ConsumeContext context) => open.CloseAsync(Conditions.Unpaid(payment), at, context.CancellationToken);

    private Task OverAsync(Guid dossier, DateTimeOffset at, ConsumeContext context) => open.CloseAsync(Conditions.DossierOpen(dossier), at, context.CancellationToken);
}
