using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using HaLong.TestSupport;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace HaLong.PartnerLab.Tests;

/// <summary>The mail systems behind the first one, and what they report.</summary>
public sealed class MailReporterTests : IAsyncLifetime
{
    private readonly ConcurrentQueue<(string Timestamp, string Signature, string Body)> reports = [];
    private readonly Queue<int> answers = [];
    private WebApplication pipe = null!; // set by InitializeAsync
    private Lab lab = null!; // set by InitializeAsync

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        pipe = builder.Build();
        pipe.MapPost("/reports", async (HttpRequest request) =>
        {
            using var reader = new StreamReader(request.Body);
            reports.Enqueue((request.Headers["X-Mail-Timestamp"].ToString(), request.Headers["X-Mail-Signature"].ToString(), await reader.ReadToEndAsync()));
            return Results.StatusCode(answers.TryDequeue(out var status) ? status : 202);
        });
        await pipe.StartAsync();
        lab = await Lab.StartAsync(("Smtp:ReportsUrl", pipe.Urls.First() + "/reports"), ("Smtp:ReportsSecret", "the secret of the pipe"));
    }

    public async ValueTask DisposeAsync()
    {
        await lab.DisposeAsync();
        await pipe.DisposeAsync();
    }

    [Theory]
    [InlineData(true, "5.1.1")]
    [InlineData(522, "5.2.2")]
    [InlineData(5110, "5.1.10")]
    [InlineData(447, "4.4.7")]
    public async Task A_mail_comes_back_to_its_return_path_with_a_signed_report(object dial, string status)
    {
        await lab.DialAsync("mail.bounce", dial, target: "b@example.vn");

        await MailAsync("b@example.vn");

        var (timestamp, signature, body) = await ReportAsync();
        Assert.Equal("v1=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes("the secret of the pipe"), Encoding.UTF8.GetBytes(timestamp + "." + body))), signature);
        foreach (var line in new[]
        {
            "To: <bounce+key@halong.vn>", "Content-Type: multipart/report; report-type=delivery-status; boundary=\"=_report\"", "Final-Recipient: rfc822; b@example.vn", "Action: failed",
            $"Status: {status}", "Original-Envelope-Id: key", "Subject: the mail",
        })
            Assert.Contains("\r\n" + line + "\r\n", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_delay_and_a_complaint_are_reported_as_such_and_other_mail_is_not_reported()
    {
        await lab.DialAsync("mail.delayed", true, times: 1, target: "b@example.vn");
        await lab.DialAsync("mail.complain", true, target: "c@example.vn");

        await MailAsync("glad@example.vn");
        await MailAsync("b@example.vn");
        var delay = await ReportAsync();
        await MailAsync("c@example.vn");
        var complaint = await ReportAsync();

        Assert.Contains("\r\nAction: delayed\r\nStatus: 4.4.1\r\n", delay.Body, StringComparison.Ordinal);
        Assert.Contains("\r\nFeedback-Type: abuse\r\n", complaint.Body, StringComparison.Ordinal);
        Assert.Contains("\r\nOriginal-Mail-From: <bounce+key@halong.vn>\r\n", complaint.Body, StringComparison.Ordinal);
        Assert.Empty(reports);
    }

    [Fact]
    public async Task A_report_that_cannot_be_taken_now_comes_again()
    {
        answers.Enqueue(503);
        await lab.DialAsync("mail.bounce", true, target: "b@example.vn");

        await MailAsync("b@example.vn");

        Assert.Equal((await ReportAsync()).Body, (await ReportAsync()).Body);
    }

    private async Task MailAsync(string to)
    {
        using var talk = await lab.TalkAsync();
        await talk.HearAsync();
        await talk.SayAsync("EHLO client");
        await talk.SayAsync("MAIL FROM:<bounce+key@halong.vn> RET=HDRS ENVID=key");
        await talk.SayAsync($"RCPT TO:<{to}> NOTIFY=FAILURE");
        await talk.SayAsync("DATA");
        Assert.StartsWith("250", await talk.SayAsync("Subject: the mail\r\n\r\ntext\r\n."));
    }

    private async Task<(string Timestamp, string Signature, string Body)> ReportAsync()
    {
        (string, string, string) report = default;
        await Eventually.Async(() => Task.FromResult(reports.TryDequeue(out report)), "a report");
        return report;
    }
}
