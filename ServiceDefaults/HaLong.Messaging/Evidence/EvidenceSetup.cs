using HaLong.Messaging.V1;
using HaLong.ServiceDefaults;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace HaLong.Messaging;

/// <summary>What keeps the evidence of a service.</summary>
internal static class EvidenceSetup
{
    /// <summary>Chains, anchors and verifies. Who is the witness itself registers an <see cref="IWitness"/> of its own before.</summary>
    public static void AddEvidence(this IHostApplicationBuilder builder, string service)
    {
        builder.AddOptions<EvidenceOptions>(EvidenceOptions.Section);
        if (builder.Services.All(s => s.ServiceType != typeof(IWitness)))
        {
            var witness = builder.Configuration.GetSection(EvidenceOptions.Section)[nameof(EvidenceOptions.Witness)] ?? new EvidenceOptions().Witness;
            builder.AddGrpcClient<Witness.WitnessClient>(witness);
            builder.Services.AddSingleton<IWitness, RemoteWitness>();
        }

        builder.Services.AddSingleton(new EvidenceOwner(service)).AddSingleton<EvidenceMetrics>();
        builder.Services.AddSingleton<EvidenceVerifier>().AddSingleton<EvidenceResumption>().AddSingleton<EvidenceTurn>();
        builder.Services.AddSingleton<EvidenceChainer>().AddHostedService(s => s.GetRequiredService<EvidenceChainer>());
        builder.Services.AddSingleton<EvidenceAnchorer>().AddHostedService(s => s.GetRequiredService<EvidenceAnchorer>());
    }
}
