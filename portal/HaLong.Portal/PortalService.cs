using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using HaLong.Portal.Account;
using HaLong.Portal.Admin;
using HaLong.Portal.Api;
using HaLong.Portal.Counter;
using HaLong.Portal.Cash;
using HaLong.Portal.Design;
using HaLong.Portal.Design.Desk;
using HaLong.Portal.Dossiers;
using HaLong.Portal.Figures;
using HaLong.Portal.Filing;
using HaLong.Portal.Find;
using HaLong.Portal.Helping;
using HaLong.Portal.Home;
using HaLong.Portal.Messages;
using HaLong.Portal.MoneyDesk;
using HaLong.Portal.Partners;
using HaLong.Portal.Offline;
using HaLong.Portal.Payments;
using HaLong.Portal.Rating;
using HaLong.Portal.Session;
using HaLong.Portal.Signing;
using HaLong.Portal.Track;
using HaLong.Portal.Verify;
using HaLong.Portal.Work;
using HaLong.ServiceDefaults;
using Microsoft.AspNetCore.ResponseCompression;

namespace HaLong.Portal;

/// <summary>The portal's table of contents.</summary>
internal static class PortalService
{
    /// <summary>Nothing on these pages comes from elsewhere, and nothing is scripted in them but by files of ours; icons of the style sheet are data.</summary>
    public const string Policy =
        "default-src 'none'; script-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data: blob:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    public static void AddPortal(this WebApplicationBuilder builder)
    {
        builder.AddBasicDefaults("portal");
        builder.Services.AddOptions<PortalOptions>().BindConfiguration("").ValidateDataAnnotations().ValidateOnStart();
        // Papers without scripts: several files in one form; the gateway lets no more through.
        builder.WebHost.ConfigureKestrel(k => k.Limits.MaxRequestBodySize = 60 << 20);
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddRazorComponents();
        builder.Services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        // Forms have masked tokens, so that compressing them tells nothing.
        builder.Services.AddResponseCompression(o => o.EnableForHttps = true);
        builder.Services.Configure<BrotliCompressionProviderOptions>(o => o.Level = CompressionLevel.Fastest);
        builder.AddSessions();
        builder.Services.AddOptions<Microsoft.AspNetCore.Antiforgery.AntiforgeryOptions>().Configure<Microsoft.Extensions.Options.IOptions<PortalOptions>>(
            (forms, options) => (forms.Cookie.Name, forms.Cookie.SecurePolicy) = SessionSetup.Named("portal-form", options.Value));
        builder.Services.AddActing();
        ApiClient.Add(builder.Services);
        builder.Services.AddScoped<OfficeDesk>();
        builder.Services.AddScoped<AsyncApi>();
        builder.Services.AddSingleton<PartnerSession>();
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
            // One address, two languages and many people: a cache must not mix them.
            headers.Vary = "Accept-Language, Cookie";
            headers.CacheControl = "no-cache";
            return next(context);
        });
        app.UseSameOrigin();
        app.UseResponseCompression();
        app.UseBasicDefaults();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseActing();
        app.MapHealth();
        AssetFiles.Map(app);
        app.MapMethods("/", [HttpMethods.Get, HttpMethods.Head], HomePage.Get).AllowAnonymous();
        app.MapGet("/language/{language}", ChooseLanguage.Get).AllowAnonymous();
        app.MapSession();
        app.MapSessionWatch();
        app.MapFind();
        app.MapTracking();
        app.MapFiling();
        app.MapPayments();
        app.MapDossiers();
        app.MapSigning();
        app.MapMessages();
        app.MapAccount();
        app.MapRating();
        app.MapGet("/verify/{token}", VerifyPage.Get).AllowAnonymous();
        app.MapWork();
        app.MapCounter();
        app.MapCash();
        app.MapMoneyDesk();
        app.MapFigures();
        app.MapAdmin();
        app.MapPartners();
        app.MapHelping();
        app.MapVisits();
        app.MapOffline();
        app.Map("/{**rest}", Unknown).AllowAnonymous();
    }

    /// <summary>An address that does not exist: a page for people, a problem for programs.</summary>
    private static IResult Unknown(HttpContext context) =>
        context.Request.Headers.Accept.Any(a => a?.Contains("text/html", StringComparison.OrdinalIgnoreCase) == true)
            ? Pages.Of<NotFound>(StatusCodes.Status404NotFound)
            : CommonErrors.NotFound.ToProblem();
}
