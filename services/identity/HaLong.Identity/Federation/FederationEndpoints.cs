using System.Collections.Frozen;
using HaLong.Identity.Domain;
using HaLong.Identity.Factors;
using HaLong.Identity.SignIn;
using HaLong.ServiceDefaults;
using Microsoft.AspNetCore.Antiforgery;
using Page = HaLong.Identity.SignIn.Page;

namespace HaLong.Identity.Federation;

/// <summary>The ways to a provider, and the page for when it did not work. The way back is the provider scheme's own callback path.</summary>
internal static class FederationEndpoints
{
    public const string FailedPath = "/account/external/failed";

    /// <summary>What may have gone wrong; the address names the code, so the page can be reloaded and change its language.</summary>
    private static readonly FrozenDictionary<string, Error> Failures = new[]
    {
        IdentityErrors.ProviderUnavailable, IdentityErrors.ProviderRefused, IdentityErrors.ClaimsMissing, IdentityErrors.ExternalAccountClosed,
        IdentityErrors.OtherPersonsNumber, IdentityErrors.LinkedElsewhere, IdentityErrors.OnlyCitizens, IdentityErrors.AssuranceTooLow,
    }.ToFrozenDictionary(e => e.Code);

    public static string StartPath(Provider provider) => "/account/external/" + provider.Name;

    public static string LinkPath(Provider provider) => $"/account/external/{provider.Name}/link";

    public static void MapFederation(this IEndpointRouteBuilder app)
    {
        var external = app.MapGroup("/account/external").AllowAnonymous().ExcludeFromDescription();
        external.MapPost("/{provider}", StartAsync);
        external.MapPost("/{provider}/link", LinkAsync);
        external.MapGet("/failed", Failed);
    }

    private static async Task<IResult> StartAsync(
        string provider, HttpContext http, IAntiforgery antiforgery, Providers providers, ExternalSignIn signIn, CancellationToken ct)
    {
        if (providers.Find(provider) is not { } found)
            return IdentityErrors.UnknownProvider.ToProblem();
        // Without this a link elsewhere could sign somebody in to an account that is not theirs.
        return await Forms.ReadAsync(http, antiforgery, ct) is { } form
            ? await signIn.StartAsync(http, found, PageLink.ReturnUrl(http, form) ?? "/", null, ct)
            : TypedResults.LocalRedirect(PageLink.To(http, SignInPage.Path));
    }

    private static async Task<IResult> LinkAsync(
        string provider, HttpContext http, IAntiforgery antiforgery, Providers providers, PageOwners owners, ExternalSignIn signIn, CancellationToken ct)
    {
        if (providers.Find(provider) is not { } found)
            return IdentityErrors.UnknownProvider.ToProblem();
        var (owner, elsewhere) = await owners.RequireFreshAsync(http, PageLink.To(http, SecurityPage.Path), ct);
        if (owner is null)
            return elsewhere!; // One of the two is there.
        return await Forms.ReadAsync(http, antiforgery, ct) is null
            ? TypedResults.LocalRedirect(PageLink.To(http, SecurityPage.Path))
            : await signIn.StartAsync(http, found, SecurityPage.Path, owner.Account.Id, ct);
    }

    private static IResult Failed(HttpContext http, Providers providers, string? provider, string? code)
    {
        var error = Failures.GetValueOrDefault(code ?? "") ?? IdentityErrors.ProviderRefused;
        var name = providers.Find(provider ?? "")?.DisplayName;
        var title = name is null ? Text.Bilingual("Chưa đăng nhập được", "Not signed in") : $"{name}: {Text.Bilingual("chưa đăng nhập được", "not signed in")}";
        return Page.Render(http, error.Kind == ErrorKind.Unavailable ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status403Forbidden, title, Html.Of($"""
            {Forms.Summary(error)}
            <p><a href="{PageLink.To(http, SignInPage.Path, PageLink.ReturnUrl(http))}">{Text.Bilingual("Đăng nhập bằng cách khác", "Sign in another way")}</a></p>
            """));
    }
}
