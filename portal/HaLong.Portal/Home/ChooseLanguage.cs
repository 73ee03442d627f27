using HaLong.Portal.Session;
using HaLong.ServiceDefaults;
using Microsoft.AspNetCore.Localization;

namespace HaLong.Portal.Home;

/// <summary><c>/language/en</c>: remembers the language for a year and goes back to the page.</summary>
internal static class ChooseLanguage
{
    public static IResult Get(string language, string? to, HttpContext context)
    {
        if (language is not ("vi" or "en"))
            return CommonErrors.NotFound.ToProblem();
        context.Response.Cookies.Append(
            CookieRequestCultureProvider.DefaultCookieName, CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(language)),
            new CookieOptions { MaxAge = TimeSpan.FromDays(365), HttpOnly = true, SameSite = SameSiteMode.Lax, IsEssential = true });
        return TypedResults.LocalRedirect(SessionPages.Local(to));
    }
}
