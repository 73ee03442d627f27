namespace HaLong.Notifications.Templates.Administration;

/// <summary>A template as its readers would get it.</summary>
/// <param name="Kind">Which notice.</param>
/// <param name="Version">Null for a draft.</param>
/// <param name="Vi">Null while texts are missing.</param>
/// <param name="En">Null while texts are missing.</param>
/// <param name="Defects">What stands against its publication.</param>
/// <param name="Warnings">What does not, and is worth a look.</param>
internal sealed record PreviewView(
    string Kind, int? Version, LanguageView? Vi, LanguageView? En, IReadOnlyList<DefectView> Defects, IReadOnlyList<DefectView> Warnings);

/// <summary>All channels in one language.</summary>
/// <param name="InApp">What the inbox shows.</param>
/// <param name="Email">The mail.</param>
/// <param name="Sms">As it is sent.</param>
/// <param name="SmsAccented">As it is sent to who wants Vietnamese marks.</param>
/// <param name="Push">What devices show.</param>
/// <param name="Zalo">What fills the template of Zalo.</param>
internal sealed record LanguageView(InAppView InApp, EmailView Email, SmsView? Sms, SmsView? SmsAccented, PushView? Push, ZaloView? Zalo);

internal sealed record InAppView(string Title, string Body);

internal sealed record EmailView(string Subject, string Text, string Html);

/// <param name="Text">As it is sent.</param>
/// <param name="Encoding">gsm7 or ucs2.</param>
/// <param name="Characters">As a reader counts.</param>
/// <param name="Units">Septets or 16-bit words.</param>
/// <param name="Parts">Messages that are paid for.</param>
internal sealed record SmsView(string Text, string Encoding, int Characters, int Units, int Parts)
{
    public static SmsView? Of(string? text)
    {
        if (text is null)
            return null;
        var size = SmsText.Measure(text);
        return new SmsView(text, Domain.Words.Of(size.Encoding), size.Characters, size.Units, size.Parts);
    }
}

internal sealed record PushView(string Title, string Body, string Url);

/// <param name="TemplateId">Null where none is named, neither here nor in the settings.</param>
/// <param name="Parameters">By Zalo's name.</param>
internal sealed record ZaloView(string? TemplateId, IReadOnlyDictionary<string, string> Parameters);
