using HaLong.Identity.Domain;
using HaLong.Identity.Sessions;
using HaLong.ServiceDefaults;
using Microsoft.AspNetCore.Antiforgery;

namespace HaLong.Identity.SignIn;

/// <summary>Asks before signing out, so that a link on another site cannot end a session.</summary>
internal static class SignOutPage
{
    public static IResult Get(HttpContext http, IAntiforgery antiforgery, string? returnUrl)
    {
        if (returnUrl is not null && !LocalUrl.IsLocal(returnUrl))
            return IdentityErrors.ReturnUrlNotLocal.ToProblem();

        var tokens = antiforgery.GetAndStoreTokens(http);
        var title = Text.Bilingual("Đăng xuất", "Sign out");
        return Page.Render(http, StatusCodes.Status200OK, title, Html.Of($"""
            <p>{Text.Bilingual("Bạn có muốn đăng xuất không?", "Do you want to sign out?")}</p>
            <form method="post" action="/account/sign-out{SignInPage.Culture(http)}">
            <input type="hidden" name="{tokens.FormFieldName}" value="{tokens.RequestToken}">
            <input type="hidden" name="returnUrl" value="{returnUrl}">
            <button type="submit">{title}</button>
            </form>
            """));
    }

    public static async Task<IResult> PostAsync(HttpContext http, IAntiforgery antiforgery, SessionEnd end, CancellationToken ct)
    {
        if (!http.Request.HasFormContentType || !await antiforgery.IsRequestValidAsync(http))
            return IdentityErrors.FormExpired.ToProblem();

        var returnUrl = (await http.Request.ReadFormAsync(ct))["returnUrl"].ToString();
        if (returnUrl.Length > 0 && !LocalUrl.IsLocal(returnUrl))
            return IdentityErrors.ReturnUrlNotLocal.ToProblem();

        await end.SignOutAsync(http, ct);
        return returnUrl.Length > 0
            ? TypedResults.LocalRedirect(returnUrl)
            : Page.Render(http, StatusCodes.Status200OK, Text.Bilingual("Đã đăng xuất", "Signed out"),
                Html.Of($"""<p>{Text.Bilingual("Bạn đã đăng xuất.", "You are signed out.")} <a href="/">{Text.Bilingual("Về trang chủ", "Home")}</a></p>"""));
    }
}
