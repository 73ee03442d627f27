using HaLong.Signatures.Features;
using HaLong.Signatures.Providers.Csc;
using HaLong.Signatures.Providers.Imported;
using HaLong.Signatures.Providers.Links;
using HaLong.Signatures.Providers.Orders;
using HaLong.Signatures.Providers.SmartCa;
using Microsoft.Extensions.Options;

namespace HaLong.Signatures.Providers;

/// <summary>Everything about providers outside, in one place for the service's table of contents.</summary>
internal static class ProviderArea
{
    public static void AddProviders(this WebApplicationBuilder builder)
    {
        ServiceDefaults.Extensions.AddOptions<ProviderOptions>(builder, ProviderOptions.Section);
        builder.Services.AddSingleton<IValidateOptions<ProviderOptions>, Check>();
        builder.Services.AddHttpClient(ProviderChannel.HttpClient).AddServiceDiscovery()
            // Neither secrets nor personal numbers follow somebody's redirect; time limits are set by request.
            .ConfigureHttpClient(http => http.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) });
        builder.Services.AddSingleton<ProviderTelemetry>().AddSingleton<ProviderChannel>().AddSingleton<CscTokens>();
        builder.Services.AddSingleton<ProviderOrders>().AddSingleton<ProviderLinks>().AddSingleton<LinkVault>();
        builder.Services.AddSingleton<SmartCaClient>().AddSingleton<SmartCaProvider>().AddScoped<SmartCaHook>().AddScoped<MySigningProviders>();
        builder.Services.AddSingleton<OrderSweep>().AddHostedService(s => s.GetRequiredService<OrderSweep>());
        builder.Services.AddSingleton<ImportedProvider>().AddSingleton<ImportTrust>();
        builder.Services.AddScoped<MyImportedCertificates>().AddScoped<ListImportedCertificates>();
        builder.Services.AddSingleton<ISigningProvider>(s => s.GetRequiredService<ImportedProvider>());
        var section = builder.Configuration.GetSection(ProviderOptions.Section);
        if (!string.IsNullOrEmpty(section["SmartCa:Url"]))
            builder.Services.AddSingleton<ISigningProvider>(s => s.GetRequiredService<SmartCaProvider>());
        foreach (var name in section.GetSection("Csc").GetChildren().Select(c => c.Key))
            builder.Services.AddSingleton<ISigningProvider>(s => NewCsc(s, name));
    }

    public static void MapProviders(this IEndpointRouteBuilder app)
    {
        SmartCaHook.Map(app);
        MySigningProviders.Map(app);
        MyImportedCertificates.Map(app);
        ListImportedCertificates.Map(app);
    }

    private static CscProvider NewCsc(IServiceProvider services, string name)
    {
        var options = services.GetRequiredService<IOptions<ProviderOptions>>().Value.Csc[name];
        var client = new CscClient("csc-" + name, options, services.GetRequiredService<ProviderChannel>(), services.GetRequiredService<CscTokens>(),
            services.GetRequiredService<ILogger<CscClient>>());
        return new CscProvider("csc-" + name, options, client, services.GetRequiredService<ProviderOrders>(), services.GetRequiredService<ProviderLinks>(),
            services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ProviderTelemetry>());
    }

    private sealed class Check : IValidateOptions<ProviderOptions>
    {
        public ValidateOptionsResult Validate(string? name, ProviderOptions options) =>
            options.Faults().ToList() is { Count: > 0 } faults ? ValidateOptionsResult.Fail(faults) : ValidateOptionsResult.Success;
    }
}
