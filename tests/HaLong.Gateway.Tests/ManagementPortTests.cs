using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace HaLong.Gateway.Tests;

public sealed class ManagementPortTests(SharedGateway shared)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task With_a_management_port_probes_answer_only_there()
    {
        var port = FreePort();
        await using var gateway = await GatewayHost.StartedAsync(("MANAGEMENT_PORT", port.ToString(CultureInfo.InvariantCulture)));
        using var client = gateway.Client();
        var management = $"http://127.0.0.1:{port}";
        Assert.Equal("Healthy", await client.GetStringAsync(management + "/health", Ct));
        Assert.Equal("Healthy", await client.GetStringAsync(management + "/alive", Ct));
        using var outside = await client.GetAsync("/health", Ct);
        await Problem.AssertAsync(outside, HttpStatusCode.NotFound, "CMN-0404");
        using var api = await client.GetAsync(management + "/api/v1/procedures", Ct);
        await Problem.AssertAsync(api, HttpStatusCode.NotFound, "CMN-0404");
    }

    [Fact]
    public async Task Without_one_they_answer_with_one_word()
    {
        using var client = shared.Host.Client();
        Assert.Equal("Healthy", await client.GetStringAsync("/health", Ct));
        Assert.Equal("Healthy", await client.GetStringAsync("/alive", Ct));
    }

    [Fact]
    public async Task A_missing_public_address_is_named_at_start()
    {
        await using var gateway = await GatewayHost.CreateAsync();
        var error = await Assert.ThrowsAnyAsync<Exception>(() => gateway.With("PublicUrl", "").StartAsync());
        Assert.Contains("PublicUrl", error.ToString(), StringComparison.Ordinal);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
