using HaLong.Identity.Assisted;
using HaLong.Identity.Delegations;
using HaLong.Identity.OpenId;
using HaLong.ServiceDefaults;

namespace HaLong.Identity.Authorisation;

/// <summary>The authoriser's services and gRPC paths.</summary>
internal static class AuthorisationEndpoints
{
    public static void AddAuthorisation(this IHostApplicationBuilder builder)
    {
        builder.Services.AddScoped<Authority>().AddScoped<AssistedDeeds>().AddScoped<TokenExchange>();
        builder.Services.AddAuthorizationBuilder().AddPolicy(AuthorisationGrpc.Asker, p => p.RequireAuthenticatedUser()
            .RequireAssertion(c => c.User.HasScope(Policies.InternalScope) || c.User.HasScope(Policies.ApiScope)));
    }

    public static void MapAuthorisation(this IEndpointRouteBuilder app)
    {
        app.MapGrpcService<AuthorisationGrpc>().RequireAuthorization(AuthorisationGrpc.Asker);
        app.MapGrpcService<DelegationsGrpc>().RequireAuthorization(Policies.Internal);
    }
}
