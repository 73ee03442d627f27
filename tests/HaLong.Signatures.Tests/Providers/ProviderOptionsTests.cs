using HaLong.Signatures.Providers;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace HaLong.Signatures.Tests.Providers;

/// <summary>Section <c>Providers</c>: each wrong value stops the start and is named; what is not configured is not there.</summary>
public sealed class ProviderOptionsTests
{
    private static readonly Dictionary<string, string?> Good = new(StringComparer.Ordinal)
    {
        ["Providers:Csc:a-1:Url"] = "https://sign.example",
        ["Providers:Csc:a-1:ClientId"] = "halong",
        ["Providers:Csc:a-1:ClientSecret"] = "secret",
        ["Providers:SmartCa:Url"] = "http://gateway.example",
        ["Providers:SmartCa:SpId"] = "halong",
        ["Providers:SmartCa:SpPassword"] = "secret",
        ["Providers:SmartCa:HookSecret"] = "sixteen letters.",
    };

    // As the service reads the section, without anything else of the service.
    private static WebApplicationBuilder Builder(params (string Key, string? Value)[] changes)
    {
        var settings = new Dictionary<string, string?>(Good, StringComparer.Ordinal);
        foreach (var (key, value) in changes)
            settings["Providers:" + key] = value;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Configuration.AddInMemoryCollection(settings);
        builder.AddProviders();
        return builder;
    }

    private static ProviderOptions Read(params (string Key, string? Value)[] changes)
    {
        using var services = Builder(changes).Services.BuildServiceProvider();
        return services.GetRequiredService<IOptions<ProviderOptions>>().Value;
    }

    private static int Registered(params (string Key, string? Value)[] changes) =>
        Builder(changes).Services.Count(s => s.ServiceType == typeof(ISigningProvider));

    [Theory]
    [InlineData("Csc:a-1:Url", "", "Providers:Csc:a-1:Url must be an http address.")]
    [InlineData("Csc:a-1:Url", "sign.example", "Providers:Csc:a-1:Url must be an http address.")]
    [InlineData("Csc:a-1:Url", "ftp://sign.example", "Providers:Csc:a-1:Url must be an http address.")]
    [InlineData("Csc:a-1:Url", "/csc", "Providers:Csc:a-1:Url must be an http address.")]
    [InlineData("Csc:a-1:TokenUrl", "token", "Providers:Csc:a-1:TokenUrl must be an http address.")]
    [InlineData("Csc:a-1:ClientId", "", "Providers:Csc:a-1: ClientId and ClientSecret, or ServiceToken, are missing.")]
    [InlineData("Csc:a-1:ClientSecret", "", "Providers:Csc:a-1: ClientId and ClientSecret, or ServiceToken, are missing.")]
    [InlineData("Csc:a-1:TimeoutSeconds", "0", "Providers:Csc:a-1: TimeoutSeconds is 1 to 120, LastsSeconds 30 to 3600, MaxHashes 1 to 1000.")]
    [InlineData("Csc:a-1:TimeoutSeconds", "121", "Providers:Csc:a-1: TimeoutSeconds is 1 to 120, LastsSeconds 30 to 3600, MaxHashes 1 to 1000.")]
    [InlineData("Csc:a-1:LastsSeconds", "29", "Providers:Csc:a-1: TimeoutSeconds is 1 to 120, LastsSeconds 30 to 3600, MaxHashes 1 to 1000.")]
    [InlineData("Csc:a-1:LastsSeconds", "3601", "Providers:Csc:a-1: TimeoutSeconds is 1 to 120, LastsSeconds 30 to 3600, MaxHashes 1 to 1000.")]
    [InlineData("Csc:a-1:MaxHashes", "0", "Providers:Csc:a-1: TimeoutSeconds is 1 to 120, LastsSeconds 30 to 3600, MaxHashes 1 to 1000.")]
    [InlineData("Csc:a-1:MaxHashes", "1001", "Providers:Csc:a-1: TimeoutSeconds is 1 to 120, LastsSeconds 30 to 3600, MaxHashes 1 to 1000.")]
    [InlineData("SmartCa:Url", "gateway.example:8080", "Providers:SmartCa:Url must be an http address.")]
    [InlineData("SmartCa:SpId", "", "Providers:SmartCa:SpId or SpPassword is missing.")]
    [InlineData("SmartCa:SpPassword", "", "Providers:SmartCa:SpId or SpPassword is missing.")]
    [InlineData("SmartCa:HookSecret", "fifteen letters", "Providers:SmartCa:HookSecret must have at least 16 characters.")]
    [InlineData("SmartCa:TimeoutSeconds", "-1", "Providers:SmartCa: TimeoutSeconds is 1 to 120, LastsSeconds 30 to 3600, MaxHashes 1 to 1000.")]
    [InlineData("SmartCa:LastsSeconds", "0", "Providers:SmartCa: TimeoutSeconds is 1 to 120, LastsSeconds 30 to 3600, MaxHashes 1 to 1000.")]
    [InlineData("SmartCa:MaxHashes", "1001", "Providers:SmartCa: TimeoutSeconds is 1 to 120, LastsSeconds 30 to 3600, MaxHashes 1 to 1000.")]
    [InlineData("SmartCa:HookWindowSeconds", "0", "Providers:SmartCa:HookWindowSeconds must be from 1 to 86400.")]
    [InlineData("SmartCa:HookWindowSeconds", "86401", "Providers:SmartCa:HookWindowSeconds must be from 1 to 86400.")]
    [InlineData("Imported:ChallengeSeconds", "29", "Providers:Imported:ChallengeSeconds must be from 30 to 3600.")]
    [InlineData("Imported:ChallengeSeconds", "3601", "Providers:Imported:ChallengeSeconds must be from 30 to 3600.")]
    public void A_wrong_value_is_refused_at_the_start_and_named_and_nothing_else_is(string key, string value, string message)
    {
        var refusal = Assert.Throws<OptionsValidationException>(() => Read((key, value)));
        Assert.Equal([message], refusal.Failures);
    }

    [Theory]
    [InlineData("Big")]
    [InlineData("with space")]
    [InlineData("under_score")]
    [InlineData("a-name-of-21-letters-")]
    [InlineData("tiếng")]
    public void A_name_that_would_not_fit_an_address_is_refused(string name)
    {
        var refusal = Assert.Throws<OptionsValidationException>(() => Read(($"Csc:{name}:Url", "http://x.example"), ($"Csc:{name}:ServiceToken", "t")));
        Assert.Equal([$"Providers:Csc:{name}: a name is 1 to 20 small letters, digits and hyphens."], refusal.Failures);
    }

    [Theory]
    [InlineData("Csc:a-1:TimeoutSeconds", "1")]
    [InlineData("Csc:a-1:TimeoutSeconds", "120")]
    [InlineData("Csc:a-1:LastsSeconds", "30")]
    [InlineData("Csc:a-1:LastsSeconds", "3600")]
    [InlineData("Csc:a-1:MaxHashes", "1")]
    [InlineData("Csc:a-1:MaxHashes", "1000")]
    [InlineData("Csc:a-1:TokenUrl", "https://id.example/token")]
    [InlineData("SmartCa:HookSecret", "")]
    [InlineData("SmartCa:HookWindowSeconds", "1")]
    [InlineData("SmartCa:HookWindowSeconds", "86400")]
    [InlineData("Imported:ChallengeSeconds", "30")]
    [InlineData("Imported:ChallengeSeconds", "3600")]
    public void The_ends_of_each_range_are_good(string key, string value) => Assert.NotNull(Read((key, value)));

    [Fact]
    public void A_service_token_stands_for_the_client_and_what_is_off_needs_nothing()
    {
        Assert.NotNull(Read(("Csc:a-1:ClientId", ""), ("Csc:a-1:ClientSecret", ""), ("Csc:a-1:ServiceToken", "agreed")));
        var off = Read(("SmartCa:Url", ""), ("SmartCa:SpId", ""), ("SmartCa:SpPassword", ""));
        Assert.False(off.SmartCa.IsOn);
    }

    [Fact]
    public void Only_what_is_configured_is_there_to_be_asked()
    {
        Assert.Equal(3, Registered());
        Assert.Equal(4, Registered(("Csc:second:Url", "http://x.example")));
        Assert.Equal(2, Registered(("SmartCa:Url", "")));
    }
}
