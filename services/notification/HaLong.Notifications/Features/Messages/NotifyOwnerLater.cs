using MassTransit;

namespace HaLong.Notifications.Features.Messages;

/// <summary>Tries a notice again that had to wait for identity.</summary>
internal sealed class NotifyOwnerLater(OwnerNotifier owner) : IConsumer<NotifyOwner>
{
    public Task Consume(ConsumeContext<NotifyOwner> context) => owner.NotifyAsync(context.Message, context.CancellationToken);
}
