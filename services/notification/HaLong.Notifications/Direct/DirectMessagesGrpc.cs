using System.Text.RegularExpressions;
using Grpc.Core;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Sending;
using HaLong.Notifications.V1;
using HaLong.ServiceDefaults;

namespace HaLong.Notifications.Direct;

/// <summary>Codes and notices for one telephone or mailbox. Passed on at once; no row, no log line holds number, address or text.</summary>
internal sealed partial class DirectMessagesGrpc(DirectSender sender, TimeProvider clock) : DirectMessages.DirectMessagesBase
{
    public override async Task<SendCodeResponse> SendCode(SendCodeRequest request, ServerCallContext context)
    {
        var left = (request.ExpiresAt?.ToDateTimeOffset() ?? default) - clock.GetUtcNow();
        if (left <= TimeSpan.Zero)
            throw new ErrorException(NotificationErrors.CodeTooLate);
        if (!SixDigits().IsMatch(request.Code))
            throw new ErrorException(NotificationErrors.DirectNotUsable);

        var text = DirectTexts.Code(request.Purpose, request.Language, request.Code, Math.Max(1, (int)left.TotalMinutes), request.Values);
        var byMail = request.ToCase == SendCodeRequest.ToOneofCase.Email;
        await SendAsync(request.Id, request.Purpose, byMail, byMail ? request.Email : request.Phone, request.Language, text, context.CancellationToken,
            request.ExpiresAt!.ToDateTimeOffset());
        return new SendCodeResponse();
    }

    public override async Task<SendNoticeResponse> SendNotice(SendNoticeRequest request, ServerCallContext context)
    {
        var text = DirectTexts.Notice(request.Template, request.Language, request.Values);
        var byMail = request.ToCase == SendNoticeRequest.ToOneofCase.Email;
        await SendAsync(request.Id, request.Template, byMail, byMail ? request.Email : request.Phone, request.Language, text, context.CancellationToken);
        return new SendNoticeResponse();
    }

    private async Task SendAsync(string id, string purpose, bool byMail, string to, string language, string? text, CancellationToken ct, DateTimeOffset? expiresAt = null)
    {
        if (text is null || !Id().IsMatch(id) || (!byMail && !Mobile().IsMatch(to)))
            throw new ErrorException(NotificationErrors.DirectNotUsable);

        var subject = language == "en" ? "Ha Long public services" : "Dịch vụ công Hạ Long";
        await sender.SendAsync(
            byMail ? MessageChannel.Email : MessageChannel.Sms, purpose, new OutgoingMessage(id, to, language, subject, text, Class: NoticeClass.Urgent, ExpiresAt: expiresAt), ct);
    }

    [GeneratedRegex("^[0-9]{6}$", RegexOptions.CultureInvariant)]
    private static partial Regex SixDigits();

    [GeneratedRegex("^[A-Za-z0-9-]{8,64}$", RegexOptions.CultureInvariant)]
    private static partial Regex Id();

    [GeneratedRegex(@"^\+84[35789][0-9]{8}$", RegexOptions.CultureInvariant)]
    private static partial Regex Mobile();
}
