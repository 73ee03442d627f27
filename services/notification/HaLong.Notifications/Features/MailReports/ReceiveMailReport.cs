using HaLong.Notifications.Domain;
using HaLong.Notifications.Persistence;
using HaLong.Notifications.Sending;
using HaLong.Notifications.Sending.Mail;
using HaLong.ServiceDefaults;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Notifications.Features.MailReports;

/// <summary>Takes what came back by mail from the mail server's pipe, and turns it into the state of the message that it is about.</summary>
internal sealed partial class ReceiveMailReport(
    NotificationDbContext db, Receipts receipts, MailMetrics metrics, IOptions<SmtpOptions> options, TimeProvider clock, ILogger<ReceiveMailReport> logger)
{
    // A report holds the mail that it is about, or its head; ours are small.
    private const int LongestReport = 512 * 1024;

    /// <param name="Outcome">failed, delayed, delivered, complained, ignored (no report) or unknown (about no mail of ours).</param>
    internal sealed record Answer(string Outcome);

    public static void Map(IEndpointRouteBuilder app) => app.MapPost(
            "/hooks/mail/reports", (ReceiveMailReport handler, HttpRequest request, CancellationToken ct) => handler.HandleAsync(request, ct))
        .WithTags("Mail reports")
        .WithName("receiveMailReport")
        .WithSummary("What came back by mail, from the mail server")
        .WithDescription(
            "Body: the raw mail (message/rfc822) that arrived at the bounce mailbox, at most 512 KiB. Headers X-Mail-Timestamp (unix seconds) and "
            + "X-Mail-Signature: v1= and the hexadecimal HMAC-SHA256 of time stamp, dot and raw body. Delivery reports (RFC 3464) and complaints (RFC 5965) "
            + "change their message; everything else is taken and ignored. The same report may come any number of times. 503: the message is being sent at this moment; post it again.")
        .Accepts<byte[]>("message/rfc822")
        .Produces<Answer>(StatusCodes.Status202Accepted)
        .ProducesProblem(StatusCodes.Status401Unauthorized)
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
        .AllowAnonymous();

    public async Task<IResult> HandleAsync(HttpRequest request, CancellationToken ct)
    {
        if (await ReadAsync(request, ct) is not { } raw)
            return CommonErrors.TooLarge.ToProblem();
        var now = clock.GetUtcNow();
        var (timestamp, signature) = (request.Headers[ReportSignature.TimestampHeader].ToString(), request.Headers[ReportSignature.SignatureHeader].ToString());
        if (ReportSignature.Refusal(options.Value.Reports, timestamp, signature, raw, now) is { } refusal)
        {
            LogRefused(logger, refusal.Code);
            return refusal.ToProblem();
        }

        if (MailReport.Read(raw) is not { } report)
            return Say("ignored");
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // Mail systems report twice, and at the same moment: one after the other, so that the message fails once.
        var id = VerpAddress.IdOf(report.Key);
        var found = db.Messages.FromSql($"SELECT * FROM message WHERE id = {id} AND channel = 'email' FOR UPDATE").AsNoTracking();
        if (await found.SingleOrDefaultAsync(ct) is not { } message)
            return Say("unknown");
        if (report.Kind == MailReportKind.Delayed)
            return Say("delayed");
        // They can be quicker than our own commit.
        if (message.State == MessageState.Pending)
            return MailErrors.NotYet.ToProblem();

        await receipts.TakeAsync(
            new DeliveryReceipt(
                message.Provider ?? SmtpProvider.ProviderName, report.Key, null, StatusOf(report.Kind), now, report.Reason, report.Status?.IsBadAddress ?? false),
            ct);
        await transaction.CommitAsync(ct);
        return Say(Words.Of(report.Kind));
    }

    private Accepted<Answer> Say(string outcome)
    {
        metrics.Reported(outcome);
        return TypedResults.Accepted((string?)null, new Answer(outcome));
    }

    private static ReceiptStatus StatusOf(MailReportKind kind) => kind switch
    {
        MailReportKind.Delivered => ReceiptStatus.Delivered,
        MailReportKind.Complained => ReceiptStatus.Complained,
        _ => ReceiptStatus.Failed,
    };

    private static async Task<byte[]?> ReadAsync(HttpRequest request, CancellationToken ct)
    {
        if (request.ContentLength > LongestReport)
            return null;
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        for (int read; (read = await request.Body.ReadAsync(buffer, ct)) > 0;)
        {
            if (body.Length + read > LongestReport)
                return null;
            body.Write(buffer, 0, read);
        }

        return body.ToArray();
    }

    [LoggerMessage(4250, LogLevel.Warning, "Mail report refused: {Code}")]
    private static partial void LogRefused(ILogger logger, string code);
}
