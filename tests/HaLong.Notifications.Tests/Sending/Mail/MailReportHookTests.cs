using System.Diagnostics.Metrics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Sending.Mail;
using HaLong.Notifications.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HaLong.Notifications.Tests.Sending.Mail;

/// <summary>What the mail server's pipe posts, and what becomes of the messages.</summary>
public sealed class MailReportHookTests(World world) : IClassFixture<World>
{
    [Theory]
    [InlineData("failed", "5.1.1", "failed", "failed", "no such mailbox (5.1.1)")]
    [InlineData("failed", "4.4.7", "failed", "failed", "not delivered in time (4.4.7)")]
    [InlineData("delayed", "4.4.1", "delayed", "sent", null)]
    [InlineData("delivered", "2.0.0", "delivered", "delivered", null)]
    public async Task A_delivery_report_changes_the_message_that_it_is_about(string action, string status, string outcome, string state, string? error)
    {
        var row = await SentAsync();

        Assert.Equal(outcome, await OutcomeAsync(Delivery(row.Key, action, status)));
        // However often it comes.
        Assert.Equal(outcome, await OutcomeAsync(Delivery(row.Key, action, status)));

        var after = await RowAsync(row.Id);
        Assert.Equal((state, error), (Words.Of(after.State), after.LastError));
        Assert.Equal(action == "delivered", after.DeliveredAt is not null);
    }

    [Fact]
    public async Task A_complaint_says_that_it_arrived_and_was_unwanted()
    {
        var row = await SentAsync("smtp-2");

        Assert.Equal("complained", await OutcomeAsync(Complaint(row.Key)));

        var after = await RowAsync(row.Id);
        Assert.Equal((MessageState.Delivered, true), (after.State, after.ComplainedAt is not null));
    }

    [Fact]
    public async Task Twenty_reports_about_one_mail_at_once_change_it_once()
    {
        var row = await SentAsync();
        long failures = 0;
        var mine = world.Service.Services.GetRequiredService<IMeterFactory>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Name == "messages.failed" && instrument.Meter.Scope == mine)
                l.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => Interlocked.Add(ref failures, value));
        listener.Start();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => OutcomeAsync(Delivery(row.Key, "failed", "5.1.1"))));

        Assert.All(outcomes, outcome => Assert.Equal("failed", outcome));
        Assert.Equal(1, Interlocked.Read(ref failures));
        Assert.Equal(MessageState.Failed, (await RowAsync(row.Id)).State);
    }

    [Fact]
    public async Task A_report_that_overtakes_our_own_row_has_to_come_again()
    {
        var row = await StoreAsync(message => message.Schedule(TimeProvider.System.GetUtcNow().AddDays(1)));

        using var early = await PostAsync(Delivery(row.Key, "failed", "5.1.1"));
        Assert.Equal("delayed", await OutcomeAsync(Delivery(row.Key, "delayed", "4.4.1")));
        await world.InDatabaseAsync(async db =>
        {
            (await db.Messages.SingleAsync(m => m.Id == row.Id)).MarkSent(TimeProvider.System.GetUtcNow(), "smtp", "r");
            return await db.SaveChangesAsync(World.Ct);
        });

        await early.AssertProblemAsync(HttpStatusCode.ServiceUnavailable, "NOT-0152");
        Assert.Equal(TimeSpan.FromSeconds(5), early.Headers.RetryAfter?.Delta);
        Assert.Equal("failed", await OutcomeAsync(Delivery(row.Key, "failed", "5.1.1")));
    }

    [Fact]
    public async Task What_is_no_report_is_ignored_and_what_is_about_nothing_of_ours_is_unknown()
    {
        var inbox = await StoreAsync(message => message.MarkDelivered(TimeProvider.System.GetUtcNow()), MessageChannel.InApp);

        Assert.Equal("ignored", await OutcomeAsync("Subject: Out of office\r\n\r\nBack on Monday.\r\n"));
        Assert.Equal("unknown", await OutcomeAsync(Delivery(Guid.CreateVersion7().ToString("N"), "failed", "5.1.1")));
        Assert.Equal("unknown", await OutcomeAsync(Delivery(inbox.Key, "failed", "5.1.1")));
        Assert.Equal(MessageState.Delivered, (await RowAsync(inbox.Id)).State);
    }

    [Fact]
    public async Task A_report_without_a_signature_that_holds_is_refused()
    {
        var row = await SentAsync();
        var report = Delivery(row.Key, "failed", "5.1.1");
        var now = Now(TimeSpan.Zero);

        var refused = new[]
        {
            await PostAsync(report, secret: "another secret of some length"), await PostAsync(report, timestamp: ""), await PostAsync(report, timestamp: "soon"),
            await PostAsync(report, timestamp: "99999999999999999999"), await PostAsync(report, signature: ""), await PostAsync(report, signature: "v1=" + new string('0', 64)),
            await PostAsync(report, signature: ReportSignature.Sign(World.MailReportSecret, now, Encoding.UTF8.GetBytes(report + " ")), timestamp: now),
        };
        var stale = new[] { await PostAsync(report, timestamp: Now(TimeSpan.FromMinutes(-6))), await PostAsync(report, timestamp: Now(TimeSpan.FromMinutes(6))) };

        foreach (var response in refused)
            await response.AssertProblemAsync(HttpStatusCode.Unauthorized, "NOT-0150");
        foreach (var response in stale)
            await response.AssertProblemAsync(HttpStatusCode.Unauthorized, "NOT-0151");
        foreach (var response in refused.Concat(stale))
            response.Dispose();
        Assert.Equal(MessageState.Sent, (await RowAsync(row.Id)).State);
    }

    [Fact]
    public async Task A_report_that_is_too_long_is_refused_announced_or_not()
    {
        var report = new string('x', 512 * 1024 + 1);
        using var announced = await PostAsync(report);
        using var chunked = await PostAsync(report, chunked: true);
        Assert.Equal("ignored", await OutcomeAsync(new string('x', 512 * 1024)));

        await announced.AssertProblemAsync(HttpStatusCode.RequestEntityTooLarge, "CMN-0413");
        await chunked.AssertProblemAsync(HttpStatusCode.RequestEntityTooLarge, "CMN-0413");
    }

    [Fact]
    public void Without_a_secret_nothing_is_genuine()
    {
        var signature = ReportSignature.Sign("", "1", "body"u8);

        Assert.Equal("NOT-0150", ReportSignature.Refusal(new MailReportOptions(), "1", signature, "body"u8, DateTimeOffset.FromUnixTimeSeconds(1))?.Code);
    }

    private Task<Message> SentAsync(string provider = "smtp") => StoreAsync(message => message.MarkSent(TimeProvider.System.GetUtcNow(), provider, $"{message.Key}@halong.vn"));

    private async Task<Message> StoreAsync(Action<Message> change, MessageChannel channel = MessageChannel.Email)
    {
        var now = TimeProvider.System.GetUtcNow();
        var row = new Message
        {
            Id = Guid.CreateVersion7(),
            RecipientId = Guid.CreateVersion7(),
            Kind = "dossier-accepted",
            Trigger = "x",
            Channel = channel,
            Language = "vi",
            Title = "Tiêu đề",
            Body = "Nội dung",
            CreatedAt = now,
            DossierId = Guid.CreateVersion7(),
        };
        change(row);
        await world.InDatabaseAsync(async db =>
        {
            db.Add(row);
            // Only who was asked to carry it can tell what became of it.
            if (row.Provider is { } provider)
                db.Add(new MessageAttempt { MessageId = row.Id, Number = 1, Provider = provider, StartedAt = now });
            return await db.SaveChangesAsync(World.Ct);
        });
        return row;
    }

    private Task<Message> RowAsync(Guid id) => world.InDatabaseAsync(db => db.Messages.AsNoTracking().SingleAsync(m => m.Id == id));

    private async Task<string?> OutcomeAsync(string report)
    {
        using var response = await PostAsync(report);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        return (await response.Content.ReadFromJsonAsync<JsonElement>(World.Ct)).GetProperty("outcome").GetString();
    }

    private async Task<HttpResponseMessage> PostAsync(
        string report, string secret = World.MailReportSecret, string? timestamp = null, string? signature = null, bool chunked = false)
    {
        var (body, at) = (Encoding.UTF8.GetBytes(report), timestamp ?? Now(TimeSpan.Zero));
        using var client = world.Service.Client();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/hooks/mail/reports") { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("message/rfc822");
        if (chunked)
            request.Headers.TransferEncodingChunked = true;
        request.Headers.TryAddWithoutValidation(ReportSignature.TimestampHeader, at);
        request.Headers.TryAddWithoutValidation(ReportSignature.SignatureHeader, signature ?? ReportSignature.Sign(secret, at, body));
        return await client.SendAsync(request, World.Ct);
    }

    private static string Now(TimeSpan off) => (TimeProvider.System.GetUtcNow() + off).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    private static string Delivery(string key, string action, string status) => Lines(
        $"To: bounce+{key}@b.halong.vn", "Content-Type: multipart/report; report-type=delivery-status; boundary=x", "", "--x", "Content-Type: message/delivery-status", "",
        "Reporting-MTA: dns; mx", "", "Final-Recipient: rfc822; a@b.vn", $"Action: {action}", $"Status: {status}", "", "--x--");

    private static string Complaint(string key) => Lines(
        "To: abuse@halong.vn", "Content-Type: multipart/report; report-type=feedback-report; boundary=x", "", "--x", "Content-Type: message/feedback-report", "",
        "Feedback-Type: abuse", $"Original-Mail-From: <bounce+{key}@b.halong.vn>", "", "--x--");

    private static string Lines(params string[] lines) => string.Join("\r\n", lines) + "\r\n";
}
