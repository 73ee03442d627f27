using HaLong.Portal.Api;
using HaLong.Portal.Design;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace HaLong.Portal.Session;

/// <summary>
/// Puts the token in the other's name under the pages that are used so. What may not be done any more is not done in the own name instead: the visitor is told.
/// </summary>
internal static class ActingSetup
{
    public const string Over = "/helping/over";

    public static void AddActing(this IServiceCollection services) =>
        services.AddMemoryCache().AddSingleton<ActingKeeper>().AddSingleton<IAntiforgeryAdditionalDataProvider, ActingForms>();

    /// <summary>After authentication, before forms are looked at.</summary>
    public static void UseActing(this IApplicationBuilder app)
    {
        app.Use(async (context, next) =>
        {
            var properties = context.Features.Get<IAuthenticateResultFeature>()?.AuthenticateResult?.Properties;
            if (context.User.Identity?.IsAuthenticated != true || Acting.Of(properties) is not { } acting)
            {
                await next(context);
                return;
            }

            context.Features.Set(acting);
            if (!Acting.Covers(context.Request.Path))
                await next(context);
            else if (await OtherwiseAsync(context, acting, properties!) is { } otherwise)
                await otherwise.ExecuteAsync(context);
            else
                await TriedAsync(context, acting, next);
        });
        app.UseAntiforgery();
        // A form of before, of another person's session or another sign-in: nothing is done with it, and it is said so.
        app.Use((context, next) => context.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: false }
            ? Pages.Of<OldForm>(StatusCodes.Status400BadRequest).ExecuteAsync(context) : next(context));
    }

    // What the API refused may be the right itself: the next page swaps the token anew and learns it.
    private static async Task TriedAsync(HttpContext context, Acting acting, RequestDelegate next)
    {
        await next(context);
        if (context.Features.Get<ActingRefused>() is not null)
            context.RequestServices.GetRequiredService<ActingKeeper>().Forget(context, acting);
    }

    private static async Task<IResult?> OtherwiseAsync(HttpContext context, Acting acting, AuthenticationProperties properties)
    {
        var keeper = context.RequestServices.GetRequiredService<ActingKeeper>();
        var ticket = new AuthenticationTicket(context.User, properties, CookieAuthenticationDefaults.AuthenticationScheme);
        var answer = await keeper.TokenAsync(context.Features.Get<SessionKeyFeature>()!.Key, ticket, acting, context.RequestAborted);
        if (answer.Token is { } token)
        {
            context.Features.Set(new ActingToken(token));
            return null;
        }

        if (answer.NeedsSignIn)
            return SignInNeeded.From(context, "/helping");
        if (!answer.IsRefused)
            return Pages.Of<NotNow>(Trouble.Unreachable, StatusCodes.Status503ServiceUnavailable);
        await keeper.SetAsync(context, null, context.RequestAborted);
        return Pages.Go(Over);
    }
}

/// <summary>
/// A form knows in whose name it was shown: filled in for one person it is not sent in the name of another, or in the own one, by a tab that was left open.
/// </summary>
internal sealed class ActingForms : IAntiforgeryAdditionalDataProvider
{
    public string GetAdditionalData(HttpContext context) => Of(context);

    public bool ValidateAdditionalData(HttpContext context, string additionalData) =>
        !Acting.Covers(context.Request.Path) || additionalData == Of(context);

    private static string Of(HttpContext context) => context.Features.Get<Acting>()?.Id.ToString("N") ?? "";
}
