using HaLong.Notifications.Domain;
using HaLong.ServiceDefaults;

namespace HaLong.Notifications.Templates.Checking;

/// <summary>Everything that is wrong with the texts of a template, told at once and by path.</summary>
internal static class TemplateRules
{
    private const int LongestTitle = 120, LongestBody = 600, LongestSubject = 150, LongestParagraph = 2000;

    /// <param name="kind">Which notice.</param>
    /// <param name="input">What has been written.</param>
    /// <param name="link">Where links lead, as long as it is.</param>
    public static IReadOnlyList<FieldMessage> Check(string kind, TemplateInput input, string link)
    {
        var defects = new Defects();
        Variables(kind, input, defects);
        Language(new TextsContext(kind, "vi", input, SampleValues.Of(kind, "vi", link)), input.Vi, defects);
        Language(new TextsContext(kind, "en", input, SampleValues.Of(kind, "en", link)), input.En, defects);
        return defects.All;
    }

    private static void Variables(string kind, TemplateInput input, Defects defects)
    {
        if (input.Variables is null)
        {
            defects.Missing("variables");
            return;
        }

        var known = NoticeKinds.Variables[kind];
        for (var i = 0; i < input.Variables.Count; i++)
        {
            if (input.Variables[i] is not { } name || !known.Contains(name))
                defects.Add($"variables[{i}]", $"Sự kiện không có biến “{input.Variables[i]}”.", $"The event cannot fill “{input.Variables[i]}”.");
            else if (input.Variables.Take(i).Contains(name))
                defects.Add($"variables[{i}]", $"Biến “{name}” được khai báo hai lần.", $"“{name}” is declared twice.");
        }
    }

    private static void Language(TextsContext context, TextsInput? texts, Defects defects)
    {
        if (texts is null)
        {
            defects.Missing(context.Language);
            return;
        }

        var path = context.Language;
        if (texts.InApp is null)
            defects.Missing(path + ".inApp");
        Text(context, path + ".inApp.title", texts.InApp?.Title, LongestTitle, texts.InApp is not null, defects);
        Text(context, path + ".inApp.body", texts.InApp?.Body, LongestBody, texts.InApp is not null, defects);
        if (texts.Email is null)
            defects.Missing(path + ".email");
        else
            Email(context, path + ".email", texts.Email, defects);
        PhoneRules.Sms(context, texts.Sms, defects);
        PhoneRules.Push(context, texts.Push, defects);
        ZaloRules.Check(context, texts.Zalo, defects);
    }

    private static void Email(TextsContext context, string path, EmailInput email, Defects defects)
    {
        Text(context, path + ".subject", email.Subject, LongestSubject, true, defects);
        if (email.Subject?.AsSpan().ContainsAny('\r', '\n') == true)
            defects.Add(path + ".subject", "Tiêu đề thư chỉ được một dòng.", "The subject is one line.");
        var sound = Paragraphs(context, path + ".text", email.Text, defects) & Paragraphs(context, path + ".html", email.Html, defects);
        if (sound)
            MailRules.Check(path, [.. email.Text!.OfType<string>()], [.. email.Html!.OfType<string>()], defects); // both are there when sound
    }

    private static bool Paragraphs(TextsContext context, string path, IReadOnlyList<string?>? paragraphs, Defects defects)
    {
        if (paragraphs is not { Count: > 0 })
        {
            defects.Missing(path);
            return false;
        }

        var before = defects.Count;
        for (var i = 0; i < paragraphs.Count; i++)
            Text(context, $"{path}[{i}]", paragraphs[i], LongestParagraph, true, defects);
        return before == defects.Count;
    }

    private static void Text(TextsContext context, string path, string? text, int longest, bool required, Defects defects)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            if (required)
                defects.Missing(path);
            return;
        }

        if (context.Places(path, text, defects) && context.Fill(text).Length > longest)
            defects.Add(path, $"Quá dài: tối đa {longest} ký tự.", $"Too long: at most {longest} characters.");
    }
}

/// <summary>What is wrong so far.</summary>
internal sealed class Defects
{
    // A text that is wrong throughout need not be told line by line.
    private const int MaxTold = 200;
    private readonly List<FieldMessage> all = [];

    public IReadOnlyList<FieldMessage> All => all;

    /// <summary>How many there are, also those that are not told.</summary>
    public int Count { get; private set; }

    public void Add(string path, string vi, string en)
    {
        Count++;
        if (all.Count < MaxTold)
            all.Add(new FieldMessage(path, vi, en));
    }

    public void Missing(string path) => Add(path, "Còn thiếu.", "Missing.");
}
