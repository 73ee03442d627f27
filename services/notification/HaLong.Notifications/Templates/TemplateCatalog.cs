using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using HaLong.Notifications.Domain;

namespace HaLong.Notifications.Templates;

/// <summary>All templates, read and checked when the process starts: a mistake in a text stops the start, not a message.</summary>
internal sealed class TemplateCatalog
{
    private const string Folder = "templates/";
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    private readonly FrozenDictionary<string, Template> templates;
    private readonly FrozenDictionary<string, string> layouts;

    public TemplateCatalog(IEnumerable<KeyValuePair<string, string>> files)
    {
        var all = files.ToDictionary(StringComparer.Ordinal);
        templates = all.Where(f => f.Key.EndsWith(".json", StringComparison.Ordinal))
            .Select(f => Read(f.Key, f.Value))
            .ToFrozenDictionary(t => t.Kind, StringComparer.Ordinal);
        layouts = all.Where(f => f.Key.StartsWith("layout-", StringComparison.Ordinal)).ToFrozenDictionary(StringComparer.Ordinal);

        if (NoticeKinds.Variables.Keys.Except(templates.Keys).FirstOrDefault() is { } missing)
            throw new InvalidOperationException($"No template is called {missing}.json.");
        foreach (var layout in new[] { "layout-vi.html", "layout-en.html", "layout-vi.txt", "layout-en.txt" })
        {
            if (!layouts.TryGetValue(layout, out var text) || !Placeholders.In(text).Contains("content"))
                throw new InvalidOperationException($"{layout} is missing or has no place for the content.");
        }
    }

    public IEnumerable<Template> All => templates.Values;

    /// <summary>The templates that this program carries.</summary>
    public static TemplateCatalog Load() => new(Embedded());

    internal static IEnumerable<KeyValuePair<string, string>> Embedded()
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith(Folder, StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!); // listed above
            yield return KeyValuePair.Create(name[Folder.Length..], reader.ReadToEnd());
        }
    }

    public RenderedNotice Render(string kind, string language, IReadOnlyDictionary<string, string> values)
    {
        var texts = templates[kind].In(language);
        var subject = Placeholders.Fill(texts.Email.Subject, values);
        var text = Placeholders.Fill(string.Join("\n\n", texts.Email.Text), values);
        var html = string.Join("\n", texts.Email.Html.Select(p => Placeholders.FillHtml(p, values)));
        return new RenderedNotice(
            Placeholders.Fill(texts.InApp.Title, values),
            Placeholders.Fill(texts.InApp.Body, values),
            subject,
            Wrap(layouts[$"layout-{language}.txt"], subject, text),
            Wrap(layouts[$"layout-{language}.html"], System.Net.WebUtility.HtmlEncode(subject), html));
    }

    private static string Wrap(string layout, string subject, string content) =>
        Placeholders.Fill(layout, new Dictionary<string, string> { ["subject"] = subject, ["content"] = content });

    private static Template Read(string file, string json)
    {
        Template template;
        try
        {
            template = JsonSerializer.Deserialize<Template>(json, Strict) ?? throw new JsonException("empty");
        }
        catch (JsonException e)
        {
            throw new InvalidOperationException($"Template {file} cannot be read: {e.Message}", e);
        }

        if (template.Kind + ".json" != file)
            throw new InvalidOperationException($"Template {file} says that its kind is {template.Kind}.");
        if (!NoticeKinds.Variables.TryGetValue(template.Kind, out var known))
            throw new InvalidOperationException($"Template {file} belongs to no notice.");
        if (template.Variables.Except(known).FirstOrDefault() is { } unknown)
            throw new InvalidOperationException($"Template {file} declares {unknown}, which its event cannot fill.");
        foreach (var text in TextsOf(template.Vi).Concat(TextsOf(template.En)))
            Check(file, text, template.Variables);
        return template;
    }

    private static void Check(string file, string text, IReadOnlyList<string> declared)
    {
        if (string.IsNullOrWhiteSpace(text))
            throw new InvalidOperationException($"Template {file} has an empty text.");
        if (Placeholders.HasStrayBraces(text))
            throw new InvalidOperationException($"Template {file} has braces that are no place for a variable: {text}");
        if (Placeholders.In(text).Except(declared).FirstOrDefault() is { } undeclared)
            throw new InvalidOperationException($"Template {file} uses {undeclared} without declaring it.");
    }

    private static IEnumerable<string> TextsOf(TemplateTexts texts) =>
        [texts.InApp.Title, texts.InApp.Body, texts.Email.Subject, .. texts.Email.Text, .. texts.Email.Html];
}
