using HaLong.Messaging;

namespace HaLong.Signatures.Evidence;

/// <summary>The witness of all evidence chains of the platform.</summary>
internal static class EvidenceArea
{
    /// <summary>Before messaging, which would ask a witness elsewhere.</summary>
    public static void AddWitness(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IWitness, OwnWitness>();
        builder.Services.AddSingleton<EvidenceTelemetry>();
        builder.Services.AddScoped<AnchorBook>();
    }

    public static void MapWitness(this WebApplication app)
    {
        app.MapEvidence();
        app.MapGrpcService<WitnessGrpc>();
        ListAnchors.Map(app.MapGroup("/api/v1/evidence/anchors").WithTags("Evidence"));
    }
}
