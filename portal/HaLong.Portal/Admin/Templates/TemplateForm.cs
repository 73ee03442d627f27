using System.Text.Json.Nodes;
using HaLong.Portal.Design.Desk;
using static HaLong.ServiceDefaults.Text;

namespace HaLong.Portal.Admin.Templates;

/// <summary>The texts of a notice as questions of a form, and side by side.</summary>
internal static class TemplateForm
{
    private static readonly (string Path, string Vi, string En, AskKind Kind)[] Texts =
    [
        ("inApp.title", "Hộp thư: tiêu đề", "Inbox: title", AskKind.Text), ("inApp.body", "Hộp thư: nội dung", "Inbox: text", AskKind.Area),
        ("email.subject", "Thư điện tử: tiêu đề", "E-mail: subject", AskKind.Text),
        ("email.text", "Thư điện tử: văn bản (mỗi dòng một đoạn)", "E-mail: text (a paragraph a line)", AskKind.Lines),
        ("email.html", "Thư điện tử: HTML (mỗi dòng một đoạn)", "E-mail: HTML (a paragraph a line)", AskKind.Lines), ("sms", "SMS", "SMS", AskKind.Area),
        ("push.title", "Thông báo đẩy: tiêu đề", "Push: title", AskKind.Text), ("push.body", "Thông báo đẩy: nội dung", "Push: text", AskKind.Area),
    ];

    /// <summary>All texts. What a kind does not have (words for telephones) is not asked.</summary>
    public static IReadOnlyList<Ask> Asks(JsonObject content) =>
    [
        .. from language in new[] { "vi", "en" }
           from text in Texts
           where Has(content, language, text.Path)
           select new Ask($"content.{language}.{text.Path}", $"{Bilingual(text.Vi, text.En)} · {(language == "vi" ? "Tiếng Việt" : "English")}", text.Kind,
               Shown(At(content, language, text.Path))),
        .. Zalo(content),
        new Ask("content.variables", Bilingual("Biến được dùng (mỗi dòng một biến)", "Variables in use (one a line)"), AskKind.Lines, Shown(content["variables"])),
    ];

    /// <summary>Vietnamese and English side by side.</summary>
    public static IReadOnlyList<IReadOnlyList<Cell>> Rows(JsonObject content) =>
    [
        .. Texts.Select(t => (IReadOnlyList<Cell>)[Bilingual(t.Vi, t.En), Shown(At(content, "vi", t.Path)), Shown(At(content, "en", t.Path))]).Where(r =>
            r[1].Text.Length + r[2].Text.Length > 0),
        .. Shown(At(content, "vi", "zalo.parameters")) is { Length: > 0 } zalo ? [["Zalo", zalo, ""]] : Array.Empty<IReadOnlyList<Cell>>(),
    ];

    private static IEnumerable<Ask> Zalo(JsonObject content) => content["vi"]?["zalo"] is not JsonObject ? [] :
    [
        new("content.vi.zalo.templateId", Bilingual("Zalo: mã mẫu", "Zalo: id of the template"), AskKind.Text,
            Shown(At(content, "vi", "zalo.templateId"))) { IsOptional = true, Longest = 20 },
        new("content.vi.zalo.parameters", Bilingual("Zalo: tham số (mỗi dòng “Tên: giá trị”)", "Zalo: parameters (“name: value”, one a line)"), AskKind.Pairs,
            Shown(At(content, "vi", "zalo.parameters"))),
    ];

    private static bool Has(JsonObject content, string language, string path) => path.Split('.')[0] is "inApp" or "email"
        || content[language]?[path.Split('.')[0]] is not null;

    private static JsonNode? At(JsonObject content, string language, string path) =>
        path.Split('.').Aggregate((JsonNode?)content[language], (node, name) => (node as JsonObject)?[name]);

    private static string Shown(JsonNode? node) => node switch
    {
        null => "",
        JsonArray lines => string.Join('\n', lines.Select(l => l?.ToString())),
        JsonObject pairs => string.Join('\n', pairs.Select(p => $"{p.Key}: {p.Value}")),
        _ => node.ToString(),
    };
}
