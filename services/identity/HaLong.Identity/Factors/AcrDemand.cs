using System.Collections.Immutable;
using HaLong.Identity.Sessions;
using HaLong.ServiceDefaults;
using OpenIddict.Abstractions;

namespace HaLong.Identity.Factors;

/// <summary>What an authorization request demands of the session beyond being signed in: <c>acr_values</c>.</summary>
internal sealed class AcrDemand(SecondFactors factors)
{
    /// <summary>Null when the session is as strong as asked for; else the page that makes it so.</summary>
    public async Task<string?> MissingAsync(OpenIddictRequest request, Session session, CancellationToken ct)
    {
        var asked = request.GetAcrValues();
        // Values are alternatives: a client that lists the weak one as well is content with it.
        if (!asked.Contains(Caller.StrongAcr) || asked.Contains(Caller.BasicAcr) || session.Acr == Caller.StrongAcr)
            return null;
        return (await factors.OfAsync(session.AccountId, ct)).HasAny ? PageOwners.StepUpPath : SecurityPage.Path;
    }
}

internal static class AcrDiscovery
{
    private static readonly ImmutableArray<string?> Values = [Caller.StrongAcr, Caller.BasicAcr];

    /// <summary>Names the acr values in the discovery document.</summary>
    public static void PublishAcrValues(this OpenIddictServerBuilder server) =>
        server.AddEventHandler<OpenIddict.Server.OpenIddictServerEvents.HandleConfigurationRequestContext>(handler => handler.UseInlineHandler(context =>
        {
            context.Metadata["acr_values_supported"] = new OpenIddictParameter(Values);
            return default;
        }));
}
