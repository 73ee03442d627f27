using HaLong.Identity.Factors;
using Microsoft.Extensions.Options;

namespace HaLong.Identity.Keys;

/// <summary>Data keys: services and run modes.</summary>
internal static class KeyServices
{
    public static IServiceCollection AddDataKeys(this IServiceCollection services)
    {
        services.AddSingleton<DataKeyRing>().AddSingleton<FieldVault>().AddSingleton<KeyInstruments>();
        services.AddScoped<DataKeyRotation>().AddScoped<PasswordChange>().AddScoped<Reencryption>().AddScoped<IndexRebuild>();
        services.AddSingleton(new SealedField("account", "sealed_personal_number", KeyVault.PersonalNumbers));
        services.AddSingleton(new SealedField("authenticator", "sealed", Authenticator.SealPurpose));
        services.AddOptions<KeyOptions>().Validate(
            k => k.DestroyAfter >= k.StaleAfter * 2, "Keys:DestroyAfter must be at least twice Keys:StaleAfter: until then a replica may still write under a retired key.");
        services.AddHostedService<DataKeyJob>();
        return services;
    }

    /// <summary>The <c>rotate-data-keys</c> run mode: a new field key; running servers move everything over and destroy the old one.</summary>
    public static async Task<int> RotateDataKeysAsync(this WebApplication app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var id = await scope.ServiceProvider.GetRequiredService<DataKeyRotation>().RotateFieldKeyAsync(app.Lifetime.ApplicationStopping);
        var keys = app.Services.GetRequiredService<IOptions<KeyOptions>>().Value;
        await Console.Out.WriteLineAsync(
            $"Data key {id} seals from now on. Running servers move older fields over; the old key is destroyed when none is left, after {keys.DestroyAfter} at the earliest.");
        return 0;
    }

    /// <summary>The <c>rotate-index-key</c> run mode: a new key for the blind index of personal numbers.</summary>
    public static async Task<int> RotateIndexKeyAsync(this WebApplication app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var version = await scope.ServiceProvider.GetRequiredService<DataKeyRotation>().RotateIndexKeyAsync(app.Lifetime.ApplicationStopping);
        await Console.Out.WriteLineAsync(version is null
            ? "An index key is on its way already; wait until it has taken over."
            : $"Index key {version} is on its way. Running servers compute the index under it and switch over when it is complete.");
        return version is null ? 1 : 0;
    }
}
