using System.Text.Json;
using HaLong.Identity.Persistence;
using HaLong.Messaging;
using HaLong.Notifications.V1;
using HaLong.ServiceDefaults;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Identity.Codes;

/// <summary>Hands a notice to the notification service and erases it; what cannot be delivered within hours is of no use any more.</summary>
internal sealed partial class DeliverDirectNotice(
    IdentityDbContext db, DirectNotices notices, DirectMessages.DirectMessagesClient messages, IOptions<CodeOptions> options, TimeProvider time,
    ILogger<DeliverDirectNotice> logger) : IConsumer<SendDirectNotice>
{
    public async Task Consume(ConsumeContext<SendDirectNotice> context)
    {
        var ct = context.CancellationToken;
        var attempt = context.Message.Attempt;
        if (await db.DirectNotices.SingleOrDefaultAsync(n => n.Id == context.Message.NoticeId, ct) is not { } notice)
            return;

        if (notice.ExpiresAt > time.GetUtcNow() && await TrySendAsync(notice, attempt, ct) is { } wait)
            db.Enqueue(context.Message with { Attempt = attempt + 1 }, wait);
        else
            db.DirectNotices.Remove(notice);
    }

    /// <summary>Null when nothing is left to do, else how long to wait.</summary>
    private async Task<TimeSpan?> TrySendAsync(DirectNotice notice, int attempt, CancellationToken ct)
    {
        try
        {
            await messages.SendNoticeAsync(Request(notice), cancellationToken: ct);
            return null;
        }
        catch (ErrorException e) when (e.Error.Kind == ErrorKind.Validation)
        {
            LogRefused(logger, notice.Id, notice.Template, e.Error.Code);
            return null;
        }
        catch (Exception e) when (e is ErrorException or HttpRequestException or Grpc.Core.RpcException)
        {
            return options.Value.Wait(attempt);
        }
    }

    private SendNoticeRequest Request(DirectNotice notice)
    {
        var request = new SendNoticeRequest { Id = notice.Id.ToString("N"), Language = notice.Language, Template = notice.Template };
        request.Values.Add(JsonSerializer.Deserialize<Dictionary<string, string>>(notice.Values) ?? []);
        if (notice.Channel == "email")
            request.Email = notices.TargetOf(notice);
        else
            request.Phone = notices.TargetOf(notice);
        return request;
    }

    [LoggerMessage(3104, LogLevel.Warning, "Notice {NoticeId} ({Template}) cannot be sent: {Reason}")]
    private static partial void LogRefused(ILogger logger, Guid noticeId, string template, string reason);
}
