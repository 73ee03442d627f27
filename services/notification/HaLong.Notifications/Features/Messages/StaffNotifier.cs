using HaLong.Messaging;
using HaLong.Notifications.Contacts;
using HaLong.Notifications.Persistence;
using Microsoft.Extensions.Options;

namespace HaLong.Notifications.Features.Messages;

/// <summary>Tells the holders of roles in a unit, as they are today; each gets a message of his own.</summary>
internal sealed partial class StaffNotifier(
    NotificationDbContext db, StaffBook staff, OwnerNotifier people, IOptions<NoticeOptions> options, ILogger<StaffNotifier> logger)
{
    public async Task NotifyAsync(NotifyStaff order, CancellationToken ct)
    {
        if (await staff.HoldersAsync(order.Roles, order.UnitCode, ct) is not { } holders)
        {
            // Nothing is lost: the order waits in the outbox until identity answers.
            var later = order with { Attempt = order.Attempt + 1 };
            db.Enqueue(later, options.Value.ContactWait(later.Attempt));
            LogPostponed(logger, order.Notice.Kind, order.Notice.DossierId, later.Attempt);
            return;
        }
        if (holders.Count == 0)
            LogNobody(logger, order.Notice.Kind, order.Notice.DossierId, order.UnitCode);
        foreach (var holder in holders.Where(h => h != order.ExceptId))
            await people.NotifyAsync(order.Notice with { RecipientId = holder }, ct);
    }

    [LoggerMessage(4016, LogLevel.Warning, "Identity cannot be asked who is to hear {Kind} about {DossierId}; attempt {Attempt}")]
    private static partial void LogPostponed(ILogger logger, string kind, Guid? dossierId, int attempt);

    [LoggerMessage(4017, LogLevel.Warning, "Nobody in unit {UnitCode} can be told {Kind} about {DossierId}: the roles have no holder")]
    private static partial void LogNobody(ILogger logger, string kind, Guid? dossierId, string unitCode);
}
