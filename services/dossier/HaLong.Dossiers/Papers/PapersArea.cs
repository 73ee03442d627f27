using MassTransit;

namespace HaLong.Dossiers.Papers;

/// <summary>Forms on paper: what they consist of.</summary>
internal static class PapersArea
{
    public static IServiceCollection AddPapers(this IServiceCollection services) => services
        .AddScoped<PaperWork>().AddScoped<Sealing>().AddScoped<GetFormPaper>()
        .AddSingleton<PaperTelemetry>().AddSingleton<PaperWatch>().AddHostedService(s => s.GetRequiredService<PaperWatch>());

    public static void AddConsumers(IRegistrationConfigurator bus)
    {
        bus.AddConsumer<WritePaper>();
        bus.AddConsumer<SignPaper>();
        bus.AddConsumer<CloseControlSlip>();
    }
}
