using System.Text;
using HaLong.Notifications.Sending.Mail;

namespace HaLong.Notifications.Tests.Sending.Mail;

/// <summary>Reports as mail systems write them; each writes them differently.</summary>
public sealed class MailReportTests
{
    private const string Key = "0198c0ff000070008000000000000001";

    [Fact]
    public void A_report_of_Postfix_says_that_nobody_is_there() => Expect(MailReportKind.Failed, "no such mailbox (5.1.1)", true, Report(
        "delivery-status",
        "message/delivery-status",
        """
        Reporting-MTA: dns; mx.halong.vn
        X-Postfix-Queue-ID: 4F2C81A0
        Arrival-Date: Mon, 23 Nov 2026 09:15:00 +0700 (+07)

        Final-Recipient: rfc822; nguoi.dan@example.vn
        Original-Recipient: rfc822;nguoi.dan@example.vn
        Action: failed
        Status: 5.1.1
        Remote-MTA: dns; mx.example.vn
        Diagnostic-Code: smtp; 550 5.1.1 <nguoi.dan@example.vn>: Recipient address rejected:
            User unknown in virtual mailbox table
        """));

    [Fact]
    public void Exchange_writes_its_action_and_status_in_its_own_way() => Expect(MailReportKind.Failed, "domain takes no mail (5.1.10)", true, Report(
        "delivery-status",
        "message/delivery-status",
        """
        Reporting-MTA: dns;APC01.prod.outlook.com

        Final-recipient: RFC822;nguoi.dan@example.vn
        Action: FAILED
        Status: 5.1.10
        Diagnostic-code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup
        """));

    [Fact]
    public void A_status_that_is_missing_is_taken_from_the_servers_words_and_without_any_it_is_undelivered()
    {
        Expect(MailReportKind.Failed, "mailbox full (5.2.2)", false, Report(
            "delivery-status", "message/delivery-status", "Reporting-MTA: dns; a\n\nFinal-Recipient: rfc822; b@c.vn\nAction: failed\nDiagnostic-Code: smtp; 552 5.2.2 over quota\n"));
        Expect(MailReportKind.Failed, "undelivered", false, Report(
            "delivery-status", "message/delivery-status", "Reporting-MTA: dns; a\n\nFinal-Recipient: rfc822; b@c.vn\nAction: failed\n"));
    }

    [Theory]
    [InlineData("failed", "4.4.7", "Failed")]
    [InlineData("delayed", "4.4.1", "Delayed")]
    [InlineData("delivered", "2.0.0", "Delivered")]
    [InlineData("relayed", "2.0.0", null)]
    [InlineData("expanded", "2.0.0", null)]
    [InlineData("", "5.1.1", null)]
    public void Whether_it_is_over_is_said_by_the_action_not_by_the_status(string action, string status, string? kind) => Assert.Equal(kind, Read(Report(
        "delivery-status", "message/delivery-status", $"Reporting-MTA: dns; a\n\nFinal-Recipient: rfc822; b@c.vn\nAction: {action}\nStatus: {status}\n"))?.Kind.ToString());

    [Theory]
    [InlineData("abuse", true)]
    [InlineData("Abuse", true)]
    [InlineData("fraud", true)]
    [InlineData("opt-out", true)]
    [InlineData("opt-out-list", true)]
    [InlineData("virus", true)]
    [InlineData("other", true)]
    [InlineData("not-spam", false)]
    [InlineData("auth-failure", false)]
    public void A_reader_who_calls_it_unwanted_complains_and_nobody_else_does(string type, bool complains)
    {
        var report = Read(Report(
            "feedback-report", "message/feedback-report", $"Feedback-Type: {type}\nUser-Agent: SomeGenerator/1.0\nVersion: 1\nOriginal-Mail-From: <bounce+{Key}@b.halong.vn>\n",
            to: "abuse@halong.vn"));

        Assert.Equal(complains ? new MailReport(Key, MailReportKind.Complained, null) : null, report);
        if (complains)
            Assert.Equal("called unwanted", report!.Reason);
    }

    [Theory]
    [InlineData("envelope", "Original-Envelope-Id: " + Key, "postmaster@halong.vn", "", "")]
    [InlineData("return path", "X-Other: 1", "bounce+" + Key + "@b.halong.vn", "", "")]
    [InlineData("delivered to", "X-Other: 1", "undisclosed@halong.vn", "Delivered-To: bounce+" + Key + "@b.halong.vn", "")]
    [InlineData("original to", "X-Other: 1", "undisclosed@halong.vn", "X-Original-To: <bounce+" + Key + "@b.halong.vn>", "")]
    [InlineData("message id", "X-Other: 1", "postmaster@halong.vn", "", "<" + Key + "@halong.vn>")]
    public void The_mail_that_it_is_about_is_found_wherever_it_is_named(string where, string field, string to, string header, string messageId)
    {
        var status = $"Reporting-MTA: dns; a\n{field}\n\nFinal-Recipient: rfc822; b@c.vn\nAction: failed\nStatus: 5.1.1\n";

        foreach (var whole in new[] { true, false })
        {
            var report = Read(Report("delivery-status", "message/delivery-status", status, to, header, messageId, whole));
            Assert.True(report?.Key == Key, $"{where}: {report}");
        }
    }

    [Theory]
    [InlineData("Subject: Tôi đi vắng\nTo: bounce+" + Key + "@b.halong.vn\nAuto-Submitted: auto-replied\n\nTuần sau tôi trả lời.\n")]
    [InlineData("To: bounce+" + Key + "@b.halong.vn\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: message/delivery-status\n\nAction: failed\n\n--x--\n")]
    [InlineData("To: bounce+" + Key + "@b.halong.vn\nContent-Type: multipart/report; report-type=disposition-notification; boundary=x\n\n--x\n\nread\n--x--\n")]
    [InlineData("To: bounce+" + Key + "@b.halong.vn\nContent-Type: multipart/report; report-type=delivery-status; boundary=x\n\n")]
    [InlineData("")]
    [InlineData("\0\u0001\u0002 nothing of the kind")]
    public void What_is_no_report_is_none(string mail) => Assert.Null(Read(mail));

    [Fact]
    public void A_report_about_no_mail_of_ours_is_none() => Assert.Null(Read(Report(
        "delivery-status", "message/delivery-status", "Reporting-MTA: dns; a\n\nFinal-Recipient: rfc822; b@c.vn\nAction: failed\nStatus: 5.1.1\n", to: "bounce+somebody@else.vn")));

    [Fact]
    public void A_mail_in_a_mail_in_a_mail_does_not_bring_the_reader_down()
    {
        var nested = new StringBuilder($"To: bounce+{Key}@b.halong.vn\n");
        for (var depth = 0; depth < 3000; depth++)
            nested.Append(System.Globalization.CultureInfo.InvariantCulture, $"Content-Type: multipart/report; boundary=b{depth}\n\n--b{depth}\n");

        Assert.Null(Read(nested.ToString()));
    }

    private static void Expect(MailReportKind kind, string reason, bool badAddress, string raw)
    {
        var report = Read(raw);

        Assert.NotNull(report);
        Assert.Equal((Key, kind, reason, badAddress), (report.Key, report.Kind, report.Reason, report.Status?.IsBadAddress ?? false));
        Assert.DoesNotContain("@", report.Reason, StringComparison.Ordinal);
    }

    private static MailReport? Read(string raw) => MailReport.Read(Encoding.UTF8.GetBytes(raw.ReplaceLineEndings("\r\n")));

    private static string Report(
        string type, string media, string content, string to = $"bounce+{Key}@b.halong.vn", string header = "", string messageId = "", bool whole = false) =>
        $"""
        From: MAILER-DAEMON@mx.halong.vn
        To: {to}
        {(header.Length > 0 ? header : "X-Nothing: here")}
        Subject: Undelivered Mail Returned to Sender
        Auto-Submitted: auto-replied
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type={type};
        	boundary="=_x"

        This is a MIME-encapsulated message.

        --=_x
        Content-Description: Notification
        Content-Type: text/plain; charset=us-ascii

        I'm sorry to have to inform you that your message could not be delivered.

        --=_x
        Content-Type: {media}

        {content.ReplaceLineEndings("\n")}

        --=_x
        Content-Type: {(whole ? "message/rfc822" : "text/rfc822-headers")}

        From: khong-tra-loi@halong.vn
        To: nguoi.dan@example.vn
        Message-ID: {(messageId.Length > 0 ? messageId : "<another@halong.vn>")}
        Subject: =?utf-8?B?SOG7kyBzxqE=?=

        {(whole ? "Nội dung" : "")}
        --=_x--
        """;
}
