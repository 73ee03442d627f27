using HaLong.Identity.V1;
using HaLong.ServiceDefaults;
using HaLong.Signatures.Pki.Persons;
using HaLong.Signatures.Providers;
using HaLong.Signatures.Providers.BuiltIn;
using MassTransit;

namespace HaLong.Signatures.Features.Credentials;

/// <summary>Credentials of persons, from the request to the last day, and signing with them.</summary>
internal static class PersonCredentialArea
{
    public static void AddPersonCredentials(this IHostApplicationBuilder builder)
    {
        builder.AddOptions<CredentialOptions>(CredentialOptions.Section).Validate<IHostEnvironment>(
            (o, environment) => o.PinIterations >= CredentialOptions.FewestPinIterations || environment.IsDevelopment(),
            "Credentials:PinIterations must be at least 100000.");
        builder.AddGrpcClient<Accounts.AccountsClient>("identity");
        builder.AddGrpcClient<StaffAssignments.StaffAssignmentsClient>("identity");
        builder.AddGrpcClient<AccountCodes.AccountCodesClient>("identity");
        builder.Services.AddSingleton<CredentialTelemetry>().AddSingleton<PersonKeys>();
        builder.Services.AddScoped<People>().AddScoped<CredentialIssuer>().AddScoped<CredentialEnds>().AddScoped<CredentialDesk>();
        builder.Services.AddScoped<RequestCredential>().AddScoped<SetPin>();
        builder.Services.AddScoped<OrderBook>().AddScoped<OrderAuthorisation>().AddScoped<OrderSigning>();
        builder.Services.AddSingleton<ISigningProvider, BuiltInProvider>();
        builder.Services.AddSingleton<CredentialSweep>().AddHostedService(s => s.GetRequiredService<CredentialSweep>());
    }

    public static void AddCredentialConsumers(this IBusRegistrationConfigurator bus)
    {
        bus.AddConsumer<RevokeOnClosing>();
        bus.AddConsumer<RevokeOnRelease>();
        bus.AddConsumer<RevokeOnDoubt>();
    }

    public static void MapPersonCredentials(this IEndpointRouteBuilder app)
    {
        var own = app.MapGroup("/api/v1/me/credentials").WithTags("Credentials").RequireAuthorization(SignaturePolicies.Owner);
        ListCredentials.MapOwn(own);
        RequestCredential.Map(own);
        SetPin.Map(own);
        ChangeCredential.MapOwn(own);
        var managed = app.MapGroup("/api/v1/admin/credentials").WithTags("Credentials").RequireAuthorization(Policies.Staff);
        ListCredentials.MapManaged(managed);
        ChangeCredential.MapManaged(managed);
    }

    /// <summary>What every operation on credentials may answer.</summary>
    public static RouteHandlerBuilder Describe(this RouteHandlerBuilder route, string name, string summary, string description) => route
        .WithName(name).WithSummary(summary).WithDescription(description)
        .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status401Unauthorized)
        .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound);

    /// <summary>What every change may answer besides.</summary>
    public static RouteHandlerBuilder Changes(this RouteHandlerBuilder route) => route
        .Produces<CredentialView>()
        .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status412PreconditionFailed)
        .ProducesProblem(StatusCodes.Status429TooManyRequests).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
}
