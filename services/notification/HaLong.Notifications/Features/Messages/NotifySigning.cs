using HaLong.Notifications.Domain;
using HaLong.Notifications.Persistence;
using HaLong.Signatures.Contracts.Events;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Notifications.Features.Messages;

/// <summary>
/// Tells signers that it is their turn, and the person who asked for signatures how it ended. An officer who has two hundred results to sign
/// finds each in the inbox and gets one letter, not two hundred.
/// </summary>
internal sealed class NotifySigning(OwnerNotifier owner, NotificationDbContext db, TimeProvider time)
    : IConsumer<SigningRequested>, IConsumer<SigningReminderDue>, IConsumer<SigningCompleted>, IConsumer<SigningRefused>, IConsumer<SigningExpired>
{
    private static readonly TimeSpan LetterEvery = TimeSpan.FromHours(1);

    public Task Consume(ConsumeContext<SigningRequested> context)
    {
        var e = context.Message;
        return AskAsync(NoticeKinds.SigningRequested, e.SessionId, e.AccountId, e.Deadline, e.OccurredAt, context.CancellationToken);
    }

    public Task Consume(ConsumeContext<SigningReminderDue> context)
    {
        var e = context.Message;
        return AskAsync(NoticeKinds.SigningReminder, e.SessionId, e.AccountId, e.Deadline, e.OccurredAt, context.CancellationToken);
    }

    public Task Consume(ConsumeContext<SigningCompleted> context)
    {
        var e = context.Message;
        return EndAsync(NoticeKinds.SigningCompleted, e.SessionId, e.CreatedBy, e.OccurredAt, context.CancellationToken);
    }

    public Task Consume(ConsumeContext<SigningRefused> context)
    {
        var e = context.Message;
        return EndAsync(NoticeKinds.SigningRefused, e.SessionId, e.CreatedBy, e.OccurredAt, context.CancellationToken);
    }

    public Task Consume(ConsumeContext<SigningExpired> context)
    {
        var e = context.Message;
        return EndAsync(NoticeKinds.SigningExpired, e.SessionId, e.CreatedBy, e.OccurredAt, context.CancellationToken);
    }

    private async Task AskAsync(string kind, Guid session, Guid signer, DateTimeOffset deadline, DateTimeOffset at, CancellationToken ct)
    {
        var since = time.GetUtcNow() - LetterEvery;
        var written = await db.Messages.AnyAsync(
            m => m.RecipientId == signer && m.Kind == kind && m.Channel != MessageChannel.InApp && m.CreatedAt > since, ct);
        await owner.NotifyAsync(new NotifyOwner(kind, $"{session:N}/{at.ToUnixTimeSeconds()}", signer, null, null, at, Deadline: deadline, Quiet: written), ct);
    }

    // What a service asked for it hears of by the same event.
    private Task EndAsync(string kind, Guid session, string createdBy, DateTimeOffset at, CancellationToken ct) => Guid.TryParse(createdBy, out var person)
        ? owner.NotifyAsync(new NotifyOwner(kind, $"{session:N}", person, null, null, at), ct)
        : Task.CompletedTask;
}
