namespace HaLong.TestSupport;

/// <summary>Servers of this test process alone, started by the native host.</summary>
internal sealed class OwnServers : IAsyncDisposable
{
    public required string Postgres { get; init; }

    public required string Rabbit { get; init; }

    public required string Management { get; init; }

    public required string Redis { get; init; }

    public static Task<OwnServers> StartAsync() =>
        throw new InvalidOperationException("Set HALONG_TEST_POSTGRES, HALONG_TEST_RABBITMQ, HALONG_TEST_RABBITMQ_MANAGEMENT and HALONG_TEST_REDIS.");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
