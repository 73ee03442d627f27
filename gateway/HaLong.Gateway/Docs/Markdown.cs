using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace HaLong.Gateway.Docs;

/// <summary>The little Markdown our own pages use: headings, paragraphs, lists, tables, code, bold, links. Everything else is text.</summary>
internal static partial class Markdown
{
    public static string ToHtml(string markdown)
    {
        var html = new StringBuilder();
        var open = "";
        foreach (var line in markdown.ReplaceLineEndings("\n").Split('\n').Select(l => l.Trim()))
        {
            var block = line switch
            {
                "" => "",
                ['#', ..] => "",
                ['-' or '*', ' ', ..] => "ul",
                ['|', ..] => "table",
                _ => "p",
            };
            if (block != open)
            {
                html.Append(open.Length > 0 ? $"</{open}>\n" : "").Append(block.Length > 0 ? $"<{block}>" : "");
                open = block;
            }

            html.Append(Line(line, block));
        }

        return html.Append(open.Length > 0 ? $"</{open}>" : "").ToString();
    }

    private static string Line(string line, string block) => (line, block) switch
    {
        (['#', ..], _) => Heading(line),
        (_, "ul") => $"<li>{Inline(line[2..])}</li>",
        (_, "table") => Rule().IsMatch(line) ? "" : "<tr>" + string.Concat(line.Trim('|').Split('|').Select(c => $"<td>{Inline(c.Trim())}</td>")) + "</tr>",
        (_, "p") => Inline(line) + "\n",
        _ => "",
    };

    private static string Heading(string line)
    {
        var level = Math.Clamp(line.TakeWhile(c => c == '#').Count() - 2, 1, 4);
        return $"<h{level}>{Inline(line.TrimStart('#').Trim())}</h{level}>\n";
    }

    private static string Inline(string text) => Link().Replace(
        Bold().Replace(CodeSpan().Replace(WebUtility.HtmlEncode(text), "<code>$1</code>"), "<strong>$1</strong>"), "<a href=\"$2\">$1</a>");

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex CodeSpan();

    [GeneratedRegex(@"\*\*([^*]+)\*\*")]
    private static partial Regex Bold();

    // Only addresses that cannot be script.
    [GeneratedRegex(@"\[([^\]]+)\]\(((?:https?://|/|#)[^)\s]*)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^\|[\s:|\-]+\|$")]
    private static partial Regex Rule();
}
