namespace HaLong.Notifications.Templates;

/// <summary>A template file: one notice in both languages and all channels.</summary>
internal sealed record Template(string Kind, int Version, IReadOnlyList<string> Variables, TemplateTexts Vi, TemplateTexts En)
{
    public TemplateTexts In(string language) => language == "en" ? En : Vi;
}

/// <summary>The texts of one language.</summary>
internal sealed record TemplateTexts(InAppTemplate InApp, EmailTemplate Email);

/// <summary>What the inbox shows.</summary>
internal sealed record InAppTemplate(string Title, string Body);

/// <summary>What the mail says; text and HTML hold the same, one item per paragraph.</summary>
internal sealed record EmailTemplate(string Subject, IReadOnlyList<string> Text, IReadOnlyList<string> Html);

/// <summary>A template with its variables filled.</summary>
internal sealed record RenderedNotice(string Title, string Body, string Subject, string Text, string Html);
