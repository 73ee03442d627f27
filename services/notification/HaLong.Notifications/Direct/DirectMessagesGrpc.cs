using System.Text.RegularExpressions;
using Grpc.Core;
using HaLong.Notifications.Domain;
using HaLong.Notifications.V1;
using HaLong.ServiceDefaults;

namespace HaLong.Notifications.Direct;

/// <summary>Codes and notices for one telephone or mailbox. Passed on and forgotten: no row, no log line holds number, address or text.</summary>
internal sealed partial class DirectMessagesGrpc(SmsProvider sms, DirectMail mail, NotificationMetrics metrics, TimeProvider clock) : DirectMessages.DirectMessagesBase
{
    public override async Task<SendCodeResponse> SendCode(SendCodeRequest request, ServerCallContext context)
    {
        var left = (request.ExpiresAt?.ToDateTimeOffset() ?? default) - clock.GetUtcNow();
        if (left <= TimeSpan.Zero)
            throw new ErrorException(NotificationErrors.CodeTooLate);
        if (!SixDigits().IsMatch(request.Code))
            throw new ErrorException(NotificationErrors.DirectNotUsable);

        var text = DirectTexts.Code(request.Purpose, request.Language, request.Code, Math.Max(1, (int)left.TotalMinutes), request.Values);
        await SendAsync(request.Id, request.ToCase == SendCodeRequest.ToOneofCase.Email, request.ToCase == SendCodeRequest.ToOneofCase.Email ? request.Email : request.Phone,
            request.Language, text, context.CancellationToken);
        return new SendCodeResponse();
    }

    public override async Task<SendNoticeResponse> SendNotice(SendNoticeRequest request, ServerCallContext context)
    {
        var text = DirectTexts.Notice(request.Template, request.Language, request.Values);
        await SendAsync(request.Id, request.ToCase == SendNoticeRequest.ToOneofCase.Email, request.ToCase == SendNoticeRequest.ToOneofCase.Email ? request.Email : request.Phone,
            request.Language, text, context.CancellationToken);
        return new SendNoticeResponse();
    }

    private async Task SendAsync(string id, bool byMail, string to, string language, string? text, CancellationToken ct)
    {
        if (text is null || !Id().IsMatch(id) || (!byMail && !Mobile().IsMatch(to)))
            throw new ErrorException(NotificationErrors.DirectNotUsable);

        var channel = byMail ? MessageChannel.Email : MessageChannel.Sms;
        try
        {
            if (byMail)
                await mail.SendAsync(id, to, language, text, ct);
            else
                await sms.SendAsync(id, to, text, ct);
            metrics.Sent(channel);
        }
        catch (ErrorException)
        {
            metrics.Failed(channel);
            throw;
        }
    }

    [GeneratedRegex("^[0-9]{6}$", RegexOptions.CultureInvariant)]
    private static partial Regex SixDigits();

    [GeneratedRegex("^[A-Za-z0-9-]{8,64}$", RegexOptions.CultureInvariant)]
    private static partial Regex Id();

    [GeneratedRegex(@"^\+84[35789][0-9]{8}$", RegexOptions.CultureInvariant)]
    private static partial Regex Mobile();
}
