using System.Net;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Templates.Checking;

namespace HaLong.Notifications.Templates;

/// <summary>Fills the texts of a template for every channel.</summary>
internal static class TemplateRenderer
{
    /// <param name="template">What is filled.</param>
    /// <param name="layouts">By name, e.g. layout-vi.html.</param>
    /// <param name="language">vi or en.</param>
    /// <param name="values">By variable; one that is missing is an error of the caller.</param>
    /// <param name="zaloId">Zalo's template, where the text names none.</param>
    /// <param name="accents">True when the reader wants Vietnamese marks in an SMS, which then costs more than twice.</param>
    public static RenderedNotice Render(
        Template template, IReadOnlyDictionary<string, string> layouts, string language, IReadOnlyDictionary<string, string> values, bool accents,
        string? zaloId = null)
    {
        var texts = template.In(language);
        var subject = Placeholders.Fill(texts.Email.Subject, values);
        var text = Placeholders.Fill(string.Join("\n\n", texts.Email.Text), values);
        var html = string.Join("\n", texts.Email.Html.Select(p => Placeholders.FillHtml(p, values)));
        return new RenderedNotice(
            template.Version,
            Placeholders.Fill(texts.InApp.Title, values),
            Placeholders.Fill(texts.InApp.Body, values),
            subject,
            Wrap(layouts[$"layout-{language}.txt"], subject, text),
            Wrap(layouts[$"layout-{language}.html"], WebUtility.HtmlEncode(subject), html),
            texts.Sms is { } sms ? SmsText.Of(Placeholders.Fill(sms, values), accents) : null,
            Zalo(texts.Zalo, zaloId, values),
            texts.Push is { } push ? Push(push, values) : null);
    }

    private static PushText Push(PushTemplate push, IReadOnlyDictionary<string, string> values) => new(
        Cut(Placeholders.Fill(push.Title, values), PhoneRules.LongestPushTitle),
        Cut(Placeholders.Fill(push.Body, values), PhoneRules.LongestPushBody),
        values[NoticeKinds.Link]);

    // A value may be longer than any that the text was measured by.
    private static string Cut(string text, int longest) => text.Length <= longest ? text : text[..(longest - 1)].TrimEnd() + "…";

    // Without an id Zalo has approved nothing, and the notice goes another way.
    private static ZaloText? Zalo(ZaloTemplate? zalo, string? zaloId, IReadOnlyDictionary<string, string> values) =>
        zalo is not null && (zalo.TemplateId ?? zaloId) is { } id
        ? new ZaloText(id, zalo.Parameters.ToDictionary(p => p.Key, p => Placeholders.Fill(p.Value, values), StringComparer.Ordinal))
        : null;

    private static string Wrap(string layout, string subject, string content) =>
        Placeholders.Fill(layout, new Dictionary<string, string> { ["subject"] = subject, ["content"] = content });
}
