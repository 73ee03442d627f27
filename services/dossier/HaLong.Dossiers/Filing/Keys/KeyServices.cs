using HaLong.ServiceDefaults;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.Filing.Keys;

/// <summary>Signing keys: services and run modes.</summary>
internal static class KeyServices
{
    public static void AddSigningKeys(this WebApplicationBuilder builder)
    {
        builder.AddOptions<KeyOptions>(KeyOptions.Section);
        var services = builder.Services;
        services.AddSingleton<SigningKeys>().AddSingleton<Signer>().AddScoped<KeyKeeper>().AddScoped<GetVerificationKeys>();
        services.AddHostedService<KeyWatcher>();
    }

    /// <summary>The <c>rotate-keys</c> run mode.</summary>
    public static async Task<int> RotateKeysAsync(this WebApplication app)
    {
        await using (app)
        {
            await using var scope = app.Services.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<KeyKeeper>().RotateAsync(CancellationToken.None);
            var delay = app.Services.GetRequiredService<IOptions<KeyOptions>>().Value.ActivationDelay;
            await Console.Out.WriteLineAsync($"A new signing key is published now and signs in {delay}. The old one stays published.");
        }
        return 0;
    }
}
