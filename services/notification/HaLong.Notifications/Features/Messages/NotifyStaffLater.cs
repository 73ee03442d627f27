using MassTransit;

namespace HaLong.Notifications.Features.Messages;

/// <summary>Tries again to tell officials whom identity could not name.</summary>
internal sealed class NotifyStaffLater(StaffNotifier staff) : IConsumer<NotifyStaff>
{
    public Task Consume(ConsumeContext<NotifyStaff> context) => staff.NotifyAsync(context.Message, context.CancellationToken);
}
