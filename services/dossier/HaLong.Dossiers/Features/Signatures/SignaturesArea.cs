using HaLong.ServiceDefaults;
using HaLong.Signatures.V1;
using MassTransit;

namespace HaLong.Dossiers.Features.Signatures;

/// <summary>The approver's own signature on results, and the citizen's on his application: what they consist of.</summary>
internal static class SignaturesArea
{
    public static void AddSignatures(this IHostApplicationBuilder builder)
    {
        builder.AddGrpcClient<SigningSessions.SigningSessionsClient>("e-signature");
        builder.Services.AddScoped<SigningSessionClient>().AddScoped<RequestSignature>().AddScoped<GetApplicationForm>();
    }

    public static void AddConsumers(IRegistrationConfigurator bus)
    {
        bus.AddConsumer<AskForSignature>();
        bus.AddConsumer<TakeSignature>();
        bus.AddConsumer<CancelSignature>();
    }

    public static void Map(IEndpointRouteBuilder dossiers)
    {
        RequestSignature.Map(dossiers);
        GetApplicationForm.Map(dossiers);
    }
}
