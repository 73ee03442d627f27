using System.Net;
using System.Net.Sockets;
using System.Text;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using HaLong.AppHost.Native;

namespace HaLong.AppHost.Tests;

/// <summary>How servers are asked whether they are well, by servers that are not; and what is prepared for them.</summary>
public sealed class ProbeTests : IDisposable
{
    private readonly IDistributedApplicationBuilder _builder = Sample.Model("--Parameters:cache-password=pässword", "--Parameters:broker-password=word");
    private readonly Ports _ports = new();
    private readonly RunFolder _folder = new(Path.Combine(Path.GetTempPath(), $"halong-test-{Guid.CreateVersion7():N}"), ephemeral: true);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _ports.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("+OK\r\n+PONG\r\n", null)]
    [InlineData("-WRONGPASS invalid\r\n-NOAUTH\r\n", "-WRONGPASS invalid -NOAUTH")]
    [InlineData("+OK\r\n-LOADING data\r\n", "+OK -LOADING data")]
    public async Task A_cache_is_well_when_it_takes_the_password_and_answers(string answer, string? trouble)
    {
        using var server = new FakeServer(Allocated(_builder.AddRedis("cache").Resource), Encoding.UTF8.GetBytes(answer));
        Assert.Equal(trouble, await server.Resource.ProbeAsync(Ct));
        // Lengths are those of the bytes, not of the letters.
        Assert.StartsWith("*2\r\n$4\r\nAUTH\r\n$9\r\npässword\r\n*1\r\n$4\r\nPING\r\n", await server.Asked, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, null)]
    [InlineData((byte)'A', "does not speak AMQP 0-9-1")]
    public async Task A_broker_is_well_when_it_greets(byte first, string? trouble)
    {
        using var server = new FakeServer(Allocated(_builder.AddRabbitMQ("broker").Resource), [first, 0, 0, 0, 0, 0, 0]);
        Assert.Equal(trouble, await server.Resource.ProbeAsync(Ct));
        Assert.Equal("AMQP\0\0\t\u0001", await server.Asked);
    }

    [Fact]
    public async Task A_server_that_hangs_up_or_is_not_there_is_trouble_and_no_exception()
    {
        var (cache, broker) = (Allocated(_builder.AddRedis("cache").Resource), Allocated(_builder.AddRabbitMQ("broker").Resource));
        Assert.NotNull(await cache.ProbeAsync(Ct));
        Assert.NotNull(await broker.ProbeAsync(Ct));
        using (var server = new FakeServer(broker, []))
            Assert.NotNull(await server.Resource.ProbeAsync(Ct));
        using (var server = new FakeServer(cache, []))
            Assert.NotNull(await server.Resource.ProbeAsync(Ct));
    }

    [Fact]
    public async Task A_server_that_says_nothing_is_given_two_seconds_and_the_end_of_the_host_ends_the_question()
    {
        var cache = Allocated(_builder.AddRedis("cache").Resource);
        using var silent = new TcpListener(IPAddress.Loopback, cache.PortNumber);
        silent.Start();
        Assert.NotNull(await cache.ProbeAsync(Ct).WaitAsync(Sample.Patience, Ct));
        using var end = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cache.ProbeAsync(end.Token));
    }

    [Fact]
    public async Task A_caches_password_stands_in_a_file_for_the_owner_only_and_not_among_the_arguments()
    {
        var cache = Allocated(_builder.AddRedis("cache").WithPersistence().Resource);
        var spec = await cache.PrepareAsync(Preparation(), Ct);
        var settings = Assert.Single(spec.Arguments);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(settings));
        Assert.StartsWith(Path.Combine(_folder.Root, "data", "cache"), settings, StringComparison.Ordinal);
        Assert.Equal(
            ["bind 127.0.0.1", $"port {cache.PortNumber}", $"dir \"{spec.WorkingDirectory}\"", "requirepass \"pässword\"", "appendonly yes", "daemonize no"],
            await File.ReadAllLinesAsync(settings, Ct));
    }

    [Fact]
    public async Task A_password_with_quotation_marks_stays_one_word_of_the_caches_settings()
    {
        _builder.Configuration["Parameters:cache-password"] = "a\"b\\c d";
        var spec = await Allocated(_builder.AddRedis("cache").Resource).PrepareAsync(Preparation(), Ct);
        Assert.Contains("requirepass \"a\\\"b\\\\c d\"", await File.ReadAllLinesAsync(spec.Arguments[0], Ct));
    }

    [Fact]
    public async Task A_cache_that_starts_again_keeps_what_it_has_and_one_of_the_next_host_does_not()
    {
        var cache = Allocated(_builder.AddRedis("cache").Resource);
        var home = (await cache.PrepareAsync(Preparation(), Ct)).WorkingDirectory;
        await File.WriteAllTextAsync(Path.Combine(home, "dump.rdb"), "", Ct);
        await cache.PrepareAsync(Preparation(), Ct);
        Assert.True(File.Exists(Path.Combine(home, "dump.rdb")));
        using var next = new RunFolder(_folder.Root, false);
        await cache.PrepareAsync(Preparation() with { Folder = next }, Ct);
        Assert.False(File.Exists(Path.Combine(home, "dump.rdb")));
    }

    private Preparation Preparation() =>
        new(_folder, _builder.Configuration, _ports, _ => throw new InvalidOperationException("A cache needs no helper."));

    private T Allocated<T>(T server) where T : ServerResource
    {
        server.Endpoints.ForEach(e => e.Allocate(1, _ports));
        return server;
    }

    /// <summary>Takes one question on the resource's port, gives the answer and hangs up.</summary>
    private sealed class FakeServer : IDisposable
    {
        private readonly TcpListener _listener;

        public FakeServer(ServerResource resource, byte[] answer)
        {
            Resource = resource;
            _listener = new TcpListener(IPAddress.Loopback, resource.PortNumber);
            _listener.Start();
            Asked = AnswerAsync(answer);
        }

        public ServerResource Resource { get; }

        public Task<string> Asked { get; }

        public void Dispose() => _listener.Dispose();

        private async Task<string> AnswerAsync(byte[] answer)
        {
            using var client = await _listener.AcceptTcpClientAsync(Ct);
            var asked = new byte[200];
            var length = await client.GetStream().ReadAsync(asked, Ct);
            await client.GetStream().WriteAsync(answer, Ct);
            return Encoding.UTF8.GetString(asked, 0, length);
        }
    }
}
