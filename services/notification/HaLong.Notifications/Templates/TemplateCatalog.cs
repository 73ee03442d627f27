using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;
using HaLong.Notifications.Domain;

namespace HaLong.Notifications.Templates;

/// <summary>
/// The texts of all notices. Those that the program carries are read and checked when the process starts: a mistake stops the start, not a
/// message. Versions that administrators publish go before them; one that turns out broken stops no message either.
/// </summary>
internal sealed class TemplateCatalog
{
    private const string Folder = "templates/";
    private readonly FrozenDictionary<string, Template> templates;
    private readonly FrozenDictionary<string, string> layouts;
    private readonly PublishedTemplates? published;
    private readonly IReadOnlyDictionary<string, string> zaloIds;

    /// <param name="files">The program's texts and layouts by name.</param>
    /// <param name="published">Versions that go before; null: none.</param>
    /// <param name="zaloIds">Zalo's template by kind, where a text names none.</param>
    public TemplateCatalog(
        IEnumerable<KeyValuePair<string, string>> files, PublishedTemplates? published = null, IReadOnlyDictionary<string, string>? zaloIds = null)
    {
        this.published = published;
        this.zaloIds = zaloIds ?? FrozenDictionary<string, string>.Empty;
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
    public static TemplateCatalog Load(PublishedTemplates? published = null, IReadOnlyDictionary<string, string>? zaloIds = null) =>
        new(Embedded(), published, zaloIds);

    internal static IEnumerable<KeyValuePair<string, string>> Embedded()
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith(Folder, StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!); // listed above
            yield return KeyValuePair.Create(name[Folder.Length..], reader.ReadToEnd());
        }
    }

    /// <summary>From the text that the program carries.</summary>
    /// <param name="kind">Which notice.</param>
    /// <param name="language">vi or en.</param>
    /// <param name="values">By variable.</param>
    /// <param name="accents">True for an SMS with Vietnamese marks.</param>
    public RenderedNotice Render(string kind, string language, IReadOnlyDictionary<string, string> values, bool accents = false) =>
        Render(templates[kind], language, values, accents);

    /// <summary>From any text.</summary>
    public RenderedNotice Render(Template template, string language, IReadOnlyDictionary<string, string> values, bool accents = false) =>
        TemplateRenderer.Render(template, layouts, language, values, accents, zaloIds.GetValueOrDefault(template.Kind));

    /// <summary>From the version that is in force; from the program's own text when that one is broken.</summary>
    public async ValueTask<RenderedNotice> RenderAsync(
        string kind, string language, IReadOnlyDictionary<string, string> values, CancellationToken ct, bool accents = false)
    {
        if (published is null || await published.InForceAsync(kind, ct) is not { } version)
            return Render(kind, language, values, accents);
        Exception? why = null;
        if (version.Template is { } template)
        {
            try
            {
                return Render(template, language, values, accents);
            }
            catch (KeyNotFoundException e)
            {
                // It names a variable that this notice was not given.
                why = e;
            }
        }

        published.Broken(version, kind, why);
        return Render(kind, language, values, accents) with { Version = published.ShippedNumber(kind) ?? templates[kind].Version };
    }

    /// <summary>Counts what an SMS that was written costs.</summary>
    public void SmsWritten(string kind, string text) => published?.SmsWritten(kind, text);

    private static Template Read(string file, string json)
    {
        Template template;
        try
        {
            template = TemplateContent.ReadFile(json);
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
        foreach (var text in template.Texts())
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
}
