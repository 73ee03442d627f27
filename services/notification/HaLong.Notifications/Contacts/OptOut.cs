using HaLong.Identity.V1;
using HaLong.Messaging;
using HaLong.Notifications.Features.Messages;
using HaLong.Notifications.Persistence;
using HaLong.ServiceDefaults;
using MassTransit;
using Microsoft.Extensions.Options;

namespace HaLong.Notifications.Contacts;

/// <summary>A reader wants no optional messages any more. Internal: travels on the bus until identity has written it down.</summary>
/// <param name="AccountId">Who.</param>
/// <param name="Attempt">How often identity was asked in vain.</param>
[EntityName("halong.notification.opt-out.v1")]
[MessageUrn("halong.notification.opt-out.v1")]
public sealed record OptOut(Guid AccountId, int Attempt = 0);

/// <summary>Tells identity, which keeps what people want, until it has heard it.</summary>
internal sealed partial class TellOptOut(
    Accounts.AccountsClient accounts, ContactBook contacts, NotificationDbContext db, IOptions<NoticeOptions> options, ILogger<TellOptOut> logger) : IConsumer<OptOut>
{
    public async Task Consume(ConsumeContext<OptOut> context)
    {
        var (order, ct) = (context.Message, context.CancellationToken);
        try
        {
            await accounts.OptOutAsync(new OptOutRequest { AccountId = order.AccountId.ToString() }, cancellationToken: ct);
            await contacts.ForgetAsync(order.AccountId, ct);
        }
        catch (Exception e) when (e is ErrorException or HttpRequestException or Grpc.Core.RpcException)
        {
            var later = order with { Attempt = order.Attempt + 1 };
            db.Enqueue(later, options.Value.ContactWait(later.Attempt));
            LogPostponed(logger, later.Attempt);
        }
    }

    [LoggerMessage(4320, LogLevel.Warning, "Identity cannot be told that somebody wants no optional messages (attempt {Attempt}); tried again")]
    private static partial void LogPostponed(ILogger logger, int attempt);
}
