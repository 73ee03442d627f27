namespace HaLong.Notifications.Templates;

/// <summary>A template file: one notice in both languages and all channels.</summary>
internal sealed record Template(string Kind, int Version, IReadOnlyList<string> Variables, TemplateTexts Vi, TemplateTexts En)
{
    public TemplateTexts In(string language) => language == "en" ? En : Vi;

    /// <summary>Every text of it.</summary>
    public IEnumerable<string> Texts() => Vi.All().Concat(En.All());
}

/// <summary>The texts of one language.</summary>
/// <param name="InApp">For the inbox.</param>
/// <param name="Email">For the mailbox.</param>
/// <param name="Sms">With diacritics, as one writes it; null: told by no SMS.</param>
/// <param name="Push">Null: shown by no device.</param>
/// <param name="Zalo">Null: Zalo has approved no template for it.</param>
internal sealed record TemplateTexts(InAppTemplate InApp, EmailTemplate Email, string? Sms, PushTemplate? Push, ZaloTemplate? Zalo)
{
    public IEnumerable<string> All() =>
    [
        InApp.Title, InApp.Body, Email.Subject, .. Email.Text, .. Email.Html, .. Sms is { } sms ? new[] { sms } : [],
        .. Push is { } push ? new[] { push.Title, push.Body } : [], .. Zalo?.Parameters.Values ?? [],
    ];
}

/// <summary>What a device shows, also while it is locked.</summary>
internal sealed record PushTemplate(string Title, string Body);

/// <summary>A template that Zalo keeps and has approved.</summary>
/// <param name="TemplateId">Zalo's id of it; null: the one in the settings.</param>
/// <param name="Parameters">Zalo's names of its parameters, and what fills each.</param>
internal sealed record ZaloTemplate(string? TemplateId, IReadOnlyDictionary<string, string> Parameters);

/// <summary>What the inbox shows.</summary>
internal sealed record InAppTemplate(string Title, string Body);

/// <summary>What the mail says; text and HTML hold the same, one item per paragraph.</summary>
internal sealed record EmailTemplate(string Subject, IReadOnlyList<string> Text, IReadOnlyList<string> Html);

/// <summary>A template with its variables filled.</summary>
/// <param name="Version">Of the template.</param>
/// <param name="Title">Of the inbox.</param>
/// <param name="Body">Of the inbox.</param>
/// <param name="Subject">Of the mail.</param>
/// <param name="Text">Of the mail.</param>
/// <param name="Html">Of the mail.</param>
/// <param name="Sms">Null where the notice has no text for SMS.</param>
/// <param name="Zalo">Null where Zalo has approved no template for it.</param>
/// <param name="Push">Null where the notice has no text for devices.</param>
internal sealed record RenderedNotice(
    int Version, string Title, string Body, string Subject, string Text, string Html, string? Sms = null, ZaloText? Zalo = null, PushText? Push = null);

/// <summary>A template that Zalo has approved, and what fills it.</summary>
internal sealed record ZaloText(string TemplateId, IReadOnlyDictionary<string, string> Data);

/// <summary>What a device shows.</summary>
internal sealed record PushText(string Title, string Body, string Url);
