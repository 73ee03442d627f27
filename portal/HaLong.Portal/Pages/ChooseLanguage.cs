using HaLong.ServiceDefaults;
using Microsoft.AspNetCore.Localization;

namespace HaLong.Portal.Pages;

/// <summary><c>/language/en</c>: remembers the language for a year and goes home.</summary>
internal static class ChooseLanguage
{
    public static IResult Get(string language, HttpContext context)
    {
        if (language is not ("vi" or "en"))
        {
            return CommonErrors.NotFound.ToProblem();
        }

        context.Response.Cookies.Append(
            CookieRequestCultureProvider.DefaultCookieName, CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(language)),
            new CookieOptions { MaxAge = TimeSpan.FromDays(365), HttpOnly = true, SameSite = SameSiteMode.Lax, IsEssential = true });
        return TypedResults.LocalRedirect("/");
    }
}
