using HaLong.ServiceDefaults;

namespace HaLong.Portal.Pages;

/// <summary>An address that does not exist: a page for people, a problem for programs.</summary>
internal static class NotFoundPage
{
    public static IResult Get(HttpContext context) => context.Request.Headers.Accept.Any(a => a?.Contains("text/html", StringComparison.OrdinalIgnoreCase) == true)
        ? Layout.Page(
            context,
            Text.Bilingual("Không tìm thấy trang · HaLongServices", "Page not found · HaLongServices"),
            Text.Bilingual(
                """    <h1>Không tìm thấy trang</h1><p>Địa chỉ này không tồn tại hoặc đã được chuyển đi. <a href="/">Về trang chủ</a></p>""",
                """    <h1>Page not found</h1><p>This address does not exist or has moved. <a href="/">Go to the home page</a></p>"""),
            StatusCodes.Status404NotFound)
        : CommonErrors.NotFound.ToProblem();
}
