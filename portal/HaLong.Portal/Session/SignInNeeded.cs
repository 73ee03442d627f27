using HaLong.Portal.Design;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;

namespace HaLong.Portal.Session;

/// <summary>The sign-in is over, or the API does not take it: sign in again, more strongly if that is what it wants, and come back to this page.</summary>
internal static class SignInNeeded
{
    public const string Acr = "acr";

    /// <param name="to">Where to come back to; the page itself when nothing is said. What was sent by a form is not sent again: name the page that has the form.</param>
    public static IResult From(HttpContext context, string? to = null)
    {
        // In somebody else's name it may be that right which is over: the own page knows. A new sign-in begins in the own name in any case.
        if (context.Features.Get<ActingToken>() is not null && context.Features.Get<StepUpDemand>() is null)
            return Pages.Go("/helping");
        if (context.Features.Get<ActingToken>() is not null)
            to = "/helping";
        var properties = new OpenIdConnectChallengeProperties { RedirectUri = to ?? context.Request.Path + context.Request.QueryString };
        if (context.Features.Get<StepUpDemand>() is { } demand)
        {
            properties.Items[Acr] = demand.Acr;
            if (demand.MaxAge is { } seconds)
                properties.MaxAge = TimeSpan.FromSeconds(seconds);
        }

        return TypedResults.Challenge(properties, [OpenIdConnectDefaults.AuthenticationScheme]);
    }

    /// <summary>The strength that was asked for goes with the request to the sign-in.</summary>
    public static string? AcrOf(AuthenticationProperties properties) => properties.Items.TryGetValue(Acr, out var acr) ? acr : null;
}
