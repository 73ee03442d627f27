using System.Globalization;
using System.Text;

namespace HaLong.PartnerLab.Mail;

/// <summary>Reports of mail systems, written as they write them: delivery status (RFC 3464) and complaint (RFC 5965).</summary>
internal static class ReportText
{
    /// <param name="mail">What it is about.</param>
    /// <param name="action">failed or delayed.</param>
    /// <param name="status">Enhanced status, e.g. 5.1.1.</param>
    /// <param name="at">When.</param>
    public static string Delivery(Mail mail, string action, string status, DateTimeOffset at) => Lines([
        "From: MAILER-DAEMON@partner-lab", $"To: <{mail.From}>", $"Subject: {(action == "failed" ? "Undelivered Mail Returned to Sender" : "Delayed Mail")}",
        $"Date: {Date(at)}",
        $"Message-ID: <{Guid.CreateVersion7(at):N}@partner-lab>", "Auto-Submitted: auto-replied", "MIME-Version: 1.0",
        "Content-Type: multipart/report; report-type=delivery-status; boundary=\"=_report\"", "",
        "--=_report", "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: 8bit", "", $"Thư của bạn gửi {mail.To[0]}: {status}", "",
        "--=_report", "Content-Type: message/delivery-status", "", "Reporting-MTA: dns; partner-lab", $"Arrival-Date: {Date(mail.ReceivedAt)}",
        .. mail.EnvelopeId is { } envelope ? [$"Original-Envelope-Id: {envelope}"] : Array.Empty<string>(), "",
        $"Final-Recipient: rfc822; {mail.To[0]}", $"Action: {action}", $"Status: {status}",
        $"Diagnostic-Code: smtp; {(status[0] == '5' ? 550 : 451)} {status} As dialled", "",
        "--=_report", "Content-Type: text/rfc822-headers", "", Head(mail), "", "--=_report--"]);

    public static string Complaint(Mail mail, DateTimeOffset at) => Lines(
        "From: <fbl@partner-lab>", "To: <abuse@halong.example>", "Subject: FW: complaint", $"Date: {Date(at)}",
        $"Message-ID: <{Guid.CreateVersion7(at):N}@partner-lab>", "MIME-Version: 1.0",
        "Content-Type: multipart/report; report-type=feedback-report; boundary=\"=_report\"", "",
        "--=_report", "Content-Type: text/plain; charset=us-ascii", "", "This is an email abuse report.", "",
        "--=_report", "Content-Type: message/feedback-report", "", "Feedback-Type: abuse", "User-Agent: PartnerLab/1", "Version: 1",
        $"Original-Mail-From: <{mail.From}>", "",
        "--=_report", "Content-Type: message/rfc822", "", Encoding.UTF8.GetString(mail.Content), "--=_report--");

    private static string Head(Mail mail)
    {
        var text = Encoding.UTF8.GetString(mail.Content);
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        return end < 0 ? text : text[..end];
    }

    private static string Date(DateTimeOffset at) => at.ToString("ddd, dd MMM yyyy HH:mm:ss +0000", CultureInfo.InvariantCulture);

    private static string Lines(params string[] lines) => string.Join("\r\n", lines) + "\r\n";
}
