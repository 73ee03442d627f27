using HaLong.Portal.Pages;
using HaLong.Portal.Verify;
using HaLong.ServiceDefaults;
using Microsoft.Extensions.Options;

namespace HaLong.Portal;

/// <summary>The portal's table of contents.</summary>
internal static class PortalService
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Nothing on these pages comes from elsewhere, and none of them has a script, but for the one that checks papers.</summary>
    public const string Policy =
        "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    public static void AddPortal(this WebApplicationBuilder builder)
    {
        builder.AddBasicDefaults("portal");
        builder.Services.AddOptions<PortalOptions>().BindConfiguration("").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddHttpClient<PaperApi>((services, http) =>
        {
            http.BaseAddress = new Uri(services.GetRequiredService<IOptions<PortalOptions>>().Value.PublicUrl.TrimEnd('/') + "/");
            http.Timeout = Patience;
        });
    }

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
        app.MapGet(Script.Path, Script.Get).AllowAnonymous();
        app.MapGet("/verify/{token}", VerifyPage.Get).AllowAnonymous();
        app.Map("/{**rest}", NotFoundPage.Get).AllowAnonymous();
    }
}
