using HaLong.Portal.Pages;
using HaLong.ServiceDefaults;

namespace HaLong.Portal;

/// <summary>The portal's table of contents.</summary>
internal static class PortalService
{
    // Nothing on these pages comes from elsewhere, and none of them has a script.
    private const string Policy =
        "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    public static void AddPortal(this WebApplicationBuilder builder) => builder.AddBasicDefaults("portal");

    public static void MapPortal(this WebApplication app)
    {
        app.Use((context, next) =>
        {
            var headers = context.Response.Headers;
            headers.ContentSecurityPolicy = Policy;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "strict-origin-when-cross-origin";
            headers["X-Frame-Options"] = "DENY";
            return next(context);
        });
        app.UseBasicDefaults();
        app.MapHealth();
        app.MapMethods("/", [HttpMethods.Get, HttpMethods.Head], HomePage.Get).AllowAnonymous();
        app.MapGet("/language/{language}", ChooseLanguage.Get).AllowAnonymous();
        app.MapGet(Stylesheet.Path, Stylesheet.Get).AllowAnonymous();
        app.Map("/{**rest}", NotFoundPage.Get).AllowAnonymous();
    }
}
