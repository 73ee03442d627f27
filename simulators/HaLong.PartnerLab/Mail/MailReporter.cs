using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using HaLong.PartnerLab.Dials;
using Microsoft.Extensions.Options;

namespace HaLong.PartnerLab.Mail;

/// <summary>Plays the mail systems behind the first one: reports what came back, as the pipe of a mail server posts it.</summary>
internal sealed partial class MailReporter(
    DialBoard dials, IHttpClientFactory clients, IOptions<SmtpOptions> options, TimeProvider clock, IHostApplicationLifetime lifetime,
    ILogger<MailReporter> logger)
{
    public const string Client = "mail-reports";
    private const int MostAttempts = 50;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>Reports what the dials say about this mail, beside the conversation.</summary>
    public void Tell(Mail mail)
    {
        var to = mail.To[0];
        if (dials.Take("mail.delayed", to) is not null)
            _ = PostAsync(ReportText.Delivery(mail, "delayed", "4.4.1", clock.GetUtcNow()));
        if (dials.Take("mail.bounce", to) is { } status)
            _ = PostAsync(ReportText.Delivery(mail, "failed", Enhanced(status), clock.GetUtcNow()));
        if (dials.Take("mail.complain", to) is not null)
            _ = PostAsync(ReportText.Complaint(mail, clock.GetUtcNow()));
    }

    /// <summary>511 → 5.1.1, 5110 → 5.1.10; 1 (on) → 5.1.1.</summary>
    private static string Enhanced(double dial) =>
        ((int)dial).ToString(CultureInfo.InvariantCulture) is [var kind, var subject, .. var detail] && detail.Length > 0
            ? $"{kind}.{subject}.{detail}"
            : "5.1.1";

    /// <summary>As a pipe does it: kept and tried again until somebody takes it.</summary>
    private async Task PostAsync(string report)
    {
        if (options.Value.ReportsUrl.Length == 0)
            return;
        var body = Encoding.UTF8.GetBytes(report);
        for (var attempt = 1; attempt <= MostAttempts; attempt++)
        {
            if (await OfferAsync(body) is >= 200 and < 500 and var answer)
            {
                LogPosted(logger, answer, attempt);
                return;
            }

            await Task.Delay(Pause, clock, lifetime.ApplicationStopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (lifetime.ApplicationStopping.IsCancellationRequested)
                return;
        }
    }

    private async Task<int> OfferAsync(byte[] body)
    {
        var timestamp = clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] signed = [.. Encoding.UTF8.GetBytes(timestamp + "."), .. body];
        using var request = new HttpRequestMessage(HttpMethod.Post, options.Value.ReportsUrl) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("message/rfc822");
        request.Headers.Add("X-Mail-Timestamp", timestamp);
        request.Headers.Add(
            "X-Mail-Signature", "v1=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(options.Value.ReportsSecret), signed)));
        try
        {
            using var client = clients.CreateClient(Client);
            using var answer = await client.SendAsync(request, lifetime.ApplicationStopping);
            return (int)answer.StatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            return 0;
        }
    }

    [LoggerMessage(3, LogLevel.Information, "Mail report answered {Status} at attempt {Attempt}")]
    private static partial void LogPosted(ILogger logger, int status, int attempt);
}
