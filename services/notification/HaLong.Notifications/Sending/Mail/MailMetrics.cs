using System.Diagnostics.Metrics;

namespace HaLong.Notifications.Sending.Mail;

/// <summary>
/// <c>mail.connections</c> by outcome (opened, reused, broken) and <c>mail.reports</c> by outcome (failed, delayed, delivered, complained, ignored, unknown).
/// </summary>
internal sealed class MailMetrics
{
    private readonly Counter<long> connections, reports;

    public MailMetrics(IMeterFactory factory)
    {
        var meter = factory.Create(NotificationMetrics.Name);
        connections = meter.CreateCounter<long>("mail.connections");
        reports = meter.CreateCounter<long>("mail.reports");
    }

    public void Connected(string outcome) => connections.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    public void Reported(string outcome) => reports.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
}
