using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using HaLong.Portal.Pages;
using HaLong.ServiceDefaults;

namespace HaLong.Portal.Verify;

/// <summary><c>/verify/{token}</c>: where the QR code of a paper leads. Says in plain words what the paper is and whether it counts.</summary>
internal static class VerifyPage
{
    private static readonly HtmlEncoder Html = HtmlEncoder.Create(UnicodeRanges.All);

    public static async Task<IResult> Get(string token, PaperApi papers, HttpContext context)
    {
        var headers = context.Response.Headers;
        // Nobody learns from us which paper was looked at.
        (headers["Referrer-Policy"], headers["X-Robots-Tag"]) = ("no-referrer", "noindex");
        headers.ContentSecurityPolicy = $"{PortalService.Policy}; script-src 'self'; connect-src 'self'";
        var (status, paper) = token.Length is >= 32 and <= 36 && token.All(c => char.IsAsciiHexDigit(c) || c == '-')
            ? await papers.FindAsync(token, context.Request, context.RequestAborted)
            : (HttpStatusCode.NotFound, null);
        return Layout.Page(
            context, Text.Bilingual("Kiểm tra giấy tờ · HaLongServices", "Verify a paper · HaLongServices"), (paper is null ? Words(status) : Words(paper)) + OffLine(), (int)status);
    }

    private static string Words(HttpStatusCode status) => status switch
    {
        HttpStatusCode.NotFound => Box("bad", Text.Bilingual("Không có giấy tờ này", "There is no such paper"), Text.Bilingual(
            "Không có giấy tờ nào mang mã này. Giấy tờ có thể là giả, hoặc địa chỉ bị gõ sai.", "No paper has this code. The paper may be forged, or the address mistyped.")),
        HttpStatusCode.TooManyRequests => Box("wait", Text.Bilingual("Hãy thử lại sau ít phút", "Try again in a few minutes"), Text.Bilingual(
            "Có quá nhiều lượt kiểm tra từ địa chỉ của bạn.", "Too many papers were looked up from your address.")),
        _ => Box("wait", Text.Bilingual("Chưa kiểm tra được", "It cannot be checked at the moment"), Text.Bilingual(
            "Hệ thống tạm thời gián đoạn. Điều này không có nghĩa là giấy tờ không thật; hãy thử lại sau ít phút.",
            "The service is interrupted. That says nothing against the paper; try again in a few minutes.")),
    };

    private static string Words(Paper paper)
    {
        var words = new StringBuilder(paper.Status switch
        {
            "VALID" => Box("good", Text.Bilingual("Giấy tờ có thật và còn giá trị", "This paper is genuine and valid"), Text.Bilingual(
                "Hãy so từng mục dưới đây với giấy tờ bạn đang cầm.", "Compare each line below with the paper in your hand.")),
            "REPLACED" => Box("bad", Text.Bilingual("Giấy tờ đã bị thay thế, không còn giá trị", "This paper was replaced and is no longer valid"), Text.Bilingual(
                "Cơ quan đã phát hành giấy tờ đính chính.", "The agency has issued a corrected one.")),
            _ => Box("bad", Text.Bilingual("Giấy tờ không còn giá trị", "This paper is no longer valid"), Text.Bilingual(
                "Hồ sơ đã được người nộp rút.", "The applicant took the dossier back.")),
        });
        words.Append("<dl>");
        Line(words, Text.Bilingual("Loại giấy tờ", "Kind"), paper.KindName);
        Line(words, Text.Bilingual("Kết quả", "Decision"), paper.Outcome switch
        {
            "APPROVED" => Text.Bilingual("Chấp thuận", "Approved"),
            "REFUSED" => Text.Bilingual("Từ chối", "Refused"),
            _ => null,
        });
        Line(words, Text.Bilingual("Mã số", "Code"), paper.Code);
        Line(words, Text.Bilingual("Thủ tục hành chính", "Procedure"), paper.ProcedureCode is { } code ? $"{Text.Bilingual(paper.ProcedureNameVi!, paper.ProcedureNameEn!)} ({code})" : null);
        Line(words, Text.Bilingual("Cơ quan", "Agency"), Text.Bilingual(paper.UnitNameVi, paper.UnitNameEn));
        Line(words, Text.Bilingual("Phát hành", "Issued"), Moment(paper.IssuedAt));
        Line(words, Text.Bilingual("Người ký", "Signed by"), paper.SignedBy);
        Line(words, Text.Bilingual("Thay thế lúc", "Replaced"), paper.ReplacedAt is { } at ? Moment(at) : null);
        Line(words, Text.Bilingual("Mã SHA-256 của tệp gốc", "SHA-256 of the file"), paper.Sha256);
        words.Append("</dl>");
        if (paper.ReplacedBy is { } next)
            words.Append(CultureInfo.InvariantCulture, $"<p><a href=\"/verify/{Html.Encode(next)}\">{Text.Bilingual("Xem giấy tờ thay thế", "See the paper that replaced it")}</a></p>");
        return words.ToString();
    }

    /// <summary>What the script fills: whether the statement after the # was signed by the platform. Without a script nothing is missing from the above.</summary>
    private static string OffLine() => $"""
        <section id="statement" hidden aria-live="polite" data-good="{Text.Bilingual("Chữ ký trong mã QR đúng là của hệ thống này. Mã ghi:", "The QR code was signed by this platform. It states:")}"
          data-bad="{Text.Bilingual("Chữ ký trong mã QR không phải của hệ thống này hoặc nội dung đã bị sửa.", "The QR code was not signed by this platform, or it was changed.")}"
          data-unknown="{Text.Bilingual("Trình duyệt chưa kiểm tra được chữ ký trong mã QR.", "The browser could not check the signature of the QR code.")}">
          <h2>{Text.Bilingual("Mã QR", "QR code")}</h2><p></p><dl></dl>
        </section>
        <script type="module" src="{Script.Path}"></script>
        """;

    private static string Box(string kind, string title, string text) =>
        $"<h1 class=\"{kind}\">{Text.Bilingual("Kiểm tra giấy tờ", "Verify a paper")}: {title}</h1><p class=\"lead\">{text}</p>";

    private static void Line(StringBuilder to, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
            to.Append(CultureInfo.InvariantCulture, $"<dt>{name}</dt><dd>{Html.Encode(value)}</dd>");
    }

    private static string Moment(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, LocalTime.Zone).ToString("dd/MM/yyyy HH:mm", CultureInfo.InvariantCulture);
}
