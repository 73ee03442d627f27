using Aspire.Hosting;
using Aspire.Hosting.Testing;

namespace HaLong.TestSupport;

/// <summary>Servers of this test process alone, started by the native host; they end with it, however it ends.</summary>
internal sealed class OwnServers : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly DistributedApplication _application;

    private OwnServers(DistributedApplication application) => _application = application;

    public required string Postgres { get; init; }

    public required string Rabbit { get; init; }

    public required string Management { get; init; }

    public required string Redis { get; init; }

    public static async Task<OwnServers> StartAsync()
    {
        var builder = DistributedApplication.CreateBuilder(["--Ephemeral=true", "--Console=none"]);
        builder.AddPostgres("postgres");
        builder.AddRabbitMQ("broker").WithManagementPlugin();
        builder.AddRedis("cache");
        var application = builder.Build();
        try
        {
            await application.StartAsync();
            foreach (var name in new[] { "postgres", "cache", "broker" })
            {
                await application.ResourceNotifications.WaitForResourceHealthyAsync(name).WaitAsync(Patience);
            }

            return new OwnServers(application)
            {
                Postgres = await ConnectionAsync(application, "postgres"),
                Rabbit = (await ConnectionAsync(application, "broker")).TrimEnd('/'),
                Management = application.GetEndpoint("broker", "management").ToString().TrimEnd('/'),
                Redis = await ConnectionAsync(application, "cache"),
            };
        }
        catch
        {
            await application.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private static async Task<string> ConnectionAsync(DistributedApplication application, string name) =>
        await application.GetConnectionStringAsync(name) ?? throw new InvalidOperationException($"{name} has no connection string.");
}
