using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom.Events;
using AngleSharp.Html.Parser;

namespace HaLong.Notifications.Templates.Checking;

/// <summary>
/// What the HTML of a mail must be: well-formed, of few elements that every reader and screen reader understands, without anything that is
/// loaded or run, and saying what the plain text says.
/// </summary>
internal static partial class MailRules
{
    private const string Link = "{{link}}";
    private static readonly HashSet<string> Elements = ["p", "a", "strong", "em", "br", "ul", "ol", "li", "span"];
    private static readonly HashSet<string> Languages = ["vi", "en"];

    public static void Check(string path, IReadOnlyList<string> text, IReadOnlyList<string> html, Defects defects)
    {
        var plain = Spaces().Replace(string.Join(' ', text), " ");
        var links = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < html.Count; i++)
            Paragraph($"{path}.html[{i}]", html[i], plain, links, defects);

        var plainLinks = Addresses().Matches(plain).Select(m => m.Value.TrimEnd('.', ',', ';', ':')).ToHashSet(StringComparer.Ordinal);
        foreach (var link in links.Except(plainLinks).Order(StringComparer.Ordinal))
            defects.Add(path + ".text", $"Bản văn bản thiếu liên kết {link}.", $"The plain text lacks the link {link}.");
        foreach (var link in plainLinks.Except(links).Order(StringComparer.Ordinal))
            defects.Add(path + ".html", $"Bản HTML thiếu liên kết {link}.", $"The HTML lacks the link {link}.");
    }

    private static void Paragraph(string path, string html, string plain, HashSet<string> links, Defects defects)
    {
        var parser = new HtmlParser(new HtmlParserOptions { IsKeepingSourceReferences = false });
        var broken = new List<string>();
        parser.Error += (_, e) => broken.Add(((HtmlErrorEvent)e).Message);
        var document = parser.ParseDocument($"<!DOCTYPE html><html><head><title>x</title></head><body>{html}</body></html>");
        if (broken.Count > 0)
            defects.Add(path, $"HTML không đúng cú pháp: {broken[0]}", $"The HTML is not well-formed: {broken[0]}");
        // What a browser moves out of the body, or what ends the body early, is not where it was written.
        if (document.Body is not { } body || document.Head?.ChildElementCount != 1)
        {
            defects.Add(path, "HTML chứa phần tử ngoài nội dung thư.", "The HTML holds elements that do not belong into the body.");
            return;
        }

        if (body.ChildNodes.Any(n => n is IText t && t.Data.Trim().Length > 0) || body.Children.Any(c => c.LocalName is not ("p" or "ul" or "ol")))
            defects.Add(path, "Mỗi đoạn phải nằm trong p, ul hoặc ol.", "Each paragraph is a p, ul or ol.");
        foreach (var node in body.Descendants())
        {
            if (node is IComment)
                defects.Add(path, "Không được có chú thích.", "Comments are not allowed.");
            else if (node is IElement element)
                Element(path, element, links, defects);
            else if (node is IText { Data: var words } && node.Ancestors<IElement>().All(a => a.LocalName != "a"))
                Words(path, words, plain, defects);
        }
    }

    private static void Element(string path, IElement element, HashSet<string> links, Defects defects)
    {
        var name = element.LocalName;
        if (!Elements.Contains(name))
        {
            defects.Add(path, $"Không được dùng phần tử {name}.", $"The element {name} is not allowed.");
            return;
        }

        foreach (var attribute in element.Attributes)
        {
            if (attribute.Name == "lang" ? !Languages.Contains(attribute.Value) : name != "a" || attribute.Name != "href")
                defects.Add(path, $"Không được dùng thuộc tính {attribute.Name} như vậy.", $"The attribute {attribute.Name} is not allowed like that.");
        }

        if (name is not ("br" or "a") && element.TextContent.Trim().Length == 0)
            defects.Add(path, $"Phần tử {name} rỗng.", $"The element {name} is empty.");
        if (name == "a")
            Anchor(path, element, links, defects);
    }

    private static void Anchor(string path, IElement anchor, HashSet<string> links, Defects defects)
    {
        var label = anchor.TextContent.Trim();
        if (label.Length == 0)
            defects.Add(path, "Liên kết không có chữ.", "A link has no words.");
        else if (Vague().IsMatch(label) || Addresses().IsMatch(label))
            defects.Add(path, $"Chữ của liên kết “{label}” không nói dẫn đến đâu.", $"The words “{label}” do not say where the link leads.");
        var address = anchor.GetAttribute("href") ?? "";
        var isSafe = Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri is { Scheme: "https", UserInfo: "" } && !Placeholders.In(address).Any();
        if (address == Link || isSafe)
            links.Add(address);
        else
            defects.Add(path, "Liên kết phải là {{link}} hoặc địa chỉ https.", "A link leads to {{link}} or to an https address.");
    }

    private static void Words(string path, string words, string plain, Defects defects)
    {
        var wanted = Spaces().Replace(words, " ").Trim();
        if (wanted.Length > 0 && !plain.Contains(wanted, StringComparison.Ordinal))
            defects.Add(path, $"Bản văn bản thiếu “{wanted}”.", $"The plain text lacks “{wanted}”.");
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"https?://[^\s<>""]+|\{\{link\}\}", RegexOptions.IgnoreCase)]
    private static partial Regex Addresses();

    [GeneratedRegex(@"^(đây|tại đây|ở đây|bấm vào đây|nhấn vào đây|xem|here|click here|link|more|see)$", RegexOptions.IgnoreCase)]
    private static partial Regex Vague();
}
