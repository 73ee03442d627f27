using System.Diagnostics.Metrics;

namespace HaLong.Notifications.Templates;

/// <summary>
/// <c>messages.sms_parts</c>, what the SMS that were written cost, by kind; <c>templates.fallbacks</c>, notices that were written from the text
/// that the program carries because the published one is broken, by kind.
/// </summary>
internal sealed class TemplateMetrics
{
    private readonly Counter<long> parts, fallbacks;

    public TemplateMetrics(IMeterFactory factory)
    {
        var meter = factory.Create(NotificationMetrics.Name);
        parts = meter.CreateCounter<long>("messages.sms_parts");
        fallbacks = meter.CreateCounter<long>("templates.fallbacks");
    }

    public void SmsWritten(string kind, string text) => parts.Add(SmsText.Measure(text).Parts, Kind(kind));

    public void FellBack(string kind) => fallbacks.Add(1, Kind(kind));

    private static KeyValuePair<string, object?> Kind(string kind) => new("kind", kind);
}
