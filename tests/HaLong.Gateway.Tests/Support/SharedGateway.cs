using HaLong.Gateway.Tests;

[assembly: AssemblyFixture(typeof(SharedGateway))]

namespace HaLong.Gateway.Tests;

/// <summary>One gateway with default settings for all tests that do not break anything.</summary>
public sealed class SharedGateway : IAsyncLifetime
{
    internal GatewayHost Host { get; private set; } = null!; // Set before any test runs.

    public async ValueTask InitializeAsync() => Host = await GatewayHost.StartedAsync();

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
